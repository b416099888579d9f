import { get } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

import {
  type BehindProvider,
  formToken,
  openBehindProvider,
} from "@assay/console/contract/behind-provider.ts";
import { mostBytes } from "@assay/console/http/asked.ts";
import { freePort } from "@assay/host/free-port.ts";
import { readAccessLog } from "@assay/host/read-access-log.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { programNamed } from "./contract/programs.ts";
import { type Proxy, startCaddy, startNginx } from "./contract/proxies.ts";

const behind = (name: "nginx" | "caddy", start: typeof startNginx) => () => {
  const usual = getCACertificates();
  let stage: BehindProvider;
  let proxy: Proxy;

  beforeAll(async () => {
    const front = async (to: number) => {
      proxy = await start({ program: programNamed(name)!, port: await freePort(), to });
      setDefaultCACertificates([...usual, proxy.certificate]);
      return proxy.origin;
    };
    stage = await openBehindProvider({ PROXIES: "1" }, front);
  });
  afterAll(async () => {
    await stage.close();
    await proxy.close();
    setDefaultCACertificates(usual);
  });

  it("signs people in, with cookies for this host and https alone", async () => {
    const { browser, page, text } = await stage.signIn("1", "/programme");
    expect(page.url).toBe(`${proxy.origin}/programme`);
    expect(text).toContain("Hanna Head");
    expect(page.headers.get("strict-transport-security")).toContain("max-age=");
    expect([...browser.cookiesOf(proxy.origin).keys()]).toContain("__Host-assay-session");
    const away = await stage.post(browser, "/sign-out", { _csrf: formToken(text) });
    expect(new URL(away.url).pathname).toBe("/session/end");
  });

  it("tells an open page at once what is new", async () => {
    const { browser } = await stage.signIn("1", "/programme");
    const name = "__Host-assay-session";
    const cookie = `${name}=${browser.cookiesOf(proxy.origin).get(name)}`;
    const ending = new AbortController();
    const headers = { cookie, accept: "text/event-stream" };
    const stream = await fetch(`${proxy.origin}/live`, { headers, signal: ending.signal });
    expect(stream.status).toBe(200);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe("retry: 3000\n\n");
    const hear = reader.read();
    await stage.record();
    expect((await hear).value).toContain("event: recorded");
    ending.abort();
  });

  it("lets through exactly what the console takes", async () => {
    const token = await stage.provider.tokenFor("case-system", "assay:read assay:send");
    const sent = (size: number) =>
      stage.api("/commands", token, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": "x" },
        body: new Uint8Array(size).fill(32),
      });
    const within = await sent(mostBytes);
    expect(within.status).toBe(400);
    expect(within.headers.get("x-correlation-id")).not.toBeNull();
    const beyond = await sent(mostBytes + 1).catch(() => undefined);
    expect([413, undefined]).toContain(beyond?.status);
  });

  it("notes whom it was asked by, and believes nobody who says so themselves", async () => {
    const forged = { "x-forwarded-for": "203.0.113.9" };
    const refused = await fetch(`${proxy.origin}/api/v1/inspections`, {
      headers: { ...forged, authorization: "Bearer made-up" },
    });
    expect(refused.status).toBe(401);
    const [entry] = readAccessLog(stage.file, { act: "denied" }, 1);
    expect(entry).toMatchObject({ from: "127.0.0.1" });
  });

  it("shows nobody metrics, versions or what fails", async () => {
    for (const path of ["/metrics", "/info"]) {
      const answer = await fetch(proxy.origin + path, { redirect: "manual" });
      expect(answer.status).toBe(404);
    }
    expect(await (await fetch(`${proxy.origin}/health/ready`)).json()).toEqual({ status: "ok" });
  });

  it("says to whoever asks for another name which one was expected", async () => {
    const options = {
      ...{ ca: proxy.certificate, servername: "localhost" },
      headers: { host: "other.example" },
    };
    const said = await new Promise<{ status: number | undefined; text: string }>(
      (resolve, reject) =>
        get(`${proxy.origin}/`, options, (answer) => {
          let text = "";
          answer.on("data", (part: Buffer) => (text += part.toString()));
          answer.on("end", () => resolve({ status: answer.statusCode, text }));
        }).on("error", reject),
    );
    // Caddy knows its own name and answers for no other; nginx passes on what it gets.
    if (name === "caddy") return expect(said.text).toBe("");
    expect(said).toEqual({ status: 421, text: expect.stringContaining(proxy.origin) });
    expect(stage.logged).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining("asked for as other.example") }),
    );
  });
};

const missing = (name: string): boolean => programNamed(name) === undefined;
const how = "with TLS, as docs/proxies.md has it (where it is installed)";

describe.skipIf(missing("nginx"))(`behind nginx ${how}`, behind("nginx", startNginx));
describe.skipIf(missing("caddy"))(`behind Caddy ${how}`, behind("caddy", startCaddy));
