import { describe, expect, it } from "vitest";

import { caseStandards, peopleStandards } from "../framework/standards.ts";
import { yos2018, yos2021 } from "../framework/shipped.ts";
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

  it("is refused with every name that it has no place for, and what may be meant", () => {
    const plain = { relevant: 3, yes: 3 };
    const problems = (changes: Plain) => problemsOf(fileWith(plain, changes));
    expect(problems({ fieldwork: undefined, fieldworkDay: "2020-03-02", xyz: 1 })).toEqual([
      "fieldworkDay: is no part of such a file; fieldwork is one",
      "xyz: is no part of such a file",
    ]);
    expect(problems({ cuort: { cases: 7 }, sample: { cases: 7 } })).toEqual([
      "cuort: is no part of such a file; court is one",
      "sample: is no part of such a file",
    ]);
    expect(problems({ court: { cases: 7, mx: {} } })).toEqual(["court: has no place for mx"]);
    expect(
      problems({ notes: ["Anything."], court: { cases: 7 }, outOfCourt: { cases: 5 } }),
    ).toEqual([]);
  });

  it("may print the months of fieldwork alone, where they leave no doubt about the framework", () => {
    const during = (fieldwork: unknown, framework?: string) =>
      problemsOf(fileWith({ relevant: 3, yes: 3 }, { fieldwork, framework }));
    expect(during({ start: "2020-08" })).toEqual([]);
    expect(during({ start: "2020-08-31", end: "2020-09" })).toEqual([]);
    expect(during({ start: "2020-09", end: "2020-08-31" })).toEqual([
      "fieldwork.end: fieldwork ends before it starts",
    ]);
    const open =
      "framework: is missing where the month leaves open which it was: yos-2018 or yos-2021";
    expect(during({ start: "2021-08" })).toEqual([open]);
    expect(during({ start: "2021-08" }, "yos-2018")).toEqual([]);
    expect(during({ start: "2017-08" })[0]).toMatch(/^fieldwork.start: no framework that we know/);
    expect(during({ start: "2020-13" })).toEqual([
      "fieldwork.start: is no day such as 2020-08-17, nor a month such as 2020-08",
    ]);
  });

  it("has null in the place of a prompt that is not printed", () => {
    const [one, other] = [{ relevant: 8, yes: 6 }, { yes: 7 }];
    const question = (prompts: unknown) => ({ relevant: 8, yes: 6, prompts });
    const changes = (prompts: unknown) => {
      const file = fileWith({ relevant: 8, yes: 6 });
      const standard = (file["standards"] as Plain)["2.1"] as Plain;
      (standard["keyQuestions"] as Plain)["childSafety"] = question(prompts);
      return file;
    };
    const { questions } = countsOf(changes([null, one, other]));
    const found = questions.find(({ keyQuestion }) => keyQuestion.code === "2.1.2");
    expect(found?.prompts.map(({ relevant }) => relevant)).toEqual([0, 8, 8]);
    expect(problemsOf(changes([one]))).toEqual([
      "standards.2.1.keyQuestions.childSafety.prompts: 1 prompts; the framework has 3. " +
        "null stands in the place of one that is not printed",
    ]);
  });

  it("is refused where a rating is no grade, a mix too large or a figure no number of cases", () => {
    const file = fileWith(
      { relevant: 8, yes: 6 },
      {
        overall: "Fine",
        discretion: { "2.1": { from: "good", to: "Good" } },
        court: { cases: 8, mix: { custody: 5, community: 4 } },
      },
    );
    (file["domainOne"] as Plain)["1.1"] = "Great";
    const grades = "is none of Outstanding, Good, Requires improvement, Inadequate";
    expect(problemsOf({ ...file, court: undefined })).toEqual(
      ["overall", "domainOne.1.1", "discretion.2.1.from"].map((place) => `${place}: ${grades}`),
    );
    expect(problemsOf(file)).toEqual(["court.mix: adds up to 9, which is more than the 8 cases"]);
    expect(problemsOf({ ...file, caseload: { custody: -1, licence: 1.5 } })).toEqual([
      "caseload.custody: is less than 0",
      "caseload.licence: is no whole number",
    ]);
  });

  it("has its fieldwork told on working days", () => {
    const days = (start: string, end: string) => workingFieldwork({ start, end } as never);
    expect(days("2020-08-15", "2020-08-23")).toEqual({ start: "2020-08-17", end: "2020-08-21" });
    expect(days("2020-08-15", "2020-08-16")).toEqual({ start: "2020-08-17", end: "2020-08-17" });
    expect(days("2020-08-17", "2020-08-20")).toEqual({ start: "2020-08-17", end: "2020-08-20" });
  });
});

const moved = { from: "Good", to: "Outstanding" };
