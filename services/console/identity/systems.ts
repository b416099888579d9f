/**
 * Systems by their access tokens (JWTs from client credentials), as Keycloak, Entra, Auth0, Okta
 * and Spring Authorization Server write them. A person's token acts for nobody: people sign in.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { decodeJwt, type JWTPayload } from "jose";

import type { Identity } from "../config.ts";
import { type Claims, valuesIn } from "./claims.ts";
import { NotBelieved, type Reason, shown } from "./refused.ts";
import type { Verified } from "./tokens.ts";

export type System = { readonly actor: Actor; readonly scopes: ReadonlySet<string> };

/** The system that an access token was made out to. Throws `NotBelieved` or `ProviderAway`. */
export type SystemOf = (token: string) => Promise<System>;

type Known = Pick<Identity, "clients" | "audience" | "scopesMeant">;

export const systemsBy =
  (verified: Verified, { clients, audience, scopesMeant }: Known): SystemOf =>
  async (token) => {
    // Read before it is checked, to know for whom it has to be made out; believed only afterwards.
    const named = clientIn(unchecked(token));
    if (named === undefined || !Object.hasOwn(clients, named)) throw unknownClient(named);
    const { person: id, role, service, audience: own, subject } = clients[named]!;
    const claims = await verified(token, own ?? audience);
    if (clientIn(claims) !== named) throw unknownClient(named);
    if (!isSystems(claims, named, subject)) throw personal(claims);
    const given = scopeClaims.flatMap((claim) => valuesIn(claims, claim));
    const scopes = given.flatMap((value) =>
      Object.hasOwn(scopesMeant, value) ? scopesMeant[value]! : [],
    );
    return {
      actor: { id, role, ...(service !== undefined && { service }) },
      scopes: new Set(scopes),
    };
  };

/** RFC 9068 and oidc-provider; Keycloak, Auth0 and Entra 2.0; Okta; Entra 1.0. */
const clientClaims = ["client_id", "azp", "cid", "appid"];

/** RFC 9068, Keycloak, Auth0, Spring; Okta; application roles of Entra; HMPPS Auth. */
const scopeClaims = ["scope", "scp", "roles", "authorities"];

/** Spring names no client where the subject is one, and makes its tokens out to that client. */
const clientIn = (claims: JWTPayload): string | undefined => {
  for (const claim of clientClaims) {
    const value = claims[claim];
    if (typeof value === "string" && value !== "") return value;
  }
  const { sub, aud } = claims;
  return sub !== undefined && [aud ?? []].flat().includes(sub) ? sub : undefined;
};

const unchecked = (token: string): JWTPayload => {
  try {
    return decodeJwt(token);
  } catch (error) {
    throw new NotBelieved({ cause: "no-token", words: "it is no signed token (JWT)" }, error);
  }
};

/**
 * By what a provider writes into a client's own tokens and into nobody else's. A setting names the
 * subject where none of these is there.
 */
const isSystems = (claims: JWTPayload, client: string, subject: string | undefined): boolean => {
  const { sub } = claims;
  if (subject !== undefined) return sub === subject;
  if (sub === undefined || sub === client) return true;
  if (sub === `${client}@clients` && claims["gty"] === "client-credentials") return true;
  return isEntraApplication(claims) || isKeycloakServiceAccount(claims, client);
};

/** Entra: the subject is the service principal itself, and no scope was delegated by a person. */
const isEntraApplication = ({ sub, ...claims }: JWTPayload): boolean =>
  typeof claims["tid"] === "string" &&
  claims["scp"] === undefined &&
  (claims["idtyp"] === "app" || (claims["idtyp"] === undefined && claims["oid"] === sub));

/** Keycloak: a service account's token belongs to no session of a person's. */
const isKeycloakServiceAccount = (claims: JWTPayload, client: string): boolean =>
  claims["preferred_username"] === `service-account-${client.toLowerCase()}` &&
  (claims["client_id"] === client || claims["clientId"] === client) &&
  claims["sid"] === undefined &&
  claims["session_state"] === undefined;

const unknownClient = (client: string | undefined): NotBelieved => {
  const words = "the token's client is not in API_CLIENTS";
  const about: Reason = { cause: "client", words };
  return new NotBelieved(client === undefined ? about : { ...about, value: shown(client) });
};

const personal = (claims: Claims): NotBelieved =>
  new NotBelieved({
    ...{ cause: "sub", claim: "sub", value: shown(claims["sub"]) },
    words:
      "the token looks like a person's; where it is a system's, name its subject in API_CLIENTS",
  });
