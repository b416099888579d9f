import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Instant } from "@assay/domain/kernel/instants.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import {
  type AccessLog,
  openAccessLog,
  readAccessLog,
  verifyAccessLog,
} from "@assay/host/access-log.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readSettings } from "../config.ts";
import { createConsole } from "../console.ts";
import { type ProviderStage, secrets, startProvider } from "./provider-stage.ts";

const signer = signerFrom("access-log", Buffer.alloc(32, 5).toString("base64"));

/** A browser as far as signing in needs one: it keeps cookies by origin and follows redirects. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    let next = url;
    let method = init;
    for (let step = 0; step < 15; step += 1) {
      const { origin } = new URL(next);
      const jar = this.#cookies.get(origin) ?? new Map<string, string>();
      this.#cookies.set(origin, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { ...method.headers, ...(cookie && { cookie }) };
      const answer = await fetch(next, { ...method, headers, redirect: "manual" });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, value);
      }
      const location = answer.headers.get("location");
      if (location === null || answer.status < 300 || answer.status > 399) return answer;
      next = new URL(location, next).href;
      method = {};
    }
    throw new Error("it goes round in circles");
  }

  cookiesOf(origin: string): Map<string, string> {
    return this.#cookies.get(new URL(origin).origin) ?? new Map<string, string>();
  }
}

describe("with an identity provider", () => {
  let engine: Engine;
  let server: Server;
  let provider: ProviderStage;
  let accessLog: AccessLog;
  let folder: string;
  let file: string;
  let origin: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-identity-"));
    file = join(folder, "access-log.sqlite");
    const log = createLog({ service: "console", level: "silent" });
    const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
    engine = await startEngine({ dataDir: undefined, clock, log });
    await carry({ engine, clock, plots: examplePlots().slice(0, 1) });
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    provider = await startProvider(origin);
    accessLog = openAccessLog({ file, signer });
    const settings = readSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: "assay-console",
      OIDC_CLIENT_SECRET: secrets["assay-console"],
      CONSOLE_URL: origin,
      OIDC_ROLES: JSON.stringify({
        "hmip-head": "head-of-programme",
        auditor: "auditor",
        "yos-manager": "provider-user",
      }),
      API_CLIENTS: JSON.stringify({ "case-system": { person: "case-system", role: "scheduler" } }),
    });
    const { store, bus } = engine;
    const { handle } = createConsole({ store, bus, clock, log, settings, accessLog, people: [] });
    server.on("request", (request, response) => void handle(request, response));
    const { accounts } = provider;
    accounts.set("1", { preferred_username: "hanna", name: "Hanna Head", roles: ["hmip-head"] });
    accounts.set("2", {
      preferred_username: "bo",
      name: "Bo",
      roles: ["auditor", "hmip-head", "x"],
    });
    accounts.set("3", { preferred_username: "carl", roles: ["king"] });
    accounts.set("4", { preferred_username: "dina", roles: ["yos-manager"] });
    accounts.set("5", { preferred_username: "Eve Smith", roles: ["auditor"] });
    accounts.set("6", {
      ...{ preferred_username: "fred", name: "Fred", roles: ["yos-manager"] },
      service: examplePlots()[0]!.service.id,
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await provider.close();
    await engine.close();
    accessLog.close();
    rmSync(folder, { recursive: true });
  });

  const signIn = async (
    account: string,
    next = "/",
  ): Promise<{ browser: Browser; page: Response; text: string }> => {
    const browser = new Browser();
    provider.setPerson(account);
    const page = await browser.open(`${origin}/sign-in?next=${encodeURIComponent(next)}`);
    return { browser, page, text: await page.text() };
  };
  const formToken = (page: string): string => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const post = (browser: Browser, path: string, form: Record<string, string>): Promise<Response> =>
    browser.open(origin + path, { method: "POST", body: new URLSearchParams(form) });
  const api = (path: string, token: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
  const noted = (act: string): readonly string[] =>
    readAccessLog(file, { act }, 100).map(({ person = "nobody", what }) => `${person} ${what}`);

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
    ["5", "Eve Smith", "no name"],
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
    expect(left.url).toContain(provider.issuer);
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

  it("lets systems do what their scopes say, as who the configuration says they are", async () => {
    const reader = await provider.tokenFor("case-system", "assay:read");
    expect((await api("/inspections", reader)).status).toBe(200);
    const command = {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
      body: JSON.stringify({ type: "ChaseRequest", inspection: "nowhere", request: "case-list" }),
    };
    const denied = await api("/commands", reader, command);
    expect(denied.status).toBe(403);
    expect(denied.headers.get("www-authenticate")).toContain('scope="assay:send"');
    const sender = await provider.tokenFor("case-system", "assay:read assay:send");
    const refused = await api("/commands", sender, command);
    expect([refused.status, ((await refused.json()) as { refusal: object }).refusal]).toEqual([
      409,
      { reason: "UnknownInspection" },
    ]);
    expect(noted("asked")).toContain("case-system ChaseRequest: UnknownInspection");
    expect((await api("/inspections", "auditor/auditor/")).status).toBe(401);
  });

  it("notes who looked at what in a log that holds", async () => {
    const { browser } = await signIn("2");
    await browser.open(`${origin}/inspections/peterborough-2020?q=secret`);
    expect(readAccessLog(file, { inspection: "peterborough-2020", person: "bo" }, 1)).toMatchObject(
      [{ act: "looked", role: "auditor", what: "GET /inspections/peterborough-2020", status: 200 }],
    );
    const keys = [writeVerifierKey(verifierKeyOf(signer))];
    expect(verifyAccessLog(file, keys).problems).toEqual([]);
  });

  it("believes no token that was changed, is for another, or is too often wrong", async () => {
    const good = await provider.tokenFor("case-system", "assay:read");
    const elsewhere = await provider.tokenFor(
      "case-system",
      "assay:read",
      "https://other.example/",
    );
    const [head, body, seal] = good.split(".") as [string, string, string];
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const wrong = [elsewhere, `${head}.${body}x.${seal}`, `${none}.${body}.`, "x", `${good}x`];
    for (const token of wrong) expect((await api("/inspections", token)).status).toBe(401);
    const answers: number[] = [];
    for (let tries = 0; tries < 12; tries += 1)
      answers.push((await api("/inspections", `wrong-${tries}`)).status);
    expect(answers.at(-1)).toBe(429);
    // Locked out, even what is right is not looked at: nobody can search for it.
    expect((await api("/inspections", good)).status).toBe(429);
  });
});
