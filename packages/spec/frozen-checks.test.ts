import { readFileSync } from "node:fs";
import { join } from "node:path";

import { currentVersion } from "@assay/domain/upcasters.ts";
import { expect, it } from "vitest";

import { checksMark, schemaOf } from "./frozen.ts";
import { fileNameOf, storedFacts } from "./stored.ts";

/** One fact with one value put elsewhere: what the check accepts, and what it refuses. */
type Held = {
  readonly type: string;
  readonly path: readonly (string | number)[];
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
};

const ruleset = ["framework", "version", "ruleset"];
const size = (fromCaseload: number) => ({ fromCaseload, people: 4 });
const bands = (...[inadequate, requires, good, outstanding]: readonly number[]) => ({
  Inadequate: inadequate,
  "Requires improvement": requires,
  Good: good,
  Outstanding: outstanding,
});

/** What JSON Schema cannot show of a stored shape, by the name under which it is frozen. */
const held: Readonly<Record<string, Held>> = {
  "(written otherwise)": {
    type: "AlertAnswered",
    path: ["text", "response"],
    accepted: ["Seen today."],
    refused: ["   ", "\n\t"],
  },
  "half of a surrogate pair": {
    type: "AlertAnswered",
    path: ["text", "response"],
    accepted: ["a \u{1f600} b"],
    refused: ["\ud83d", "a\ude00"],
  },
  "the last day is not before the first": {
    type: "BlackoutDeclared",
    path: ["period"],
    accepted: [
      { first: "2026-05-01", last: "2026-05-01" },
      { first: "2026-05-01", last: "2026-05-02" },
    ],
    refused: [{ first: "2026-05-02", last: "2026-05-01" }],
  },
  "team sizes rise from caseload 0": {
    type: "ProgrammeOpened",
    path: ["rules", "teamSizes"],
    accepted: [[size(0)], [size(0), size(1)]],
    refused: [[size(1)], [size(0), size(0)], [size(0), size(9), size(8)]],
  },
  "a window ends later than it begins": {
    type: "InspectionAnnounced",
    path: [...ruleset, "sampling", "windows", "court"],
    accepted: [[{ from: 1, to: 2 }]],
    refused: [[{ from: 2, to: 2 }], [{ from: 3, to: 2 }]],
  },
  "each window contains the one before": {
    type: "InspectionAnnounced",
    path: [...ruleset, "sampling", "windows", "outOfCourt"],
    accepted: [
      [
        { from: 3, to: 5 },
        { from: 3, to: 6 },
        { from: 2, to: 6 },
      ],
    ],
    refused: [
      [
        { from: 3, to: 5 },
        { from: 3, to: 4 },
      ],
      [
        { from: 3, to: 5 },
        { from: 4, to: 6 },
      ],
    ],
  },
  "bands rise from 0, each above the one before": {
    type: "InspectionAnnounced",
    path: [...ruleset, "bands"],
    accepted: [bands(0, 50, 65, 80), bands(0, 1, 2, 3)],
    refused: [bands(1, 50, 65, 80), bands(0, 50, 50, 80), bands(0, 50, 65, 64)],
  },
  "(without a message)": {
    type: "InspectionAnnounced",
    path: ["framework", "version", "domains"],
    accepted: [],
    refused: [[{ number: 1, label: "One" }]],
  },
};

const domain = join(import.meta.dirname, "../domain");

const put = (value: unknown, [key, ...rest]: Held["path"], inner: unknown): unknown =>
  key === undefined
    ? inner
    : { ...(value as object), [key]: put((value as never)[key], rest, inner) };

const marksIn = (value: unknown): readonly string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === checksMark ? (inner as readonly string[]) : marksIn(inner),
      );

it("every check that is frozen by its name alone has examples here", () => {
  const marks = new Set(storedFacts.flatMap(({ schema }) => marksIn(schemaOf(schema))));
  expect([...marks].toSorted()).toEqual(Object.keys(held).toSorted());
});

it.each(Object.entries(held))("%s", (_, { type, path, accepted, refused }) => {
  const { folder, schema } = storedFacts.find((each) => each.type === type)!;
  const file = join(folder, "golden", `${fileNameOf(type)}.${currentVersion(type)}.json`);
  const example: unknown = JSON.parse(readFileSync(join(domain, file), "utf8"));
  const reads = (value: unknown): boolean => schema.safeParse(put(example, path, value)).success;
  expect(schema.safeParse(example).success).toBe(true);
  expect(accepted.map(reads)).toEqual(accepted.map(() => true));
  expect(refused.map(reads)).toEqual(refused.map(() => false));
});

it("words are kept without the blanks around them", () => {
  const { schema } = storedFacts.find(({ type }) => type === "AlertAnswered")!;
  const file = join(domain, "fieldwork/golden/alert-answered.2.json");
  const example: unknown = JSON.parse(readFileSync(file, "utf8"));
  const read = schema.parse(put(example, ["text", "response"], "  Seen today. \n"));
  expect(read).toMatchObject({ text: { response: "Seen today." } });
});
