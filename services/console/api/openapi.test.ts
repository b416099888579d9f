import { readFileSync } from "node:fs";
import { join } from "node:path";

import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Described, type Operation, readingsOf } from "../contract/described.ts";
import { type Desk, openDesk } from "../contract/desk.ts";
import { provenIn } from "../contract/proven.ts";
import { questions } from "../fixtures/questions.ts";
import { readers } from "../reading/readers.ts";

let desk: Desk;
let described: Described;

beforeAll(async () => {
  const { store, bus } = await openHistory();
  const proofs = await provenIn(store, "peterborough-2020");
  desk = await openDesk({ store, bus, proofs }, createSteppedClock(today));
  described = JSON.parse((await desk.read("/api/openapi.json")).text) as Described;
});
afterAll(() => desk.close());

const operations = (): readonly (readonly [string, string, Operation])[] =>
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method, path, operation] as const),
  );

it("is OpenAPI 3.1 to a validator that others wrote", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(described));
  expect([valid, errors ?? []]).toEqual([true, []]);
  const broken = { ...structuredClone(described), paths: { "/x": { get: { responses: 1 } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

it("is told path by path on its page in the docs", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/api.md"), "utf8");
  const told = [...page.matchAll(/^\| `([A-Z]+ [^`]+)` +\| ([^|]+?) +\|$/gm)].map(
    ([, operation, summary]) => `${operation}: ${summary}`,
  );
  const held = operations().map(
    ([method, path, { summary }]) =>
      `${method.toUpperCase()} ${path.slice("/api/v1".length)}: ${summary}`,
  );
  expect(told).toEqual(held);
});

it("describes exactly what somebody may read or send, each operation with its scope", () => {
  const open = Object.keys(readers).filter((path) => path.startsWith("/api/v1/"));
  const named = open.map((path) => path.replaceAll(/:(\w+)/g, "{$1}"));
  expect(Object.keys(described.paths).toSorted()).toEqual(named.toSorted());
  for (const [method, , { security }] of operations())
    expect(security).toEqual([
      { token: [method === "post" ? "assay:send" : "assay:read"] },
      { session: [] },
    ]);
});

it("answers with a tag, and with nothing to whoever holds what it names", async () => {
  const of = readingsOf(described);
  const authorization = "Bearer head-of-programme/head-of-programme/";
  const known = new Map(
    questions
      .filter(({ status }) => status === undefined)
      .map(({ path }) => [of(`/api/v1${path}`)?.path, path]),
  );
  const faults: unknown[] = [];
  for (const path of known.values()) {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${desk.origin}/api/v1${path}`, { headers: { authorization, ...headers } });
    const first = await ask({});
    await first.arrayBuffer();
    const etag = first.headers.get("etag") ?? "";
    const again = await ask({ "if-none-match": etag });
    if (first.status !== 200 || etag === "" || again.status !== 304)
      faults.push([path, first.status, etag, again.status]);
  }
  expect(known.size).toBeGreaterThan(40);
  expect(faults).toEqual([]);
});

/** Why nothing is asked of these here. */
const elsewhere: Readonly<Record<string, string>> = {
  "/api/v1/inspections/{inspection}/files/{digest}":
    "submitting.live.test.ts, where a service has sent one",
  "/api/v1/inspections/{inspection}/letters/sent/{letter}": "letters-sent.live.test.ts",
  "/api/v1/inspections/{inspection}/letters/sent/{letter}/copy": "letters-sent.live.test.ts",
};

it("is asked everything that it describes", () => {
  const of = readingsOf(described);
  const asked = questions.flatMap(({ path, status }) =>
    status === undefined ? [of(`/api/v1${path}`)?.path] : [],
  );
  const paths = operations().flatMap(([method, path]) => (method === "get" ? [path] : []));
  expect(paths.filter((path) => !asked.includes(path) && !(path in elsewhere))).toEqual([]);
  expect(Object.keys(elsewhere).filter((path) => asked.includes(path))).toEqual([]);
});

/** Answers that no description should take: something left out, added, or of another kind. */
const spoilt = (answer: object): readonly unknown[] => [
  [],
  {},
  { ...answer, surplus: true },
  ...Object.keys(answer).map((name) => ({ ...answer, [name]: 0.5 })),
];

it("answers as its description says, and the description says it strictly", async () => {
  const of = readingsOf(described);
  const faults: unknown[] = [];
  let before = "";
  for (const { who, path, status = 200 } of questions) {
    if (who !== before) await desk.signIn(who);
    before = who;
    const place = `/api/v1${path}`;
    const answer = await desk.read(place);
    const fits = of(place)?.fits;
    if (answer.status !== status) faults.push([who, path, answer.status, answer.text]);
    if (answer.status !== 200 || !fits) continue;
    const told = JSON.parse(answer.text) as object;
    if (!fits(told)) faults.push([who, path, fits.errors]);
    for (const changed of spoilt(told)) if (fits(changed)) faults.push([path, "takes", changed]);
  }
  expect(faults).toEqual([]);
}, 120_000);
