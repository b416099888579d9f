import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { flattened, issueInWords, labelFor } from "@assay/host/issue-words.ts";
import { issuesOf } from "@assay/host/schema.ts";
import { programmeAsked } from "@assay/spec/programme-requests.ts";
import { askedOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { expect, it } from "vitest";

import { AnyCommand } from "./sending.ts";

type Json = Readonly<Record<string, unknown>>;

const stamp = {
  at: Instant.parse("2026-11-25T07:30:00.000Z"),
  by: Actor.parse({ id: "lead", role: "lead-inspector" }),
};

/** One command of every type, as people send it: secrets are the announcing service's to add. */
const samples = (): readonly Json[] => [
  ...Object.values(specimens).map((specimen) => {
    const asked: Json = askedOf(specimen, stageOf(specimen));
    const { commitment: _, ...open } = asked;
    const { nonce: __, ...openest } = open;
    return { inspection: "a-2026", ...(asked["type"] === "DrawSample" ? openest : open), ...stamp };
  }),
  ...ProgrammeCommand.options.map(({ shape }) => programmeAsked(shape.type.value, stamp.by)),
];

const bad: readonly unknown[] = [
  ...[undefined, null, "", "   ", "x".repeat(300_000), "a\ud800b", "not in the list", "2027-02-30"],
  ...[-1, 1.5, 1e12, Number.NaN, true, [], [""], ["a", "a"], {}, { foo: 1 }],
];

/** Every value within, by the path to it. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => [
  ...(path.length > 0 ? [path] : []),
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
    : []),
];

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, place) => (String(place) === key ? replaced(each, rest, by) : each));
  const held = value as Json;
  return { ...held, [key]: replaced(held[key], rest, by) };
};

/** What the schema's library would say by itself, and what our schemas say in their code. */
const raw =
  /Too (small|big)|Invalid|expected|received|Unrecognized|say something|surrogate|undefined|NaN/;

const sentence = /^(?:[A-Z0-9]|“).{4,}[^.:]$/s;

const ways = ["typing", "choosing", "file", "date", "moment"] as const;

/** As every kind of field would have it said, and as the API does. */
const said = (issue: Parameters<typeof issueInWords>[0]): readonly string[] => {
  const label = labelFor(issue.path);
  return [issueInWords(issue, { label }), ...ways.map((by) => issueInWords(issue, { label, by }))];
};

it("says in a sentence what is wrong with any field of any command, and nothing raw", () => {
  const faults: string[] = [];
  let count = 0;
  for (const command of samples()) {
    expect([command["type"], AnyCommand.safeParse(command).error]).toEqual([
      command["type"],
      undefined,
    ]);
    const issues = placesIn(command).flatMap((path) =>
      bad.flatMap((value) => {
        const wrong = replaced(command, path, value);
        const { error } = AnyCommand.safeParse(wrong, { reportInput: true });
        return error ? flattened(error.issues) : [];
      }),
    );
    count += issues.length;
    faults.push(...issues.flatMap(said).filter((each) => raw.test(each) || !sentence.test(each)));
  }
  expect([...new Set(faults)]).toEqual([]);
  expect(count).toBeGreaterThan(5000);
});

it("says nothing raw without knowing the input, as of a document that was read before", () => {
  const { error } = AnyCommand.safeParse({ ...stamp, type: "MakeRecommendation", wording: "" });
  expect(issuesOf(error!).map(({ message }) => message)).toEqual([
    "Inspection must be text",
    "Number must be a number, such as 12",
    "Addressee must be text",
    "Enter the wording",
  ]);
});

it("speaks of a field by the label that its form shows", () => {
  const told = (value: unknown, label: string): readonly string[] => {
    const command = { ...stamp, type: "CancelInspection", inspection: "a", reason: value };
    const { error } = AnyCommand.safeParse(command, { reportInput: true });
    return flattened(error!.issues).map((issue) => issueInWords(issue, { label, by: "typing" }));
  };
  expect(told("words ".repeat(4_000), "Reason")).toEqual([
    "Reason must be 20,000 characters or fewer",
  ]);
  expect(told("", "Reason")).toEqual(["Enter the reason"]);
  expect(told(" ", "What is wrong with it")).toEqual(["Say what is wrong with it"]);
  expect(told("\ud800", "What is the risk?")).toContain(
    "“What is the risk?” has a character that cannot be read. Delete it and type it again",
  );
});
