import { describe, expect, it } from "vitest";

import { caseStandards, peopleStandards } from "../framework/standards.ts";
import { yos2018 } from "../framework/yos.ts";
import { yos2021 } from "../framework/yos.ts";
import { countsIn } from "./counts.ts";
import { workingFieldwork } from "./days.ts";
import { readPublished } from "./published-file.ts";

type Plain = { [key: string]: unknown };

/** A file of a service whose every key question is the same. */
const fileWith = (question: Plain, changes: Plain = {}, framework = yos2018): Plain => ({
  id: "a-town-2020",
  service: "A Town",
  fieldwork: { start: "2020-03-02", end: "2020-03-06" },
  framework: framework.id,
  domainOne: Object.fromEntries(peopleStandards(framework).map(({ code }) => [code, "Good"])),
  standards: Object.fromEntries(
    caseStandards(framework).map(({ code, keyQuestions }) => [
      code,
      {
        rating: "Good",
        keyQuestions: Object.fromEntries(keyQuestions.map(({ name }) => [name, question])),
      },
    ]),
  ),
  ...changes,
});

const read = (file: Plain) => {
  const found = readPublished(file);
  return found.ok ? countsIn(found.value) : found;
};

const problemsOf = (file: Plain): readonly string[] => {
  const found = read(file);
  return found.ok ? [] : found.problems.map(({ place, problem }) => `${place}: ${problem}`);
};

const countsOf = (file: Plain) => {
  const found = read(file);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
};

describe("a published inspection as a file", () => {
  it("may hold counts without prompts", () => {
    const { cases, questions } = countsOf(fileWith({ relevant: 8, yes: 6 }));
    expect(cases).toEqual({ court: 8, outOfCourt: 8 });
    expect(questions.every(({ relevant, yes }) => relevant === 8 && yes === 6)).toBe(true);
  });

  it("may hold percentages alone, with or without the samples' sizes", () => {
    const sizes = { court: { cases: 60 }, outOfCourt: { cases: 40 } };
    const sized = countsOf(fileWith({ percent: 70 }, sizes));
    expect(sized.cases).toEqual({ court: 60, outOfCourt: 40 });
    expect(sized.questions[0]).toMatchObject({ relevant: 60, yes: 42 });
    const unsized = countsOf(fileWith({ percent: 70 }));
    expect(unsized.cases["court"]).toBeGreaterThanOrEqual(18);
    expect(unsized.questions.map(({ relevant, yes }) => yes / relevant)).toContain(0.7);
  });

  it("may hold a standard that is not rated", () => {
    expect(problemsOf(fileWith({ relevant: 0, yes: 0 }))[0]).toBe(
      "standards.2.1.rating: Good is published, and no key question concerns any case",
    );
    const file = fileWith({ relevant: 3, yes: 3 });
    for (const rating of [undefined, null]) {
      const standards = { ...(file["standards"] as Plain) };
      standards["3.4"] = { ...(standards["3.4"] as Plain), rating };
      expect(problemsOf({ ...file, standards })).toEqual([]);
    }
  });

  it("may hold the later framework, with resettlement or without", () => {
    const file = fileWith({ relevant: 3, yes: 3 }, {}, yos2021);
    const { "4.1": _resettlement, ...domainOne } = file["domainOne"] as Plain;
    expect(problemsOf(file)).toEqual([]);
    expect(problemsOf({ ...file, domainOne })).toEqual([]);
  });

  it("is refused with every fault of form and its place", () => {
    const file = fileWith(
      { relevant: -1, yes: 1.5, note: "x" },
      { id: "A Town", fieldwork: { start: "2020-03-06", end: "2020-03-02" }, service: undefined },
    );
    expect(problemsOf(file)).toEqual(
      expect.arrayContaining([
        "service: is missing",
        "fieldwork.end: fieldwork ends before it starts",
        "standards.2.1.keyQuestions.desistance.relevant: is less than 0",
        "standards.2.1.keyQuestions.desistance.yes: is no whole number",
        "standards.2.1.keyQuestions.desistance: has no place for note",
      ]),
    );
  });

  it("is refused with every contradiction and its place", () => {
    const file = fileWith({ relevant: 8, yes: 9 }, { court: { cases: 7 } });
    const standards = { ...(file["standards"] as Plain), "9.9": { rating: "Good" } };
    const problems = problemsOf({ ...file, standards, discretion: { "8.8": moved } });
    expect(problems).toEqual(
      expect.arrayContaining([
        "standards.9.9: unknown standard 9.9",
        "discretion.8.8: unknown standard 8.8",
        "standards.2.1.keyQuestions.desistance.yes: 9 is more than the 8 relevant cases",
        "standards.2.1.keyQuestions.desistance.relevant: 8 is more than the 7 cases in the sample",
      ]),
    );
    expect(problemsOf(fileWith({ relevant: 8, yes: 7, percent: 50 }))[0]).toContain(
      "50% is not 7 of 8",
    );
  });

  it("has its fieldwork told on working days", () => {
    const days = (start: string, end: string) => workingFieldwork({ start, end } as never);
    expect(days("2020-08-15", "2020-08-23")).toEqual({ start: "2020-08-17", end: "2020-08-21" });
    expect(days("2020-08-15", "2020-08-16")).toEqual({ start: "2020-08-17", end: "2020-08-17" });
    expect(days("2020-08-17", "2020-08-20")).toEqual({ start: "2020-08-17", end: "2020-08-20" });
  });
});

const moved = { from: "Good", to: "Outstanding" };
