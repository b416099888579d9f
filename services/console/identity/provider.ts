/**
 * The identity provider: signing in by OpenID Connect (authorization code with PKCE), its access
 * tokens for systems, its word that somebody's session is over. It is asked where the configuration
 * says and nowhere else.
 */
import type { Identity } from "../config.ts";
import { discovering } from "./discovering.ts";
import { NotBelieved } from "./refused.ts";
import { signingIn, type SigningIn } from "./signing-in.ts";
import { type SystemOf, systemsBy } from "./systems.ts";
import { type Verified, verifying } from "./tokens.ts";

export type Provider = SigningIn & {
  /** Whose sessions are over, as a signed logout token says. */
  readonly ended: (token: string) => Promise<Ended>;
  readonly system: SystemOf;
  /** Throws `ProviderAway` where it cannot be found. */
  readonly find: () => Promise<void>;
};

type Ended = { readonly subject?: string; readonly providerSession?: string };

export const openProvider = (identity: Identity, consoleUrl: string): Provider => {
  const discovered = discovering(identity);
  const verified = verifying(discovered);
  return {
    ...signingIn(discovered, verified, { identity, consoleUrl }),
    ended: (token) => endedBy(token, verified, identity.clientId),
    system: systemsBy(verified, identity),
    find: async () => void (await discovered()),
  };
};

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** OpenID Connect Back-Channel Logout 1.0, section 2.6. */
const endedBy = async (token: string, verified: Verified, clientId: string): Promise<Ended> => {
  const { sub, sid, events, nonce } = await verified(token, clientId, ["iat"]);
  const said = typeof events === "object" && events !== null && logoutEvent in events;
  if (!said || nonce !== undefined || (sub === undefined && typeof sid !== "string"))
    throw new NotBelieved({ cause: "logout-token", words: "this is no logout token" });
  return {
    ...(sub !== undefined && { subject: sub }),
    ...(typeof sid === "string" && { providerSession: sid }),
  };
};
