import { generateKeyPair, SignJWT } from "jose";
import { readAccessLog, verifyAccessLog } from "@assay/host/read-access-log.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  accessSigner,
  type BehindProvider,
  formToken,
  openBehindProvider,
} from "../contract/behind-provider.ts";
import { Browser } from "./browser-stage.ts";
import type { ProviderStage } from "./provider-stage.ts";

const minute = 60_000;

describe("with an identity provider", () => {
  let stage: BehindProvider;
  let provider: ProviderStage;
  let origin: string;
  let file: string;

  beforeAll(async () => {
    stage = await openBehindProvider({}, undefined, examplePlots().slice(0, 1));
    ({ provider, origin, file } = stage);
  });
  afterAll(() => stage.close());

  const signIn = (...asked: Parameters<typeof stage.signIn>) => stage.signIn(...asked);
  const post = (browser: Browser, path: string, form: Record<string, string>) =>
    stage.post(browser, path, form);
  const noted = (act: string) => stage.noted(act);

  it("signs people in under the name and role that the provider gives them", async () => {
    const { page, text } = await signIn("1", "/programme");
    expect(page.status).toBe(200);
    expect(page.url).toBe(`${origin}/programme`);
    expect(text).toContain("Hanna Head");
    expect(text).toContain("Head of programme");
    expect(text).not.toContain("demonstration");
    expect(noted("signed-in")).toContain("hanna identity provider");
  });

  it("lets somebody with several roles choose, and no other", async () => {
    const { browser, page, text } = await signIn("2");
    expect(page.url).toBe(`${origin}/sign-in`);
    expect(text).toContain("Auditor");
    const role = "bo/head-of-programme/";
    const chosen = await post(browser, "/sign-in/role", { _csrf: formToken(text), role });
    expect(await chosen.text()).toContain("Head of programme");
    const other = { _csrf: formToken(text), role: "bo/chief-inspector/" };
    expect((await post(browser, "/sign-in/role", other)).status).toBe(400);
  });

  it.each([
    ["3", "carl", "no role"],
    ["4", "dina", "for which service"],
  ])("refuses account %s, whose claims say too little: %s", async (account, _, because) => {
    const { page, browser } = await signIn(account);
    expect(page.status).toBe(401);
    expect((await browser.open(`${origin}/programme`)).url).not.toBe(`${origin}/programme`);
    expect(noted("sign-in-refused")[0]).toContain(because);
  });

  it("shows a service's manager its own service alone", async () => {
    const { text } = await signIn("6");
    expect(text).toContain("Fred");
    expect(text).toContain(examplePlots()[0]!.service.name);
  });

  it("believes no answer that it did not ask for, and none twice", async () => {
    const callback = "/sign-in/callback?code=x&state=y";
    expect((await new Browser().open(origin + callback)).status).toBe(401);
    const departed = await fetch(`${origin}/sign-in`, { redirect: "manual" });
    const [waiting = ""] = departed.headers
      .getSetCookie()
      .filter((line) => line.startsWith("assay-sign-in="));
    const forged = await fetch(origin + callback, {
      headers: { cookie: waiting.split(";")[0]! },
      redirect: "manual",
    });
    expect(forged.status).toBe(401);
    expect(
      new URL(departed.headers.get("location")!).searchParams.get("code_challenge_method"),
    ).toBe("S256");
  });

  it("ends a session when its owner leaves, also for whoever kept the cookie", async () => {
    const { browser, text } = await signIn("1", "/programme");
    const cookie = `assay-session=${browser.cookiesOf(origin).get("assay-session")}`;
    const look = () => fetch(`${origin}/programme`, { headers: { cookie }, redirect: "manual" });
    expect((await look()).status).toBe(200);
    const left = await post(browser, "/sign-out", { _csrf: formToken(text) });
    expect(left.url).toContain(`${provider.issuer}/session/end?client_id=assay-console`);
    expect(new URL(left.url).searchParams.get("id_token_hint")).toMatch(/^ey/);
    // The provider asks whether to end its session too: it took the address to come back to.
    expect(left.status).toBe(200);
    expect((await look()).status).toBe(303);
    expect(noted("signed-out")).toContain("hanna /sign-out");
  });

  it("ends sessions when the provider says so, and at nobody else's word", async () => {
    const { browser } = await signIn("1", "/programme");
    const stays = await signIn("6");
    const stranger = await generateKeyPair("RS256");
    const claims = { events: { "http://schemas.openid.net/event/backchannel-logout": {} } };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .setIssuer(provider.issuer)
      .setAudience("assay-console")
      .setSubject("1")
      .setIssuedAt()
      .sign(stranger.privateKey);
    const refused = await post(new Browser(), "/sign-out/back-channel", { logout_token: forged });
    expect(refused.status).toBe(400);
    expect((await browser.open(`${origin}/programme`)).url).toBe(`${origin}/programme`);
    await provider.endSessionsOf("1");
    provider.setPerson("3");
    const cookie = `assay-session=${browser.cookiesOf(origin).get("assay-session")}`;
    const after = await fetch(`${origin}/programme`, { headers: { cookie }, redirect: "manual" });
    expect(after.status).toBe(303);
    expect((await stays.browser.open(`${origin}/`)).status).toBe(200);
  });

  it("notes who looked at what in a log that holds", async () => {
    const { browser } = await signIn("2");
    await browser.open(`${origin}/inspections/peterborough-2020?q=secret`);
    expect(readAccessLog(file, { inspection: "peterborough-2020", person: "bo" }, 1)).toMatchObject(
      [{ act: "looked", role: "auditor", what: "GET /inspections/peterborough-2020", status: 200 }],
    );
    const keys = [writeVerifierKey(verifierKeyOf(accessSigner))];
    expect(verifyAccessLog(file, keys).problems).toEqual([]);
  });

  it("lets two tabs sign in at once", async () => {
    const browser = new Browser();
    provider.setPerson("1");
    const address = `${origin}/sign-in?next=/programme`;
    const [one, other] = [await browser.step(address), await browser.step(address)];
    expect((await browser.open(other)).url).toBe(`${origin}/programme`);
    expect((await browser.open(one)).url).toBe(`${origin}/programme`);
    expect([...browser.cookiesOf(origin).keys()]).toEqual(["assay-session"]);
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "/sign-in/callback"])(
    "leads nobody to %s after signing in",
    async (next) => {
      expect((await signIn("1", next)).page.url).toBe(`${origin}/`);
    },
  );

  it("says in one line why a sign-in was refused, under the reference on the page", async () => {
    stage.logged.length = 0;
    const { text } = await signIn("3");
    const reference = /<code>([^<]+)<\/code>/.exec(text)?.[1];
    expect(stage.logged.filter(({ level }) => level === "warn")).toEqual([
      expect.objectContaining({
        ...{ reference, msg: "sign-in refused", cause: "claim", claim: "roles", subject: "3" },
        value: '["king"]',
      }),
    ]);
    expect(readAccessLog(file, { correlationId: reference! }, 9)).toMatchObject([
      { act: "sign-in-refused", what: expect.stringContaining("the claim roles names no role") },
    ]);
  });

  it("says that the provider is away, with 503, and goes on when it is back", async () => {
    const { browser } = await signIn("1", "/programme");
    provider.setAway(true);
    try {
      const callback = `${origin}/sign-in`;
      const away = await fetch(callback, { redirect: "manual" });
      expect(away.status).toBe(303);
      const back = new URL(away.headers.get("location")!).searchParams.get("state")!;
      const cookie = away.headers.getSetCookie()[0]!.split(";")[0]!;
      const answer = await fetch(
        `${origin}/sign-in/callback?code=x&state=${back}&iss=${provider.issuer}`,
        {
          headers: { cookie },
        },
      );
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain("identity provider does not answer");
      expect((await browser.open(`${origin}/programme`)).status).toBe(200);
    } finally {
      provider.setAway(false);
    }
    expect((await signIn("1", "/programme")).page.status).toBe(200);
  });

  it("tells operators how the provider is, at the start and by what was asked of it", async () => {
    const known = () => stage.metrics.registry.metrics();
    expect(stage.neighbours()).toEqual({ "identity provider": "ok" });
    expect(await known()).toContain("assay_identity_provider_up 1");
    expect(await known()).toMatch(/assay_identity_total{kind="sign-in",outcome="ok"} [1-9]/);
    expect(await stage.trouble()).toBeUndefined();
    const other = await openBehindProvider();
    try {
      other.provider.setAway(true);
      expect(await other.trouble()).toContain("assay identity check");
      expect(other.neighbours()).toEqual({ "identity provider": "away" });
      expect(await other.metrics.registry.metrics()).toContain("assay_identity_provider_up 0");
      expect(other.logged).toContainEqual(
        expect.objectContaining({ level: "warn", msg: "identity provider cannot be used" }),
      );
    } finally {
      await other.close();
    }
  });

  it("takes a name that is no person's id, and shows the person's own", async () => {
    const { page, text } = await signIn("5", "/programme");
    expect(page.url).toBe(`${origin}/programme`);
    expect(text).toContain("Eve Müller");
    expect(noted("signed-in")[0]).toMatch(/^eve-muller-example-org-[0-9a-f]{6} /);
  });

  /** As if the provider had last been asked so long ago. */
  const age = (milliseconds: number): void =>
    void stage.database.sqlite.prepare("update session set asked = asked - ?").run(milliseconds);

  it("sends a page through the provider again after minutes, and forms stay good", async () => {
    const { browser, text } = await signIn("2");
    const cookie = browser.cookiesOf(origin).get("assay-session");
    age(6 * minute);
    const again = await browser.open(`${origin}/programme`);
    expect([again.status, again.url]).toEqual([200, `${origin}/programme`]);
    expect(browser.cookiesOf(origin).get("assay-session")).toBe(cookie);
    const role = { _csrf: formToken(text), role: "bo/head-of-programme/" };
    expect((await post(browser, "/sign-in/role", role)).status).toBe(200);
  });

  it("leads no form to the provider, which browsers would not follow", async () => {
    const { browser } = await signIn("1", "/programme");
    age(6 * minute);
    const sent = await post(browser, "/programme", { _csrf: "x" });
    expect([sent.status, sent.url]).toEqual([401, `${origin}/programme`]);
    expect(await sent.text()).toContain("Nothing was recorded");
    expect(sent.headers.get("content-security-policy")).toContain("form-action 'self';");
  });

  it("takes a role away within minutes where the provider no longer gives it", async () => {
    const { browser } = await signIn("1", "/programme");
    provider.accounts.set("1", { preferred_username: "hanna", roles: ["auditor"] });
    age(6 * minute);
    expect(await (await browser.open(`${origin}/programme`)).text()).toContain("Auditor");
    provider.accounts.set("1", { preferred_username: "hanna", roles: [] });
    age(6 * minute);
    expect((await browser.open(`${origin}/programme`)).status).toBe(401);
    provider.accounts.set("1", {
      ...{ preferred_username: "hanna", name: "Hanna Head", roles: ["hmip-head"] },
    });
  });

  it("ends the stream of what is new with its session", async () => {
    const { browser } = await signIn("1", "/programme");
    const cookie = `assay-session=${browser.cookiesOf(origin).get("assay-session")}`;
    const headers = { cookie, accept: "text/event-stream" };
    const stream = await fetch(`${origin}/live`, { headers });
    expect(stream.status).toBe(200);
    await provider.endSessionsOf("1");
    // The next sign of life finds that nobody is signed in any more.
    expect((await stream.text()).trim()).toBe("retry: 3000");
    expect((await fetch(`${origin}/live`, { headers })).status).toBe(204);
  });
});

describe("with refresh tokens", () => {
  it("asks for roles again without sending anybody anywhere", async () => {
    const stage = await openBehindProvider({
      OIDC_SCOPES: "openid profile offline_access",
      OIDC_PROMPT: "consent",
    });
    try {
      const { origin, provider } = stage;
      const { browser } = await stage.signIn("1", "/programme");
      const age = stage.database.sqlite.prepare("update session set asked = asked - ?");
      age.run(6 * minute);
      const cookie = `assay-session=${browser.cookiesOf(origin).get("assay-session")}`;
      const look = () => fetch(`${origin}/programme`, { headers: { cookie }, redirect: "manual" });
      expect((await Promise.all([look(), look(), look()])).map(({ status }) => status)).toEqual([
        200, 200, 200,
      ]);
      provider.setAway(true);
      age.run(6 * minute);
      expect((await look()).status).toBe(200);
      age.run(6 * minute);
      expect((await look()).status).toBe(503);
      provider.setAway(false);
      provider.accounts.set("1", { preferred_username: "hanna", roles: [] });
      expect((await look()).status).toBe(303);
      expect(stage.logged).toContainEqual(
        expect.objectContaining({ msg: "sign-in refused", cause: "claim", claim: "roles" }),
      );
    } finally {
      await stage.close();
    }
  });
});
