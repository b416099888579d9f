import { Misconfigured } from "@assay/host/environment.ts";
import { expect, it } from "vitest";

import { readSettings } from "./config.ts";
import { claimedBy } from "./identity/claims.ts";

const complete = {
  OIDC_ISSUER: "https://login.example/realms/assay",
  OIDC_CLIENT_ID: "assay",
  CONSOLE_URL: "https://assay.example/",
};

const problems = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
    return "";
  } catch (error) {
    if (error instanceof Misconfigured) return error.message;
    throw error;
  }
};

it("is the demonstration where no provider is named, within another process", () => {
  expect(readSettings({})).toMatchObject({ identity: undefined, url: undefined });
});

it("ends calendar names as the setting says, and as ever where nothing is said", () => {
  expect(readSettings({}).calendarDomain).toBe("assay.invalid");
  const named = { CALENDAR_DOMAIN: "inspections.example" };
  expect(readSettings(named).calendarDomain).toBe("inspections.example");
  const moved = { ...complete, CONSOLE_URL: "https://elsewhere.example/" };
  expect(readSettings(moved).calendarDomain).toBe(readSettings(complete).calendarDomain);
});

it.each(["Assay.Example", "https://x.example", "localhost", "a b.example", "x.example\r\nUID:1"])(
  "takes no calendar domain like %j",
  (domain) => {
    expect(problems({ CALENDAR_DOMAIN: domain })).toContain("CALENDAR_DOMAIN");
  },
);

it.each(["https://assay.example/assay", "https://assay.example/?x=1"])(
  "has a host of its own, and is not found at %s",
  (url) => {
    expect(problems({ ...complete, CONSOLE_URL: url })).toContain("CONSOLE_URL must be a host");
  },
);

it("says what a provider needs besides its address", () => {
  const said = problems({ OIDC_ISSUER: complete.OIDC_ISSUER });
  expect(said).toContain("OIDC_CLIENT_ID");
  expect(said).toContain("CONSOLE_URL");
  expect(readSettings(complete).identity).toMatchObject({ audience: "https://assay.example/api" });
});

it.each([
  "http://login.example",
  "https://user:secret@login.example",
  "file:///etc/passwd",
  "ftp://login.example",
  "http://169.254.169.254/latest",
  "http://127.0.0.1.evil.example",
  "https://login.example/#x",
  "login.example",
])("asks no provider at %s", (issuer) => {
  expect(problems({ ...complete, OIDC_ISSUER: issuer })).toContain("OIDC_ISSUER");
});

it.each(["http://127.0.0.1:8080", "http://localhost:3000", "http://[::1]:1"])(
  "takes %s for a try on this machine",
  (issuer) => {
    expect(problems({ ...complete, OIDC_ISSUER: issuer })).toBe("");
  },
);

it("makes nobody Assay itself, by whatever claim", () => {
  expect(problems({ ...complete, OIDC_ROLES: '{"root":"system"}' })).toContain("OIDC_ROLES");
  expect(problems({ ...complete, OIDC_ROLES: "root" })).toContain("OIDC_ROLES must be JSON");
  const client = '{"x":{"person":"x","role":"system"}}';
  expect(problems({ ...complete, API_CLIENTS: client })).toContain("API_CLIENTS");
  const { identity } = readSettings(complete);
  const claims = { preferred_username: "eve", roles: ["system"] };
  expect(claimedBy(claims, identity!).known).toBe(false);
});

it("is no demonstration beyond this machine, and none where a provider was forgotten", () => {
  const { OIDC_ISSUER: _, ...forgotten } = complete;
  expect(problems(forgotten)).toContain("OIDC_ISSUER is needed");
  expect(problems({ CONSOLE_URL: complete.CONSOLE_URL })).toContain("beyond this machine");
  expect(problems({ OIDC_CLIENT_ID: "assay" })).toContain("OIDC_CLIENT_ID is set");
  expect(problems({ PROXIES: "1" })).toContain("PROXIES is set");
  expect(problems({ DEMONSTRATION: "no" })).toContain("asked for by DEMONSTRATION=yes");
  expect(problems({ ...complete, DEMONSTRATION: "yes" })).toContain("exclude each other");
  expect(problems({ CONSOLE_URL: "http://127.0.0.1:4600" })).toBe("");
});

it("is a demonstration by name alone where it runs by itself", () => {
  const byName = { byName: true };
  expect(() => readSettings({}, byName)).toThrow("asked for by DEMONSTRATION=yes");
  expect(readSettings({ DEMONSTRATION: "yes" }, byName).identity).toBeUndefined();
  expect(readSettings(complete, byName).identity).toBeDefined();
});

it("takes what a provider needs to know the client by, and says what is missing", () => {
  const key = { OIDC_CLIENT_AUTH: "private_key_jwt" };
  expect(problems({ ...complete, ...key })).toContain("OIDC_CLIENT_KEY is needed");
  expect(problems({ ...complete, ...key, OIDC_CLIENT_KEY: "x" })).toContain("private key (PEM)");
  const post = { OIDC_CLIENT_AUTH: "client_secret_post" };
  expect(problems({ ...complete, ...post })).toContain("OIDC_CLIENT_SECRET is needed");
  expect(problems({ ...complete, OIDC_CLIENT_AUTH: "magic" })).toContain("must be one of");
});

it("finds claims where the provider nests them, and nothing on a prototype", () => {
  const { identity } = readSettings({ ...complete, OIDC_ROLES_CLAIM: "realm_access.roles" });
  const claims = { preferred_username: "eve", realm_access: { roles: ["auditor", "toString"] } };
  expect(claimedBy(claims, identity!)).toMatchObject({ called: "eve", roles: ["auditor"] });
  const dotted = { ...complete, OIDC_ROLES_CLAIM: "resource_access.my.client.roles" };
  const within = {
    preferred_username: "eve",
    resource_access: { "my.client": { roles: "auditor" } },
  };
  expect(claimedBy(within, readSettings(dotted).identity!)).toMatchObject({ roles: ["auditor"] });
});

it("reads claims named by a URL, roles as text, several values and several roles", () => {
  const claim = "https://assay.example/claims/roles";
  const roles = { lead: ["lead-inspector", "inspector"], "Lead Two": "lead-inspector" };
  const settings = { ...complete, OIDC_ROLES_CLAIM: claim, OIDC_ROLES: JSON.stringify(roles) };
  const { identity } = readSettings(settings);
  const read = (value: unknown) =>
    claimedBy({ preferred_username: "eve", [claim]: value }, identity!);
  const both = { roles: ["lead-inspector", "inspector"] };
  for (const value of [["lead"], "lead", "x lead", ["Lead Two", "lead"]])
    expect(read(value)).toMatchObject(both);
  expect(read("Lead Two")).toMatchObject({ roles: ["lead-inspector"] });
  expect(read("king")).toMatchObject({
    reason: { cause: "claim", claim, value: "king", words: expect.stringContaining("king") },
  });
});
