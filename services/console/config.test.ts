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

it("is the demonstration where no provider is named", () => {
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
  const assay = { preferred_username: "assay", roles: ["auditor"] };
  expect(claimedBy(assay, identity!).known).toBe(false);
});

it("finds claims where the provider nests them, and nothing on a prototype", () => {
  const { identity } = readSettings({ ...complete, OIDC_ROLES_CLAIM: "realm_access.roles" });
  const claims = { preferred_username: "eve", realm_access: { roles: ["auditor", "toString"] } };
  expect(claimedBy(claims, identity!)).toMatchObject({ actors: [{ id: "eve", role: "auditor" }] });
});
