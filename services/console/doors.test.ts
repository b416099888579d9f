import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { CommandBus } from "@assay/bus/port.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { type Files, filesInMemory } from "@assay/host/files.ts";
import { createLog } from "@assay/host/log.ts";
import { trustWithin, unauthenticated } from "@assay/host/seal.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { readSettings } from "./config.ts";
import { createConsole } from "./console.ts";
import { mostBytes } from "./http/asked.ts";
import { mostOpen } from "./pages/live.ts";

/**
 * Every door asks in one order: who are you, may you, is it well formed and short enough, and only
 * then it works. What is wrong in several ways gets the first answer, and costs nothing more.
 */
const inspection = "made-up-garrowby";
const key = "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11";

const json = { "content-type": "application/json" };
const encoded = { "content-type": "application/x-www-form-urlencoded" };
const as = (person: string) => ({ authorization: `Bearer ${person}` });
const lead = as("lead-inspector/lead-inspector/");
const auditor = as("auditor/auditor/");
const theirs = as("service-manager/provider-user/garrowby-made-up");
const others = as("service-manager/provider-user/eastvale-made-up");

const tooLong = Buffer.alloc(mostBytes + 1, "[");
/** What a scanner would look through, of a command that is none besides. */
const addresses = "a@b.example ".repeat(20_000);
const malformed = JSON.stringify({ type: "BookInterview", inspection, reason: addresses });
const strange = JSON.stringify({ type: addresses, inspection });

type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

/** What is wrong of each request, from the first question to the last, and what it is answered. */
const doors: Readonly<Record<string, readonly (readonly [string, Asked, number])[]>> = {
  "a command of a program": [
    ["nobody, too long", { path: "commands", headers: json, body: tooLong }, 401],
    ["a bad token", { path: "commands", headers: as("no/such/one"), body: tooLong }, 401],
    [
      "not for this role",
      { path: "commands", headers: { ...auditor, ...json }, body: malformed },
      409,
    ],
    ["too long", { path: "commands", headers: { ...lead, ...json }, body: tooLong }, 413],
    ["no JSON", { path: "commands", headers: lead, body: malformed }, 415],
    ["unknown", { path: "commands", headers: { ...lead, ...json }, body: strange }, 422],
    ["malformed", { path: "commands", headers: { ...lead, ...json }, body: malformed }, 422],
  ],
  "a file that a program sends": [
    ["nobody", { path: `inspections/${inspection}/submissions`, body: tooLong }, 401],
    [
      "another",
      { path: `inspections/${inspection}/submissions`, headers: others, body: tooLong },
      404,
    ],
    [
      "too long",
      {
        path: `inspections/${inspection}/submissions`,
        headers: { ...theirs, ...json },
        body: tooLong,
      },
      413,
    ],
    [
      "malformed",
      {
        path: `inspections/${inspection}/submissions`,
        headers: { ...theirs, ...json },
        body: "{}",
      },
      422,
    ],
  ],
  "a form": [
    ["nobody", { path: `/inspections/${inspection}/sample`, headers: encoded, body: tooLong }, 401],
    [
      "a token",
      {
        path: `/inspections/${inspection}/sample`,
        headers: { ...lead, ...encoded },
        body: tooLong,
      },
      401,
    ],
    ["no such door", { path: "/nowhere", headers: encoded, body: tooLong }, 404],
  ],
  "what somebody types": [["nobody", { path: "/unsent", headers: json, body: tooLong }, 401]],
  "a sign-in": [
    [
      "too long for a stranger",
      { path: "/sign-in", headers: encoded, body: "a".repeat(70_000) },
      413,
    ],
    ["no token of its page", { path: "/sign-in", headers: encoded, body: "person=auditor" }, 403],
  ],
  "events as they happen": [
    ["nobody", { method: "GET", path: "/live" }, 303],
    ["nobody, of an inspection", { method: "GET", path: `/inspections/${inspection}/live` }, 303],
  ],
  "a calendar": [["a guess", { method: "GET", path: `/calendars/${"a".repeat(43)}.ics` }, 404]],
  "a letter's link": [
    ["a guess", { method: "GET", path: `/copies/${inspection}/${"a".repeat(43)}` }, 404],
  ],
  "metrics and health in detail": [
    ["nobody", { method: "GET", path: "/metrics" }, 404],
    ["somebody", { method: "GET", path: "/metrics", headers: auditor }, 404],
  ],
};

describe("every door of the console", () => {
  let server: Server;
  let port: number;
  /** What was done for whoever asked. */
  const work = { sent: 0, kept: 0 };

  beforeAll(async () => {
    const { store, bus } = await openHistory();
    const clock = createSteppedClock(today);
    const counted: CommandBus = {
      ...{ offer: (offer) => bus.offer(offer), ping: () => bus.ping(), close: () => bus.close() },
      send: (...command) => ((work.sent += 1), bus.send(...command)),
    };
    const inMemory = filesInMemory();
    const files: Files = {
      ...inMemory,
      keep: (content) => ((work.kept += 1), inMemory.keep(content)),
    };
    const { handle } = createConsole({
      ...{ store, bus: counted, files, clock, log: createLog({ service: "c", level: "silent" }) },
      people: Object.values(people).flat(),
      settings: readSettings({ API_BURST: "10000", API_RATE: "10000" }),
    });
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => Object.assign(work, { sent: 0, kept: 0 }));

  /** What is refused before it is read may end the connection while it is still being sent. */
  const send = ({ method = "POST", path, headers = {}, body }: Asked) =>
    new Promise<number>((resolve, reject) => {
      const whole = path.startsWith("/") ? path : `/api/v1/${path}`;
      const keyed = { "idempotency-key": key, ...headers };
      const sent = ask({ port, host: "127.0.0.1", method, path: whole, headers: keyed });
      sent.on("response", (answer) => {
        resolve(answer.statusCode!);
        answer.destroy();
      });
      sent.on("error", (error: NodeJS.ErrnoException) =>
        error.code === "EPIPE" || error.code === "ECONNRESET" ? undefined : reject(error),
      );
      sent.end(body);
    });

  for (const [door, asked] of Object.entries(doors))
    it.each(asked)(`${door}, %s`, async (_, request, status) => {
      expect(await send(request)).toBe(status);
      expect(work).toEqual({ sent: 0, kept: 0 });
    });

  it("listens for one person in a hundred windows at once, and no more until one is shut", async () => {
    const at = `http://127.0.0.1:${port}`;
    const cookieIn = (answer: Response) =>
      answer.headers
        .getSetCookie()
        .map((each) => each.split(";")[0]!)
        .join("; ");
    const shown = await fetch(`${at}/sign-in`);
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(await shown.text())![1]!;
    const signedIn = await fetch(`${at}/sign-in`, {
      ...{ method: "POST", redirect: "manual", headers: { cookie: cookieIn(shown), origin: at } },
      body: new URLSearchParams({ _csrf, person: "auditor/auditor/" }),
    });
    const cookie = cookieIn(signedIn);
    const open = (path: string): Promise<{ status: number; shut: () => void }> =>
      new Promise((resolve) => {
        const sent = ask({ port, host: "127.0.0.1", path, headers: { cookie } }, (answer) =>
          resolve({ status: answer.statusCode!, shut: () => sent.destroy() }),
        );
        sent.on("error", () => undefined).end();
      });
    const windows = await Promise.all(
      Array.from({ length: mostOpen }, (_, n) =>
        open(n % 2 === 0 ? "/live" : `/inspections/${inspection}/live`),
      ),
    );
    expect(new Set(windows.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await open("/live")).status).toBe(429);
    windows[0]!.shut();
    await expect.poll(async () => (await open("/live")).status).toBe(200);
    for (const { shut } of windows) shut();
  });

  it("works once nothing is wrong any more: the counts above count", async () => {
    const command = { type: "CloseInspection", inspection };
    const headers = { ...as("head-of-programme/head-of-programme/"), ...json };
    await send({ path: "commands", headers, body: JSON.stringify(command) });
    const content = Buffer.from("a,b\n").toString("base64");
    const file = { request: "case-list", name: "a.csv", mediaType: "text/csv", content };
    const path = `inspections/${inspection}/submissions`;
    await send({ path, headers: { ...theirs, ...json }, body: JSON.stringify(file) });
    expect(work.sent).toBeGreaterThan(0);
    expect(work.kept).toBe(1);
  });
});

it("the bus asks who seals before it looks at anything else", () => {
  const { edges } = trustWithin("console");
  const command = { type: addresses, by: null } as never;
  const envelope = { id: "none" as never, correlationId: "", causationId: "", command } as never;
  expect(unauthenticated(envelope, edges, Date.now())).toMatchObject({ why: "no-seal" });
});
