import { readSettings } from "@assay/console/config.ts";
import { formToken, openConsole } from "@assay/console/contract/behind-provider.ts";
import { Browser } from "@assay/console/identity/browser-stage.ts";
import { checkIdentity } from "@assay/console/identity/check.ts";
import { freePort } from "@assay/host/free-port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  claimsOfPeople,
  type Glewlwyd,
  glewlwydIsHere,
  secretOf,
  startGlewlwyd,
} from "./contract/glewlwyd.ts";

const people = {
  hanna: { name: "Hanna Héad", roles: ["hmip-head"] },
  bo: { name: "Bo", roles: ["auditor", "hmip-head"] },
  carl: { name: "Carl", roles: ["king"] },
};

describe.skipIf(!glewlwydIsHere())("signing in by Glewlwyd (where it is installed)", () => {
  let provider: Glewlwyd;
  let stage: Awaited<ReturnType<typeof openConsole>>;
  let origin: string;

  const settings = (more: Readonly<Record<string, string>> = {}) =>
    readSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: "assay-console",
      OIDC_CLIENT_SECRET: secretOf("assay-console"),
      OIDC_SCOPES: "openid",
      OIDC_PKCE: "no",
      CONSOLE_URL: origin,
      OIDC_ROLES: JSON.stringify({ "hmip-head": "head-of-programme", auditor: "auditor" }),
      API_CLIENTS: JSON.stringify({
        "case-system": { person: "case-system", role: "scheduler", audience: "assay:read" },
      }),
      ...more,
    });

  beforeAll(async () => {
    stage = await openConsole(async (consoleUrl) => {
      const changed = {
        ...{ claims: claimsOfPeople, "allow-non-oidc": true },
        "session-management-allowed": true,
      };
      const port = await freePort();
      provider = await startGlewlwyd({ port, consoleUrl, people, changed });
      origin = consoleUrl;
      return settings();
    });
  });
  afterAll(async () => {
    await stage.close();
    await provider.close();
  });

  const signIn = async (person: string) => {
    const browser = new Browser();
    const page = await browser.open(`${origin}/sign-in?next=/programme`);
    const answer = await provider.signIn(browser, page.url, person);
    return { browser, page: answer, text: await answer.text() };
  };
  const age = (): void =>
    void stage.database.sqlite.prepare("update session set asked = asked - ?").run(360_000);

  it("gives people their role and the name that it has on demand", async () => {
    const { page, text } = await signIn("hanna");
    expect([page.status, page.url]).toEqual([200, `${origin}/programme`]);
    expect(text).toContain("Hanna Héad");
  });

  it("refuses who has no role, with the cause under the reference", async () => {
    const { page, text } = await signIn("carl");
    expect(page.status).toBe(401);
    const reference = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0];
    expect(stage.logged).toContainEqual(
      expect.objectContaining({ ...{ reference, cause: "claim" }, claim: "roles" }),
    );
  });

  it("lets somebody with two roles choose, and takes one away by its refresh token", async () => {
    const { browser, text } = await signIn("bo");
    expect(text).toContain("Choose a role");
    await stage.post(browser, "/sign-in/role", {
      ...{ _csrf: formToken(text), role: "bo/head-of-programme/" },
    });
    await provider.setRoles("bo", ["auditor"]);
    age();
    const after = await (await browser.open(`${origin}/programme`)).text();
    expect(after).toContain("Auditor");
    expect(after).not.toContain("Head of programme");
  });

  it("ends the session there too", async () => {
    const { browser, text } = await signIn("hanna");
    const away = await stage.post(browser, "/sign-out", { _csrf: formToken(text) });
    expect(away.url).toContain("end_session");
    expect((await browser.open(`${origin}/programme`)).url).toContain("/login.html");
  });

  it("lets a system in by client credentials, and nobody without them", async () => {
    const token = await provider.tokenFor("case-system", "assay:read");
    expect((await stage.api("/inspections", token)).status).toBe(200);
    expect((await stage.api("/inspections", `${token}x`)).status).toBe(401);
  });

  it("is told by the check what it does not take, and what to set", async () => {
    const found = await checkIdentity(settings({ OIDC_PKCE: "yes" }).identity!, origin);
    const said = (what: string) => found.find((one) => one.what === what);
    expect(said("Setting out")).toEqual({
      ...{ what: "Setting out", well: false, said: "invalid_request: set OIDC_PKCE=no" },
    });
    const well = await checkIdentity(settings().identity!, origin);
    expect(well.filter((one) => one.well === false)).toEqual([]);
    const wrong = await checkIdentity(settings({ OIDC_CLIENT_SECRET: "x" }).identity!, origin);
    expect(wrong.find((one) => one.well === false)?.what).toBe("Client");
  });
});
