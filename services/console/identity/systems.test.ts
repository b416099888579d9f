import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { describe, expect, it } from "vitest";

import { readSettings } from "../config.ts";
import type { Found } from "./discovering.ts";
import { NotBelieved } from "./refused.ts";
import { systemsBy } from "./systems.ts";
import { verifying } from "./tokens.ts";

const issuer = "https://login.example";
const audience = "https://assay.example/api";
const keys = generateKeyPair("RS256");

const systemOf = async (more: Readonly<Record<string, string>> = {}) => {
  const known = {
    "case-system": { person: "case-system", role: "scheduler" },
    hmpps: { person: "hmpps", role: "scheduler", audience: "hmpps" },
    named: { person: "named", role: "scheduler", subject: "3f0c" },
  };
  const { identity } = readSettings({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "assay",
    CONSOLE_URL: "https://assay.example",
    API_CLIENTS: JSON.stringify(known),
    ...more,
  });
  const jwk = { ...(await exportJWK((await keys).publicKey)), alg: "RS256", kid: "one" };
  const found = { metadata: { issuer }, keys: createLocalJWKSet({ keys: [jwk] }) };
  return systemsBy(
    verifying(() => Promise.resolve(found as unknown as Found)),
    identity!,
  );
};

const now = Math.floor(Date.now() / 1000);

type Claims = { readonly [Name in keyof JWTPayload]: JWTPayload[Name] | undefined };

const token = async (claims: Claims): Promise<string> =>
  new SignJWT({ iss: issuer, aud: audience, iat: now, exp: now + 600, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: "RS256", kid: "one" })
    .sign((await keys).privateKey);

const causeOf = async (claims: Claims): Promise<string> => {
  const system = await systemOf();
  return system(await token(claims)).then(
    ({ actor }) => `believed as ${actor.id}`,
    (error: unknown) => (error instanceof NotBelieved ? error.reason.cause : String(error)),
  );
};

const read = "assay:read";
const both = `${read} assay:send`;
const uuid = "6f1b9c1e-2c0b-4bd0-9a86-0f5f0a2b7c11";

/** As each provider writes a client's own token by default. */
const shapes: Record<string, JWTPayload> = {
  "oidc-provider and RFC 9068": { client_id: "case-system", sub: "case-system", scope: both },
  Keycloak: {
    ...{ azp: "case-system", sub: uuid, typ: "Bearer", scope: `profile email ${both}` },
    ...{ preferred_username: "service-account-case-system", client_id: "case-system" },
    aud: [audience, "account"],
  },
  "Entra 2.0": {
    ...{ azp: "case-system", azpacr: "1", oid: uuid, sub: uuid, tid: uuid, ver: "2.0" },
    roles: [read, "assay:send"],
  },
  "Entra 1.0": {
    ...{ appid: "case-system", appidacr: "1", oid: uuid, sub: uuid, tid: uuid, ver: "1.0" },
    ...{ idtyp: "app", roles: [read, "assay:send"] },
  },
  Auth0: {
    ...{ azp: "case-system", sub: "case-system@clients", gty: "client-credentials" },
    scope: both,
  },
  Okta: { cid: "case-system", sub: "case-system", scp: [read, "assay:send"], ver: 1 },
};

describe("a system's token", () => {
  it.each(Object.keys(shapes))("is read as %s writes it", async (name) => {
    const { actor, scopes } = await (await systemOf())(await token(shapes[name]!));
    expect([actor.id, [...scopes]]).toEqual(["case-system", [read, "assay:send"]]);
  });

  it("is read as Spring Authorization Server writes it, made out to the client", async () => {
    const spring = { sub: "hmpps", aud: "hmpps", scope: [read], nbf: now };
    const { actor, scopes } = await (await systemOf())(await token(spring));
    expect([actor.id, [...scopes]]).toEqual(["hmpps", [read]]);
    // A person of that name would have it made out to the client at which they signed in.
    expect(await causeOf({ ...spring, aud: "another-client" })).toBe("client");
    expect(await causeOf({ sub: "case-system", aud: "case-system", scope: [read] })).toBe("aud");
  });

  it("means the scopes that a setting says", async () => {
    const system = await systemOf({ API_SCOPES: '{"ROLE_ASSAY": ["assay:read"]}' });
    const claims = { client_id: "case-system", sub: "case-system", scope: "assay:send read" };
    const { scopes } = await system(await token({ ...claims, authorities: ["ROLE_ASSAY"] }));
    expect([...scopes]).toEqual([read]);
  });

  it("counts half a minute before and after its time", async () => {
    const own = { client_id: "case-system", sub: "case-system" };
    expect(await causeOf({ ...own, exp: now - 20 })).toBe("believed as case-system");
    expect(await causeOf({ ...own, nbf: now + 20 })).toBe("believed as case-system");
    expect(await causeOf({ ...own, exp: now - 60 })).toBe("clock");
    expect(await causeOf({ ...own, nbf: now + 60 })).toBe("clock");
    expect(await causeOf({ ...own, exp: undefined })).toBe("exp");
  });

  it("is a system's by a subject that a setting names, and by no other then", async () => {
    expect(await causeOf({ azp: "named", sub: "3f0c" })).toBe("believed as named");
    expect(await causeOf({ azp: "named", sub: "named" })).toBe("sub");
  });
});

describe("a token that acts for nobody", () => {
  const person = { azp: "case-system", scope: both };
  it.each<[string, JWTPayload, string]>([
    ["of a person at RFC 9068", { ...person, client_id: "case-system", sub: "1" }, "sub"],
    [
      "of a person at Keycloak",
      { ...person, sub: uuid, preferred_username: "eve", sid: "s" },
      "sub",
    ],
    [
      "of a person at Keycloak who is named like a service account",
      { ...shapes["Keycloak"], session_state: "s" },
      "sub",
    ],
    ["of a person at Entra", { ...shapes["Entra 2.0"], scp: "assay.read" }, "sub"],
    ["of a person at Entra, pairwise", { ...shapes["Entra 2.0"], sub: "pairwise" }, "sub"],
    ["of a person at Auth0", { ...shapes["Auth0"], sub: "auth0|1" }, "sub"],
    ["of a person at Okta", { ...shapes["Okta"], sub: "eve@x.example", uid: "00u" }, "sub"],
    ["of an unknown client", { client_id: "stranger", sub: "stranger" }, "client"],
    ["of a client named like a part of every object", { client_id: "toString" }, "client"],
    ["of no client", { sub: "1" }, "client"],
    ["for another", { client_id: "case-system", aud: "https://other.example" }, "aud"],
    ["of another issuer", { client_id: "case-system", iss: "https://other.example" }, "iss"],
  ])("%s", async (_, claims, cause) => {
    expect(await causeOf(claims)).toBe(cause);
  });
});
