/** People: to the provider, back from it, again while they stay, and away from it. */
import * as oidc from "openid-client";

import type { Identity } from "../config.ts";
import { type Claimed, claimedBy, type Claims } from "./claims.ts";
import type { Discovered, Found } from "./discovering.ts";
import { NotBelieved, ProviderAway, refusedBy } from "./refused.ts";
import type { Verified } from "./tokens.ts";

/** What has to come back from the provider unchanged; kept by the browser, signed. */
export type Departure = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
};

/** What is asked with later: whether they still may, and to sign out there as well. */
export type Tokens = { readonly id?: string; readonly refresh?: string };

export type Arrival = Claimed & {
  readonly issuer: string;
  readonly subject: string;
  readonly providerSession?: string;
  readonly tokens: Tokens;
};

export type SigningIn = {
  /** Where to send somebody who wants to sign in. Throws `ProviderAway`. */
  readonly depart: (
    next: string,
  ) => Promise<{ readonly to: string; readonly departure: Departure }>;
  /** Who came back. Throws `NotBelieved` for anything that does not hold together. */
  readonly arrive: (path: URL, departure: Departure) => Promise<Arrival>;
  /** Who they are now, by their refresh token. Throws `NotBelieved` where they no longer are. */
  readonly renew: (refresh: string, subject: string) => Promise<Arrival>;
  /** Where to end the session at the provider too; undefined where it does not offer that. */
  readonly leave: (idToken: string | undefined) => Promise<string | undefined>;
};

/** Every address of the console that a provider is told of. */
export const addressesAt = (consoleUrl: string) => ({
  redirect: `${consoleUrl}/sign-in/callback`,
  afterSignOut: `${consoleUrl}/public`,
  backChannelLogout: `${consoleUrl}/sign-out/back-channel`,
});

export const signingIn = (
  discovered: Discovered,
  verified: Verified,
  { identity, consoleUrl }: { readonly identity: Identity; readonly consoleUrl: string },
): SigningIn => {
  const addresses = addressesAt(consoleUrl);
  /** What the ID token says, and then what UserInfo adds about the same subject. */
  const arrived = async (
    { config, metadata }: Found,
    got: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
    { idToken, subject }: { readonly idToken: string | undefined; readonly subject?: string },
  ): Promise<Arrival> => {
    const signed: Claims = idToken === undefined ? {} : await verified(idToken, identity.clientId);
    const sub = String(subject ?? signed["sub"]);
    if (idToken !== undefined && signed["sub"] !== sub) throw anotherSubject(sub);
    let claimed = claimedBy(signed, identity);
    const enough = claimed.known && claimed.name !== undefined;
    if (!enough && metadata.userinfo_endpoint !== undefined) {
      const more = await oidc.fetchUserInfo(config, got.access_token, sub);
      claimed = claimedBy({ ...more, ...signed }, identity);
    }
    const session = signed["sid"];
    return {
      ...claimed,
      issuer: metadata.issuer,
      subject: sub,
      ...(typeof session === "string" && { providerSession: session }),
      tokens: {
        ...(idToken !== undefined && { id: idToken }),
        ...(got.refresh_token !== undefined && { refresh: got.refresh_token }),
      },
    };
  };
  return {
    depart: async (next) => departFor(await discovered(), next, { identity, addresses }),

    arrive: async ({ search }, { state, nonce, verifier }) => {
      const found = await discovered();
      try {
        const back = new URL(addresses.redirect + search);
        const got = await oidc.authorizationCodeGrant(found.config, back, {
          expectedState: state,
          expectedNonce: nonce,
          ...(identity.pkce && { pkceCodeVerifier: verifier }),
          idTokenExpected: true,
        });
        return await arrived(found, got, { idToken: got.id_token });
      } catch (error) {
        return refusedBy(error);
      }
    },

    renew: async (refresh, subject) => {
      const found = await discovered();
      try {
        const got = await oidc.refreshTokenGrant(found.config, refresh);
        const arrival = await arrived(found, got, { idToken: got.id_token, subject });
        return { ...arrival, tokens: { refresh, ...arrival.tokens } };
      } catch (error) {
        return refusedBy(error);
      }
    },

    leave: async (idToken) => {
      const { config, metadata } = await discovered();
      if (metadata.end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(config, {
        client_id: identity.clientId,
        post_logout_redirect_uri: addresses.afterSignOut,
        ...(idToken ? { id_token_hint: idToken } : {}),
      }).href;
    },
  };
};

const departFor = async (
  { config, metadata }: Found,
  next: string,
  {
    identity,
    addresses,
  }: { readonly identity: Identity; readonly addresses: ReturnType<typeof addressesAt> },
) => {
  const departure = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    next,
  };
  const to = oidc.buildAuthorizationUrl(config, {
    redirect_uri: addresses.redirect,
    scope: identity.scopes,
    state: departure.state,
    nonce: departure.nonce,
    ...(identity.pkce && {
      code_challenge: await oidc.calculatePKCECodeChallenge(departure.verifier),
      code_challenge_method: "S256",
    }),
    ...(metadata.claims_parameter_supported && { claims: askedFor(identity) }),
    ...(identity.prompt !== undefined && { prompt: identity.prompt }),
  });
  return { to: to.href, departure };
};

/** OpenID Connect Core, 5.5: by name, for providers that give some claims on demand alone. */
const askedFor = ({ claims }: Identity): string => {
  const names = Object.values(claims).map((claim) =>
    claim.includes("://") ? claim : claim.split(".")[0]!,
  );
  return JSON.stringify({ userinfo: Object.fromEntries(names.map((name) => [name, null])) });
};

const anotherSubject = (subject: string): NotBelieved =>
  new NotBelieved({ cause: "sub", claim: "sub", subject, words: "the token is about another" });

/** Whoever cannot be told of the end has no part in it: the session here is over all the same. */
export const farewell = (provider: SigningIn, idToken?: string): Promise<string | undefined> =>
  provider.leave(idToken).catch((error: unknown) => {
    if (error instanceof ProviderAway) return undefined;
    throw error;
  });
