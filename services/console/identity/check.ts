/**
 * Tries the identity provider as the console would use it, and says of each thing whether it holds
 * and what is wrong with it. It signs nobody in.
 */
import * as oidc from "openid-client";
import { z } from "zod";

import type { ClientAuthentication, Identity } from "../config.ts";
import { authenticationFor, clockTolerance, discover, type Found } from "./discovering.ts";
import { openProvider } from "./provider.ts";
import { isAway, reasonOf } from "./refused.ts";
import { addressesAt } from "./signing-in.ts";

export type Finding = {
  readonly what: string;
  /** Undefined: it holds, and something about it is worth knowing. */
  readonly well: boolean | undefined;
  readonly said: string;
};

export const checkIdentity = async (
  identity: Identity,
  consoleUrl: string,
): Promise<readonly Finding[]> => {
  const found = await discover(identity).catch((error: unknown) => error as Error);
  const register = Object.entries({
    "Redirect address": addressesAt(consoleUrl).redirect,
    "Address after signing out": addressesAt(consoleUrl).afterSignOut,
    "Back-channel logout address": addressesAt(consoleUrl).backChannelLogout,
  }).map(([what, said]) => ({ what, well: undefined, said }));
  if (found instanceof Error)
    return [{ what: "Discovery", well: false, said: notFound(identity, found) }, ...register];
  return [
    { what: "Discovery", well: true, said: `${found.metadata.issuer} describes itself` },
    ...offered(identity, found),
    ...(await keysOf(found)),
    await clientOf(identity, consoleUrl, found),
    await signInOf(identity, consoleUrl),
    ...register,
  ];
};

const notFound = ({ issuer }: Identity, error: Error): string => {
  const at = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const why = isAway(error) ? "it does not answer" : reasonOf(error).words;
  return `${at}: ${why}. OIDC_ISSUER has to be the issuer to the letter`;
};

/** What the discovery document says that it has, where it says anything about it. */
const offered = (identity: Identity, { metadata }: Found): readonly Finding[] => {
  const finding = (what: string, well: boolean | undefined, said: string): Finding => ({
    ...{ what, well, said },
  });
  const { code_challenge_methods_supported: pkce, scopes_supported: scopes } = metadata;
  const missing = identity.scopes.split(/\s+/).filter((one) => scopes && !scopes.includes(one));
  const backChannel = metadata["backchannel_logout_supported"] === true;
  return [
    pkce?.includes("S256")
      ? finding("PKCE", true, "S256")
      : finding("PKCE", undefined, "the provider does not say that it takes S256"),
    missing.length === 0
      ? finding("Scopes", true, identity.scopes)
      : finding("Scopes", undefined, `not among those that it names: ${missing.join(" ")}`),
    metadata.userinfo_endpoint === undefined
      ? finding("UserInfo", undefined, "none: every claim has to be in the ID token")
      : finding("UserInfo", true, metadata.userinfo_endpoint),
    metadata.end_session_endpoint === undefined
      ? finding("Signing out", undefined, "people stay signed in at the provider")
      : finding("Signing out", true, metadata.end_session_endpoint),
    finding(
      "Back-channel logout",
      backChannel ? true : undefined,
      backChannel
        ? "offered"
        : "not offered: sessions end by their own limits, roles are asked for again",
    ),
  ];
};

/** What is answered where nobody is signed in and nobody may be asked: all else was in order. */
const nobodyThere = [
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
];

/** Sets out to sign in, as a browser in which nobody is signed in at the provider. */
const signInOf = async (identity: Identity, consoleUrl: string): Promise<Finding> => {
  const what = "Setting out";
  const said = await answerTo(identity, consoleUrl);
  if (said === undefined) return { what, well: true, said: "the provider asks who it is" };
  const without = identity.pkce && { ...identity, pkce: false };
  if (without && (await answerTo(without, consoleUrl)) === undefined)
    return { what, well: false, said: `${said}: set OIDC_PKCE=no` };
  return { what, well: false, said };
};

/** Undefined where people would be asked; else what is wrong. */
const answerTo = async (identity: Identity, consoleUrl: string): Promise<string | undefined> => {
  const { to } = await openProvider(identity, consoleUrl).depart("/");
  const asked = new URL(to);
  asked.searchParams.set("prompt", "none");
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(asked, { signal, redirect: "manual" });
  await answer.body?.cancel();
  const back = URL.parse(answer.headers.get("location") ?? "", asked.href);
  if (!back?.href.startsWith(addressesAt(consoleUrl).redirect))
    return answer.status < 400
      ? undefined
      : `it answers with ${answer.status}: compare OIDC_CLIENT_ID and the redirect address there`;
  const error = back.searchParams.get("error");
  return error === null || nobodyThere.includes(error) ? undefined : error;
};

const KeySet = z.object({
  keys: z.array(z.object({ alg: z.string().optional(), kty: z.string() })),
});

const keysOf = async ({ metadata }: Found): Promise<readonly Finding[]> => {
  const what = "Keys";
  const at = metadata.jwks_uri!;
  try {
    const signal = AbortSignal.timeout(10_000);
    const answer = await fetch(at, { signal, redirect: "error" });
    if (!answer.ok) return [{ what, well: false, said: `${at} answers with ${answer.status}` }];
    const { keys } = KeySet.parse(await answer.json());
    const usable = keys.filter(({ kty }) => kty !== "oct").map(({ alg, kty }) => alg ?? kty);
    const said = usable.length === 0 ? `there is none at ${at}` : usable.join(", ");
    return [{ what, well: usable.length > 0, said }, ...clockBy(answer.headers.get("date"))];
  } catch (error) {
    return [{ what, well: false, said: `${at}: ${(error as Error).message}` }];
  }
};

const clockBy = (date: string | null): readonly Finding[] => {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round(Math.abs(Date.now() - theirs) / 1000);
  const well = seconds <= clockTolerance;
  return [{ what: "Clock", well, said: `${seconds} s from the provider's` }];
};

/** Whoever brought the code was known: the answer is about the code, by whichever name. */
const isAboutTheCode = (cause: string): boolean =>
  /^invalid_(?!client)/.test(cause) && cause !== "invalid_scope";

const clientOf = async (identity: Identity, consoleUrl: string, found: Found): Promise<Finding> => {
  const what = "Client";
  const way = authenticationFor(found.metadata, identity);
  if (way === "none")
    return { what, well: undefined, said: "it has no secret: people's sign-in will show" };
  const ownToken = await causeOf(oidc.clientCredentialsGrant(found.config));
  if (ownToken === undefined) return { what, well: true, said: `known by ${way}; it got a token` };
  const cause = await madeUpCode(found.config, consoleUrl);
  if (isAboutTheCode(cause))
    return { what, well: true, said: `known by ${way}; no token of its own (${ownToken})` };
  const others: readonly ClientAuthentication[] = ["client_secret_basic", "client_secret_post"];
  for (const other of others.filter((one) => one !== way && identity.clientSecret)) {
    const { config } = await discover({ ...identity, clientAuth: other });
    if (isAboutTheCode(await madeUpCode(config, consoleUrl)))
      return { what, well: false, said: `${cause} by ${way}: set OIDC_CLIENT_AUTH=${other}` };
  }
  return { what, well: false, said: `${cause} by ${way}: compare OIDC_CLIENT_ID and its secret` };
};

/** Brings a code that nobody was given: a client that is known hears about that alone. */
const madeUpCode = async (config: oidc.Configuration, consoleUrl: string): Promise<string> => {
  const redirect_uri = addressesAt(consoleUrl).redirect;
  const asked = { code: "made-up", redirect_uri, code_verifier: oidc.randomPKCECodeVerifier() };
  return (await causeOf(oidc.genericGrantRequest(config, "authorization_code", asked))) ?? "none";
};

/** Why no token was given; undefined where one was. */
const causeOf = (asking: Promise<unknown>): Promise<string | undefined> =>
  asking.then(
    () => undefined,
    (error: unknown) => reasonOf(error).cause,
  );
