import { createServer, request as ask, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { createMemoryBus } from "@assay/bus/memory.ts";
import { systemClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readSettings } from "./config.ts";
import { createConsole } from "./console.ts";
import { littleBytes, mostBytes } from "./http/asked.ts";

describe("the console under attack", () => {
  let server: Server;
  let port: number;
  let logged = "";
  const auditor = "Bearer auditor/auditor/";

  beforeAll(async () => {
    const destination = new Writable({
      write: (chunk: Buffer, _, done) => {
        logged += chunk.toString();
        done();
      },
    });
    const log = createLog({ service: "console", level: "debug", destination });
    const { handle } = createConsole({
      ...{ store: createMemoryStore(), bus: createMemoryBus(), clock: systemClock, log },
      people: [Actor.parse({ id: "auditor", role: "auditor" })],
      settings: readSettings({ API_BURST: "20", API_RATE: "1" }),
    });
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
  /** The path goes out as it is written: nothing tidies it on the way. */
  const send = (path: string, { method = "GET", headers = {}, body }: Sent = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
      (resolve, reject) => {
        const sent = ask({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          answer.on("end", () =>
            resolve({ status: answer.statusCode!, headers: answer.headers, text }),
          );
        });
        sent.on("error", reject);
        sent.end(body);
      },
    );

  it.each([
    "/assets/../../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/console.ts",
    "/..%5c..%5cconsole.ts",
    "/public/..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
  ])("gives no file for %s", async (path) => {
    const { status, text } = await send(path);
    expect([303, 404]).toContain(status);
    expect(text).not.toMatch(/createConsole|"dependencies"|root:/);
  });

  const sends = (headers: Record<string, string>, body: string | Buffer) =>
    send("/api/v1/commands", {
      method: "POST",
      body,
      headers: {
        authorization: auditor,
        "content-type": "application/json",
        "idempotency-key": "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11",
        ...headers,
      },
    });

  it("refuses what is nested deeper than any command", async () => {
    const headers = { authorization: auditor, "content-type": "application/json" };
    const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    for (const [depth, status] of [
      [30, 400],
      [20_000, 400],
    ] as const) {
      const sent = { method: "POST", headers, body: deep(depth) };
      const answer = await send("/api/v1/commands", sent);
      expect({ depth, status: answer.status }).toEqual({ depth, status });
    }
    expect(logged).not.toContain("Maximum call stack");
  });

  it("answers an address of slashes, and none at all, with not found", async () => {
    for (const path of ["//", "///", "//evil.example/", "http://[", "http://evil.example/public"])
      expect({ path, status: (await send(path)).status }).toEqual({ path, status: 404 });
  });

  it("leads to signing in with headers that any client takes, however long the address", async () => {
    const asked = (length: number) => `/inspections/${"%3B".repeat(length)}`;
    const [short, long] = await Promise.all(
      [10, 4000].map((length) =>
        fetch(`http://127.0.0.1:${port}${asked(length)}`, { redirect: "manual" }),
      ),
    );
    const next = encodeURIComponent(asked(10));
    expect(short!.headers.get("location")).toBe(`/sign-in?next=${next}`);
    expect(long!.headers.get("location")).toBe("/sign-in");
  });

  it("refuses what is nested twenty thousand times, as a command or within one", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const headers = {
      ...{ authorization: auditor, "content-type": "application/json" },
      "idempotency-key": "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11",
    };
    const bodies = [deep, `{"type":"CancelInspection","inspection":"a","reason":${deep}}`];
    for (const body of bodies) {
      const { status } = await send("/api/v1/commands", { method: "POST", headers, body });
      expect([400, 422]).toContain(status);
    }
  });

  it("unpacks nothing, takes no other type, and no more than its limit", async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000, " "));
    expect((await sends({ "content-encoding": "gzip" }, bomb)).status).toBe(415);
    expect((await sends({ "content-type": "text/plain" }, "{}")).status).toBe(415);
    const large = await sends({}, Buffer.alloc(mostBytes + 1, " ")).catch(() => undefined);
    expect([413, undefined]).toContain(large?.status);
    const within = await sends({}, Buffer.alloc(mostBytes, " "));
    expect(within.status).toBe(400);
    const words = Buffer.alloc(littleBytes + 1, "a");
    const signingIn = { "content-type": "application/x-www-form-urlencoded" };
    const stranger = { method: "POST", headers: signingIn, body: words };
    const refused = await send("/sign-in", stranger).catch(() => undefined);
    expect([413, undefined]).toContain(refused?.status);
    const answer = await sends({}, "{");
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  });

  it("sends its protective headers with every answer, whatever it is", async () => {
    for (const path of ["/public", "/nowhere", "/api/v1/inspections", "/sign-in"]) {
      const { headers } = await send(path);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["referrer-policy"]).toBe("same-origin");
    }
  });

  it.each([
    { "x-forwarded-for": "203.0.113.9" },
    { "x-forwarded-proto": "https" },
    { "x-forwarded-anything": "" },
    { "x-real-ip": "203.0.113.9" },
    { forwarded: "for=203.0.113.9" },
    { via: "1.1 proxy" },
    { host: "assay.example" },
    { host: "127.0.0.1.assay.example" },
  ])("is no demonstration for what comes through a proxy: %j", async (headers) => {
    const told = { ...headers, authorization: auditor } as Record<string, string>;
    expect((await send("/api/v1/inspections", { headers: told })).status).toBe(421);
    const { status, text } = await send("/sign-in", { headers: told });
    expect(status).toBe(421);
    expect(text).toContain(told["host"] ?? "came through a proxy");
    expect(logged).toContain(text.trim());
  });

  const said = (head: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = "";
      connect(port, "127.0.0.1")
        .on("error", reject)
        .on("data", (chunk: Buffer) => (text += chunk.toString()))
        .on("end", () => resolve(text))
        .end(`${head}\r\nConnection: close\r\n\r\n`);
    });

  it("is no demonstration for a proxy that says nothing of itself and speaks HTTP/1.0", async () => {
    const host = `Host: 127.0.0.1:${port}`;
    expect(await said(`GET /sign-in HTTP/1.0\r\n${host}`)).toContain(" 421 ");
  });

  it("answers nobody who names two hosts, or frames a body in two ways", async () => {
    const host = `Host: 127.0.0.1:${port}`;
    expect(await said(`GET /sign-in HTTP/1.1\r\n${host}`)).toContain(" 200 ");
    expect(await said(`GET /sign-in HTTP/1.1\r\n${host}\r\n${host}`)).toContain(" 421 ");
    for (const framed of ["Transfer-Encoding: chunked", "Content-Length: 5", "Host:\r\n b"])
      expect(
        await said(`POST /sign-in HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\n${framed}`),
      ).toContain(" 400 ");
  });

  it("lets one client have its share and no more", async () => {
    const answers = [];
    for (let tries = 0; tries < 25; tries += 1)
      answers.push(await send("/api/v1/inspections", { headers: { authorization: auditor } }));
    const last = answers.at(-1)!;
    expect(last.status).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("logs no token, cookie or word that was sent", async () => {
    const secret = "hunter2-swordfish";
    await send(`/nowhere?q=${secret}`, {
      headers: { cookie: `assay-session=${secret}`, authorization: `Bearer ${secret}` },
    });
    await sends({ authorization: `Bearer ${secret}` }, JSON.stringify({ type: secret }));
    expect(logged).not.toContain(secret);
  });
});
