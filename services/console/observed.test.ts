import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { recordSpans, spanIds } from "@assay/host/tracing.ts";
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk } from "./contract/desk.ts";

const head = Actor.parse({ id: "head-of-programme", role: "head-of-programme" });
const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({
  idGenerator: spanIds,
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
});

const lines: string[] = [];
const log = createLog({ service: "test", destination: { write: (line) => void lines.push(line) } });

let engine: Engine;
let desk: Desk;
let stop: () => void;

beforeAll(async () => {
  stop = recordSpans(provider);
  const clock = createSteppedClock(Instant.parse("2026-01-05T09:00:00.000Z"));
  const told = {
    ...{ name: "telling", prefixes: ["programme-"], facts: [ProgrammeEvent] },
    react: () => Promise.resolve(),
  };
  engine = await startEngine({ dataDir: undefined, clock, log, reactions: () => [told] });
  desk = await openDesk({ ...engine, log }, clock, [head]);
  await desk.signIn("head-of-programme/head-of-programme/");
  await desk.send("/programme", "OpenProgramme", {
    ...{ name: "Fourth cycle", programme: "cycle-4" },
    ...{ "period.first": "2026-04-01", "period.last": "2028-03-31" },
  });
  await engine.idle();
});
afterAll(async () => {
  stop();
  desk.close();
  await engine.close();
  await provider.shutdown();
});

const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();

it("makes one trace of a form, its command, the fact, and what was done about it", () => {
  const chain = ["reaction telling", "ProgrammeOpened", "OpenProgramme"];
  const found = chain.map((name) => spans().find((span) => span.name === name)!);
  const request = spans().find(
    ({ name, attributes }) => name === "POST /programme" && attributes["http.route"] !== undefined,
  )!;
  const all = [...found, request];
  expect(new Set(all.map((span) => span.spanContext().traceId)).size).toBe(1);
  expect(found.map((span) => span.parentSpanContext?.spanId)).toEqual(
    all.slice(1).map((span) => span.spanContext().spanId),
  );
  expect(request.parentSpanContext).toBeUndefined();
  expect(request.attributes).toMatchObject({ "http.response.status_code": 303 });
});

it("writes one line for the request and one for its command, with the same id", () => {
  const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const [command] = said.filter(({ type }) => type === "OpenProgramme");
  const of = said.filter(({ correlationId }) => correlationId === command!["correlationId"]);
  expect(of.map(({ msg }) => msg)).toEqual(["command answered", "request answered"]);
  expect(of[1]).toMatchObject({ route: "/programme", method: "POST", status: 303 });
});

it("counts requests by route and status, and never by what a stranger asks for", async () => {
  await desk.read("/no-such-page/of-anybody");
  const text = await engine.metrics.registry.metrics();
  expect(text).toContain('assay_requests_total{route="/programme",method="POST",status="303"} 1');
  expect(text).toContain('assay_requests_total{route="none",method="GET",status="404"} 1');
  expect(text).not.toContain("no-such-page");
});
