import { factIn } from "@assay/domain/facts.ts";
import { auditPublished } from "@assay/domain/audit/published.ts";
import { tellPublished } from "@assay/domain/audit/tell.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { renderMarkdown } from "@assay/report/markdown.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { whyEnclosure } from "@assay/report/why-page.ts";
import { openDataOf } from "@assay/report/open-data.ts";
import type { Recorded } from "@assay/report/recorded.ts";
import { exampleFile } from "@assay/spec/examples.ts";
import { describe, expect, it } from "vitest";

import { publishedIn } from "./published.ts";
import { replay } from "./replay.ts";

type Numbers = Readonly<Partial<Record<"relevant" | "yes" | "percent", number | undefined>>>;
type File = Record<string, unknown> & {
  standards: Record<string, { rating: string | null; keyQuestions: Record<string, Numbers> }>;
  discretion: Record<string, { from: string; to: string; reason?: string }>;
};

const peterborough = (): File => structuredClone(exampleFile("peterborough-2020")) as File;
const miltonKeynes = (): File => structuredClone(exampleFile("milton-keynes-2021")) as File;

const withNumbers = (file: File, change: (numbers: Numbers) => Numbers): File => {
  for (const { keyQuestions } of Object.values(file.standards))
    for (const [name, numbers] of Object.entries(keyQuestions))
      keyQuestions[name] = change(numbers);
  return file;
};

const carried = async (file: File) => {
  const read = publishedIn(file);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { outcome, events } = await replay(read);
  const recorded = events.map(({ stream, revision, ...event }) => ({
    stream,
    revision,
    event: factIn(event),
  })) as unknown as readonly Recorded[];
  const model = reportModelOf(recorded, 1);
  const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
  const why = whyEnclosure(model, recorded, { conclusion: 1, publisher });
  const reasons = new TextDecoder().decode(why.body).replaceAll(/<[^>]*>/g, " ");
  return { outcome, model, page: renderMarkdown(model), reasons, last: events.at(-1)?.type };
};

const auditOf = (file: File) => {
  const read = publishedIn(file);
  const audit = read.ok ? auditPublished(read.file) : read;
  if (!audit.ok) throw new Error(JSON.stringify(audit.problems));
  return {
    audit: audit.value,
    told: render(tellPublished(audit.value), { as: "plain", facts: false }),
  };
};

const problemsOf = (file: File): readonly string[] => {
  const read = publishedIn(file);
  return read.ok ? [] : read.problems.map(({ place, problem }) => `${place}: ${problem}`);
};

/** What a replay makes up, in the words in which a report would tell it of an inspection. */
const madeUp = [
  "Published:",
  "considered professional discretion",
  "document",
  "Eligible",
  "Margin of error",
  "months before fieldwork",
  "We make",
  "should:",
  "sampling certificate",
];

/** Days, people and cases: nothing published says who did what, or when. */
const actsMadeUp = new RegExp(
  "panel-chair|lead-inspector|inspector-\\d|evidence-\\d|[Cc]ase c\\d" +
    "|\\d{1,2} [A-Z][a-z]+ 20\\d\\d|at \\d\\d:\\d\\d",
);

describe("a published report that is carried through", () => {
  it.each([
    ["as the example is", peterborough(), "InspectionClosed"],
    [
      "with counts only",
      withNumbers(peterborough(), ({ relevant, yes }) => ({ relevant, yes })),
      "InspectionClosed",
    ],
    [
      "with a service of any name",
      { ...peterborough(), service: "*Mr Smith* c0001 50% | 2.1 Good" },
      "InspectionClosed",
    ],
    [
      "with a name in another script",
      { ...peterborough(), service: "青少年司法" },
      "InspectionClosed",
    ],
    ["without recommendations", { ...peterborough(), recommendations: null }, "ReportPublished"],
  ])("comes out as published and prints nothing that was made up, %s", async (_, file, end) => {
    const { outcome, page, reasons, last } = await carried(file);
    expect(outcome).toMatchObject({ equal: true, score: 29, overall: "Good" });
    expect(reasons).toContain("The scores of 12 standards add up to 29 of 36");
    expect(reasons).toMatch(/2\.1\.1 .*\(\d+%\)/);
    expect(reasons).not.toMatch(actsMadeUp);
    expect(madeUp.filter((words) => page.includes(words))).toEqual([]);
    expect(last).toBe(end);
  });

  it("tells percentages alone where nothing else was published", async () => {
    const file = withNumbers(miltonKeynes(), ({ relevant = 1, yes = 0 }) => ({
      percent: Math.round((100 * yes) / relevant),
    }));
    const { outcome, model, page, reasons } = await carried({ ...file, court: undefined });
    expect(outcome).toMatchObject({ equal: true, score: 23 });
    expect(page).not.toContain("Relevant cases");
    expect(page).not.toContain("Number yes");
    expect(reasons).toContain("By the rule it is");
    expect(reasons).not.toMatch(/\d of \d+ cases/);
    expect(reasons).not.toMatch(actsMadeUp);
    const questions = openDataOf(model).standards.flatMap(({ keyQuestions }) => keyQuestions);
    expect(
      questions.filter(({ relevant, yes }) => relevant !== undefined || yes !== undefined),
    ).toEqual([]);
    const { told } = auditOf(file);
    expect(told).not.toMatch(/\d of \d+ \(|one-case|small-sample|eligible/);
  });

  it("has no days where none were published, and asks for the framework then", async () => {
    const file = { ...peterborough(), fieldwork: undefined };
    expect(problemsOf(file)).toEqual([
      expect.stringMatching(/^framework: is missing where the days of fieldwork are not known/),
    ]);
    const { page } = await carried({ ...file, framework: "yos-2018" });
    expect(page).not.toContain("Fieldwork:");
  });

  it("rates eight standards out of 24 where a domain is not rated", async () => {
    const file = { ...miltonKeynes(), discretion: {}, score: 16, maxScore: 24 };
    for (const [code, standard] of Object.entries(file.standards))
      if (code.startsWith("3.")) standard.rating = null;
    const { outcome, page } = await carried(file);
    expect(outcome).toMatchObject({ equal: true, score: 16, maxScore: 24, overall: "Good" });
    expect(page).toContain("does not rate 3.1, 3.2, 3.3 and 3.4");
    expect(page).toContain("| Good | 13 to 20 |");
    expect(auditOf(file).audit).toMatchObject({
      clean: true,
      maxScore: { computed: 24, equal: true },
    });
  });

  it("takes any figures in a reason, and prints a month and prompts as the file has them", async () => {
    const file: File = { ...miltonKeynes(), fieldwork: { start: "2021-05" } };
    const reason = "In 2 of 6 cases (33%) the work was within 2 points of the 65 per cent line.";
    file.discretion["3.3"]!.reason = reason;
    const { outcome, page } = await carried(file);
    expect(outcome.equal).toBe(true);
    expect(page).toContain(reason);
    expect(page).toContain("- Fieldwork: May 2021");
    expect(page).toContain("3.2.1g");
    expect(page).not.toContain("3.2.1h");
  });

  it("differs where its highest score is not what its ratings can give", async () => {
    const { outcome } = await carried({ ...miltonKeynes(), maxScore: 35 });
    expect(outcome).toMatchObject({ equal: false, maxScore: 36, publishedMaxScore: 35 });
  });

  it("is refused with its place before anything runs", () => {
    const file = peterborough();
    file.standards["2.1"]!.keyQuestions["desistance"] = { relevant: 0, yes: 0 };
    file.standards["2.1"]!.keyQuestions["childSafety"] = { relevant: 0, yes: 0 };
    file.standards["2.1"]!.keyQuestions["othersSafety"] = { relevant: 0, yes: 0 };
    expect(problemsOf(file)).toEqual([
      "standards.2.1.rating: Outstanding is published, and no key question concerns any case",
    ]);
    const wrong = {
      ...peterborough(),
      service: "A\u0000B",
      recommendations: 100,
      caseload: { "Of court": 3, custody: "6" },
    };
    expect(problemsOf(wrong)).toEqual([
      expect.stringMatching(/^service: line 1, character 2: U\+0000 cannot be printed/),
      "caseload.Of court: has no short name such as openCases",
      "caseload.custody: is no number",
      "recommendations: is more than 99",
    ]);
  });
});
