/**
 * The identity provider: signing in by OpenID Connect (authorization code with PKCE), its access
 * tokens for systems, its word that somebody's session is over. It is asked where the configuration
 * says and nowhere else; redirects are not followed.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import * as oidc from "openid-client";

import type { Identity } from "../config.ts";
import { type Claimed, claimedBy } from "./claims.ts";

/** What has to come back from the provider unchanged; kept by the browser, signed. */
export type Departure = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
};

export type Arrival = Claimed & { readonly subject: string; readonly providerSession?: string };

export type System = { readonly actor: Actor; readonly scopes: ReadonlySet<string> };

export type Provider = {
  /** Where to send somebody who wants to sign in. Throws `ProviderAway`. */
  depart(next: string): Promise<{ readonly to: string; readonly departure: Departure }>;
  /** Who came back. Throws `NotBelieved` for anything that does not hold together. */
  arrive(path: URL, departure: Departure): Promise<Arrival>;
  /** Where to end the session at the provider too; undefined where it does not offer that. */
  leave(): Promise<string | undefined>;
  /** Whose sessions are over, as a signed logout token says. */
  ended(token: string): Promise<{ readonly subject?: string; readonly providerSession?: string }>;
  /** The system that an access token was made out to. */
  system(token: string): Promise<System>;
};

/** What was brought does not prove what it should. */
export class NotBelieved extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "NotBelieved";
  }
}

/** The provider does not answer: nobody can sign in just now. */
export class ProviderAway extends Error {
  readonly code = "identity-provider-away";
  readonly retry = true;

  constructor(cause: unknown) {
    super("the identity provider does not answer", { cause });
    this.name = "ProviderAway";
  }
}

/** Symmetric and absent signatures never count. */
const algorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"];
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

export const openProvider = (identity: Identity, consoleUrl: string): Provider => {
  const { issuer, clientId, clientSecret } = identity;
  const discovered = onceItAnswers(async () => {
    const insecure = new URL(issuer).protocol === "http:";
    const config = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      ...(insecure && { execute: [oidc.allowInsecureRequests] }),
    });
    const { jwks_uri: jwks } = config.serverMetadata();
    if (jwks === undefined) throw new TypeError("the provider names no keys");
    return { config, keys: createRemoteJWKSet(new URL(jwks)) };
  });
  return { ...signingIn(discovered, identity, consoleUrl), ...believing(discovered, identity) };
};

type Discovered = () => Promise<{
  readonly config: oidc.Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}>;

/** People: there, back, and away again. */
const signingIn = (
  discovered: Discovered,
  identity: Identity,
  consoleUrl: string,
): Pick<Provider, "depart" | "arrive" | "leave"> => {
  const callback = `${consoleUrl}/sign-in/callback`;
  return {
    depart: async (next) => {
      const { config } = await discovered();
      const departure = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        next,
      };
      const to = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: identity.scopes,
        state: departure.state,
        nonce: departure.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(departure.verifier),
        code_challenge_method: "S256",
      });
      return { to: to.href, departure };
    },

    arrive: async ({ search }, { state, nonce, verifier }) => {
      const { config } = await discovered();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(callback + search), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        const session = claims["sid"];
        return {
          ...claimedBy(claims, identity),
          subject: claims.sub,
          ...(typeof session === "string" && { providerSession: session }),
        };
      } catch (error) {
        if (isAway(error)) throw new ProviderAway(error);
        throw new NotBelieved("signing in did not hold together", error);
      }
    },

    leave: async () => {
      const { config } = await discovered();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(config, {
        client_id: identity.clientId,
        post_logout_redirect_uri: `${consoleUrl}/public`,
      }).href;
    },
  };
};

/** Tokens that are brought here, checked against the provider's keys. */
const believing = (
  discovered: Discovered,
  { clientId, audience: ours, clients }: Identity,
): Pick<Provider, "ended" | "system"> => {
  const verified = async (token: string, audience: string): Promise<JWTPayload> => {
    const { config, keys } = await discovered();
    try {
      const checks = { issuer: config.serverMetadata().issuer, audience, algorithms };
      return (await jwtVerify(token, keys, { ...checks, requiredClaims: ["iat"] })).payload;
    } catch (error) {
      if (isAway(error)) throw new ProviderAway(error);
      throw new NotBelieved("the token does not hold", error);
    }
  };
  return {
    ended: async (token) => {
      const { sub, sid, events, nonce } = await verified(token, clientId);
      const said = typeof events === "object" && events !== null && logoutEvent in events;
      if (!said || nonce !== undefined || (sub === undefined && typeof sid !== "string"))
        throw new NotBelieved("this is no logout token");
      return {
        ...(sub !== undefined && { subject: sub }),
        ...(typeof sid === "string" && { providerSession: sid }),
      };
    },

    system: async (token) => {
      const { client_id: client, sub, scope, exp } = await verified(token, ours);
      if (typeof client !== "string" || !Object.hasOwn(clients, client))
        throw new NotBelieved("the token's client is not known here");
      // A person's own token acts for the person, and people sign in.
      if (sub !== undefined && sub !== client) throw new NotBelieved("the token is a person's");
      if (exp === undefined) throw new NotBelieved("the token never ends");
      const { person: id, role, service } = clients[client]!;
      return {
        actor: { id, role, ...(service !== undefined && { service }) },
        scopes: new Set(typeof scope === "string" ? scope.split(" ") : []),
      };
    },
  };
};

/** Remembers the first answer; a failure is forgotten, so that whoever asks next tries again. */
const onceItAnswers = <Got>(ask: () => Promise<Got>): (() => Promise<Got>) => {
  let asked: Promise<Got> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw new ProviderAway(error);
    });
    return asked;
  };
};

/** The network or the provider failed, and nothing is known about what was brought. */
const isAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  (error instanceof TypeError && error.message === "fetch failed") ||
  (error instanceof Error && error.name === "TimeoutError");
