import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Framework } from "@assay/domain/framework/document.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { prisons } from "@assay/spec/conformance/documents.ts";
import { describe, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const file = join(import.meta.dirname, "../../examples/frameworks/early-years-2026.json");
const whole: Framework = JSON.parse(readFileSync(file, "utf8"));

const check = (document: Framework, ...words: readonly string[]) =>
  atTerminal(["framework", "check", "-", ...words], { typed: JSON.stringify(document, null, 2) });

const timetable = (changes: Partial<Framework["ruleset"]["timetable"]>): Partial<Framework> => ({
  ruleset: { ...whole.ruleset, timetable: { ...whole.ruleset.timetable, ...changes } },
});

const never = (name: string) => ({
  all: [
    { name, equals: true },
    { name, equals: false },
  ],
});

const withQuestion = (changes: object): Partial<Framework> => ({
  standards: whole.standards.map((standard) => ({
    ...standard,
    keyQuestions: standard.keyQuestions.map((question) =>
      question.code === "2.1.2" ? { ...question, ...changes } : question,
    ),
  })) as Framework["standards"],
});

const withLetter = (changes: Partial<Framework["letter"]>): Partial<Framework> => ({
  letter: { ...whole.letter, ...changes },
});

const withPopulation = (changes: object): Partial<Framework> => ({
  populations: whole.populations.map((population) => ({ ...population, ...changes })),
});

/** One more that people judge, and that counts for nothing. */
const withStandard = (changes: object): Partial<Framework> => {
  const keyQuestions = [{ code: "1.2.1", name: "more", label: "More", judged: "by-people" }];
  const more = { ...whole.standards[0], code: "1.2", scored: false, keyQuestions, ...changes };
  return { standards: [...whole.standards, more] as Framework["standards"] };
};

const withColumn = (column: Framework["columns"][number]): Partial<Framework> => ({
  columns: [...whole.columns, column],
});

const before = { from: "draft", workingDays: -1 } as const;

/** Each fits in itself, and one thing about it is wrong. */
const broken: readonly (readonly [string, Partial<Framework>, string, RegExp])[] = [
  [
    "a population to which no case belongs",
    withPopulation({ where: never("funded") }),
    "populations.0.where",
    /no row of the case list belongs to it/,
  ],
  [
    "a question that concerns no case",
    withQuestion({ relevance: { due: true, where: never("hasPlan") } }),
    "standards.1.keyQuestions.1.relevance.where",
    /never asked/,
  ],
  [
    "a standard that never applies",
    withStandard({ appliesWhere: { label: "No case", cases: never("funded") } }),
    "standards.2.appliesWhere.cases",
    /never applies/,
  ],
  [
    "a check for accuracy before the draft",
    timetable({ factualAccuracy: before }),
    "ruleset.timetable.factualAccuracy",
    /the draft falls on \d{4}-\d\d-\d\d, after the end of the check for accuracy/,
  ],
  [
    "a panel before fieldwork",
    timetable({ panel: { from: "fieldwork-end", workingDays: -20 } }),
    "ruleset.timetable.panel",
    /the last day of fieldwork falls on/,
  ],
  [
    "a sample after fieldwork has begun",
    timetable({ sample: { from: "announcement", workingDays: 200 } }),
    "ruleset.timetable.sample",
    /the sample falls on .* after the first day of fieldwork/,
  ],
  [
    "a request that is due before it is made",
    {
      requests: whole.requests.map((request, at) =>
        at === 1 ? { ...request, due: { from: "announcement", workingDays: -3 } } : request,
      ),
    },
    "requests.1.due",
    /the announcement falls on/,
  ],
  [
    "an inspection at the door with a sample to draw",
    { kinds: whole.kinds.map((kind) => ({ ...kind, unannounced: true })) },
    "kinds.0.unannounced",
    /after the first day of fieldwork/,
  ],
  [
    "a letter that asks for a day that there is not",
    withLetter({ closing: ["Please send the {case-lists}."] }),
    "letter.closing.0",
    /stands for nothing/,
  ],
  [
    "a column that no value fits",
    withColumn({ name: "age", label: "Age", type: { kind: "number", least: 9, most: 2 } }),
    "columns.5",
    /SubmitCaseList is refused/,
  ],
];

describe("assay framework check", () => {
  it.each(broken)("finds %s", async (_, changes, path, problem) => {
    const document = { ...whole, id: "broken", ...changes };
    const { status, out, err } = await check(document);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    const said = new RegExp(`^  ${path} \\(line (\\d+), column (\\d+)\\): (.*)$`, "m").exec(err);
    expect(said?.[3] ?? err).toMatch(problem);
    const line = JSON.stringify(document, null, 2).split("\n")[Number(said?.[1]) - 1]!;
    expect(line.slice(Number(said?.[2]) - 1)).toMatch(/^["[{t]/);
  });

  it("carries an inspection under a framework that samples no cases", async () => {
    const { status, out, err } = await check(prisons);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain("prisons fits");
  });

  it("carries an inspection under what is whole, whenever it begins", async () => {
    const old = { ...whole, id: "old-as-it-is", from: Day.parse("2009-01-01") };
    const { status, out, err } = await check(old, "--json");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ accepted: true, known: false, id: "old-as-it-is" });
  });
});
