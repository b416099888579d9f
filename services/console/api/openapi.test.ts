import { readFileSync } from "node:fs";
import { join } from "node:path";

import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk } from "../contract/desk.ts";
import { provenIn } from "../contract/proven.ts";
import { questions } from "../fixtures/questions.ts";
import { createRouter } from "../http/routes.ts";
import { readers } from "../reading/readers.ts";

type Operation = {
  readonly summary: string;
  readonly responses: { readonly "200": { readonly content: object } };
  readonly security: unknown;
};
type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

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
      { session: [] },
      { token: [method === "post" ? "assay:send" : "assay:read"] },
    ]);
});

/** What the description says of an answer to reading this path; undefined: a file. */
const checker = (): ((path: string) => ValidateFunction | undefined) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(described, "api");
  return onceFor((path) => {
    const { content } = described.paths[path]!["get"]!.responses["200"];
    if (!("application/json" in content)) return undefined;
    const pointer = path.replaceAll("~", "~0").replaceAll("/", "~1");
    const place = `${pointer}/get/responses/200/content/application~1json/schema`;
    return ajv.compile({ $ref: `api#/paths/${encodeURI(place)}` });
  });
};

const onceFor = <Result>(work: (path: string) => Result): ((path: string) => Result) => {
  const known = new Map<string, Result>();
  return (path) => {
    if (!known.has(path)) known.set(path, work(path));
    return known.get(path)!;
  };
};

/** The described path that a path is one of. */
const describedAs = (): ((path: string) => string | undefined) => {
  const route = createRouter(
    Object.keys(described.paths).flatMap((path) => {
      const served = path.replaceAll(/\{(\w+)\}/g, ":$1");
      return "get" in described.paths[path]! ? [{ method: "GET", path: served, handle: path }] : [];
    }),
  );
  return (path) => {
    const found = route("GET", path.split("?")[0]!);
    return found.found ? found.route.handle : undefined;
  };
};

/** Why nothing is asked of these here. */
const elsewhere: Readonly<Record<string, string>> = {
  "/api/v1/inspections/{inspection}/files/{digest}": "files are not part of the history",
};

it("is asked everything that it describes", () => {
  const of = describedAs();
  const asked = questions.flatMap(({ path, status }) =>
    status === undefined ? [of(`/api/v1${path}`)] : [],
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
  const of = describedAs();
  const check = checker();
  const faults: unknown[] = [];
  let before = "";
  for (const { who, path, status = 200 } of questions) {
    if (who !== before) await desk.signIn(who);
    before = who;
    const place = `/api/v1${path}`;
    const answer = await desk.read(place);
    const fits = check(of(place)!);
    if (answer.status !== status) faults.push([who, path, answer.status, answer.text]);
    if (answer.status !== 200 || !fits) continue;
    const told = JSON.parse(answer.text) as object;
    if (!fits(told)) faults.push([who, path, fits.errors]);
    for (const changed of spoilt(told)) if (fits(changed)) faults.push([path, "takes", changed]);
  }
  expect(faults).toEqual([]);
}, 120_000);
