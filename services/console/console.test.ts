import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createConsole } from "./console.ts";
import { readers } from "./reading/readers.ts";

type Page = { readonly inspections: readonly object[]; readonly total: number; next?: string };

const auditor = "Bearer auditor/auditor/";
const provider = "Bearer service-manager/provider-user/milton-keynes-yot";
const chief = "Bearer chief-inspector/chief-inspector/";
const id = "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11";

describe("the console over HTTP", () => {
  let engine: Engine;
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const log = createLog({ service: "console", level: "silent" });
    const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
    engine = await startEngine({ dataDir: undefined, clock, log });
    await carry({ engine, clock, plots: examplePlots().slice(0, 2) });
    const { handle } = createConsole({
      store: engine.store,
      bus: engine.bus,
      clock,
      log,
      people: [...Object.values(people).flat(), Actor.parse({ id: "auditor", role: "auditor" })],
    });
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await engine.close();
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: "manual" });

  const command = (body: unknown, headers: Record<string, string>): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api/v1/commands`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  const correction = {
    type: "IssueCorrection",
    inspection: "peterborough-2020",
    what: "A name.",
    why: "It was misspelt.",
  };

  it("answers a read with a tag, and nothing again to whoever holds it", async () => {
    const first = await get("/api/v1/inspections", { authorization: auditor });
    expect(first.status).toBe(200);
    const etag = first.headers.get("etag") ?? "";
    const again = await get("/api/v1/inspections", {
      authorization: auditor,
      "if-none-match": etag,
    });
    expect(again.status).toBe(304);
  });

  it("explains a rating to programs as to people", async () => {
    const path = "/api/v1/inspections/peterborough-2020/ratings/3.2/why";
    const why = (await (await get(path, { authorization: auditor })).json()) as { words: string };
    expect(why.words).toContain("Inadequate");
  });

  it("pages through an inspection's facts to the last", async () => {
    let next: string | undefined = "/api/v1/inspections/peterborough-2020/events?limit=400";
    let count = 0;
    let total = -1;
    while (next !== undefined) {
      const answer = await get(next, { authorization: auditor });
      const page = (await answer.json()) as { events: unknown[]; total: number; next?: string };
      count += page.events.length;
      total = page.total;
      next = page.next;
    }
    expect(count).toBe(total);
    expect(count).toBeGreaterThan(400);
  });

  it("shows nobody's inspections to nobody, and a provider its own alone", async () => {
    expect((await get("/api/v1/inspections")).status).toBe(401);
    expect((await get("/api/v1/inspections", { authorization: "Bearer x" })).status).toBe(401);
    const mine = await get("/api/v1/inspections", { authorization: provider });
    const { inspections } = (await mine.json()) as { inspections: { inspection: string }[] };
    expect(inspections.map(({ inspection }) => inspection)).toEqual(["milton-keynes-2021"]);
    for (const path of ["peterborough-2020", "milton-keynes-2021/events"]) {
      const other = await get(`/api/v1/inspections/${path}`, { authorization: provider });
      expect(other.status).toBe(404);
    }
  });

  it("tells staff what the checks find in a report, and what changed since the draft", async () => {
    const path = "/api/v1/inspections/peterborough-2020/report";
    const review = await get(`${path}/review`, { authorization: auditor });
    const found = (await review.json()) as { findings: { severity: string; place: string }[] };
    expect(found.findings).toContainEqual(
      expect.objectContaining({ severity: "warning", place: "Standard 3.1" }),
    );
    const accuracy = await get(`${path}/accuracy`, { authorization: auditor });
    expect(await accuracy.json()).toMatchObject({ comments: [{ section: "background" }] });
    for (const part of ["review", "accuracy"]) {
      const own = `/api/v1/inspections/milton-keynes-2021/report/${part}`;
      expect((await get(own, { authorization: provider })).status).toBe(404);
    }
  });

  it("refuses with problem details that say why, and what is no command with its issues", async () => {
    const headers = { authorization: chief, "idempotency-key": id };
    const refused = await command(correction, headers);
    expect(refused.status).toBe(409);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ refusal: { reason: "NothingChanged" } });
    const malformed = await command({ ...correction, why: "" }, headers);
    expect(malformed.status).toBe(422);
    expect(await malformed.json()).toMatchObject({ issues: [{ path: "why" }] });
    expect((await command(correction, { authorization: chief })).status).toBe(400);
    expect((await command(correction, { "idempotency-key": id })).status).toBe(401);
  });

  it("carries a command out once, however often it comes under its key", async () => {
    const tracked = {
      type: "TrackRecommendation",
      inspection: "peterborough-2020",
      number: 1,
      status: "in-progress",
    };
    const authorization = "Bearer head-of-programme/head-of-programme/";
    const headers = { authorization, "idempotency-key": "6a1c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b12" };
    const first: unknown = await (await command(tracked, headers)).json();
    const second: unknown = await (await command(tracked, headers)).json();
    expect(first).toMatchObject({ accepted: true, events: 1 });
    expect(second).toEqual(first);
    const other = await command({ ...tracked, status: "done" }, headers);
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ refusal: { reason: "RepeatedOtherwise" } });
    // Whoever may not ask it is told so, and not what was answered before.
    const stranger = { ...headers, authorization: "Bearer scheduler/scheduler/" };
    const forbidden = await command(tracked, stranger);
    expect(forbidden.status).toBe(409);
    expect(await forbidden.json()).toMatchObject({ refusal: { reason: "NotPermitted" } });
  });

  it("describes every command that it takes", async () => {
    const document = (await (await get("/api/openapi.json")).json()) as {
      openapi: string;
      components: { schemas: Record<string, { properties: object }> };
    };
    expect(document.openapi).toBe("3.1.0");
    const { AnnounceInspection, CastVote } = document.components.schemas;
    expect(Object.keys(CastVote?.properties ?? {})).toContain("rating");
    expect(Object.keys(AnnounceInspection?.properties ?? {})).not.toContain("commitment");
  });

  it("gives every long list in pages", async () => {
    const headers = { authorization: auditor };
    for (const name of ["inspections", "programmes", "duties"])
      expect((await get(`/api/v1/${name}?limit=0`, headers)).status).toBe(400);
    const first = (await (await get("/api/v1/inspections?limit=1", headers)).json()) as Page;
    expect([first.inspections.length, first.total]).toEqual([1, 2]);
    const second = (await (await get(String(first.next), headers)).json()) as Page;
    expect(second.inspections).not.toEqual(first.inspections);
    expect(second.next).toBeUndefined();
  });

  it("takes no form from another site, nor one without its page's token", async () => {
    const send = (headers: Record<string, string>): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: "person=auditor%2Fauditor%2F",
        redirect: "manual",
      });
    expect((await send({})).status).toBe(403);
    expect((await send({ origin: "https://elsewhere.example" })).status).toBe(403);
  });

  it("answers only to this machine's own names", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: "elsewhere.example" };
      ask({ port, host: "127.0.0.1", path: "/", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it("tells browsers to run nothing but its own scripts, and to keep out of frames", async () => {
    const answer = await get("/public");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
    const page = await answer.text();
    const scripts = page.match(/<script(?! type="module" src="\/assets\/)[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(nonce);
  });

  it("answers no path of an inspection to those whom the table does not name", async () => {
    const closed = Object.keys(readers).filter((path) => /inspections\/:inspection/.test(path));
    const elsewhere = "Bearer service-manager/provider-user/peterborough-yos";
    const place = (path: string): string =>
      path
        .replace(":inspection", "milton-keynes-2021")
        .replace(":case", "c0001")
        .replace(":standard", "2.1")
        .replace(":subject", "overall");
    for (const path of closed) {
      const isApi = path.startsWith("/api/");
      const nobody = await get(place(path));
      // What only takes commands is not read at all.
      if (nobody.status === 405) continue;
      expect([path, nobody.status]).toEqual([path, isApi ? 401 : 303]);
      if (!isApi) continue;
      const other = await get(place(path), { authorization: elsewhere });
      expect([path, other.status]).toEqual([path, 404]);
    }
  });

  it("takes words that could identify somebody, and says which they are", async () => {
    const erasing = {
      ...{ type: "EraseCase", inspection: "milton-keynes-2021", of: "c0001" },
      ...{ ground: "objection-upheld", reason: "The family at 12 Orchard Lane objected." },
    };
    const headers = {
      authorization: "Bearer head-of-programme/head-of-programme/",
      "idempotency-key": "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b12",
    };
    const answer = await command(erasing, headers);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { events: 1, warnings: [{ kind: "address", words: "12 Orchard Lane" }] },
    ]);
    const other = { ...headers, "idempotency-key": "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b13" };
    const held = await command(
      { ...erasing, of: "c0002" },
      { ...other, prefer: "handling=strict" },
    );
    expect([held.status, await held.json()]).toMatchObject([
      409,
      {
        detail: "“12 Orchard Lane” could tell who somebody is (address). Nothing is recorded yet.",
        warnings: [{ kind: "address" }],
      },
    ]);
    const quiet = await command({ ...erasing, of: "c0002", reason: "They objected." }, other);
    const taken = await quiet.json();
    // What was held back had recorded nothing: the erasure is news.
    expect(taken).toMatchObject({ accepted: true, events: 1 });
    expect(taken).not.toHaveProperty("warnings");
  });

  it("shows the public no single case and no inspection that is not published", async () => {
    const page = await (await get("/public/peterborough-2020/why/3.2")).text();
    expect(page).not.toMatch(/href="\/(events|inspections)\//);
    for (const path of ["", "/cases", "/why/3.2"])
      expect((await get(`/inspections/peterborough-2020${path}`)).status).toBe(303);
    expect((await get("/public/nowhere")).status).toBe(404);
    expect((await get("/events")).status).toBe(303);
  });
});
