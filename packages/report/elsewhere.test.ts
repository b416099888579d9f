/** Reports of other inspectorates: their words, as many populations as they have, or none. */
import { describe, expect, it } from "vitest";

import { csvFilesOf } from "./csv.ts";
import { inspectedByPeople, inspectedHomes, storyElsewhere } from "./golden/elsewhere.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { reportModelOf } from "./model.ts";
import { OpenData, openDataOf } from "./open-data.ts";
import { renderPdf, typstSource } from "./pdf.ts";
import { siteOf } from "./site.ts";
import { suggestionsFor } from "./suggest.ts";

const publisher = { name: "Care inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };

const otherWords = new RegExp(
  String.raw`court|disposal|desistance|custod|youth|\byo[st]\b|\brosh\b|probation|case manager|` +
    String.raw`inadequate|requires improvement|outstanding|england|\bchild(?:ren)?\b`,
  "i",
);

const sampled = reportModelOf(storyElsewhere(inspectedHomes), 1);
const byPeople = reportModelOf(storyElsewhere(inspectedByPeople), 1);

describe.each([
  ["three populations", sampled],
  ["no population", byPeople],
])("a report under a framework with %s", (_, model) => {
  const data = openDataOf(model);
  /** Names of the styles and of CSS classes are for machines. */
  const pages = siteOf([model], { publisher }).pages.filter(({ path }) =>
    /\.(html|csv)$/.test(path),
  );

  it.each<[string, () => string]>([
    ["Markdown", () => renderMarkdown(model)],
    ["HTML", () => renderHtml(model, around)],
    ["print", () => typstSource(model, publisher)],
    ["data", () => JSON.stringify(data)],
    [
      "tables",
      () =>
        csvFilesOf(data)
          .map(({ text }) => text)
          .join("\n"),
    ],
    ["suggested words", () => JSON.stringify(suggestionsFor(model))],
    ["the site around it", () => pages.map(({ body }) => Buffer.from(body).toString()).join("\n")],
  ])("has no word of another framework in its %s", (__, form) => {
    const words = form();
    expect(words.length).toBeGreaterThan(100);
    expect(otherWords.exec(words)?.[0]).toBeUndefined();
  });

  it("is what its published schema says, and is set in print", () => {
    expect(OpenData.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
    expect(renderPdf(model, publisher).length).toBeGreaterThan(10_000);
  });
});

it("says of each population how large its sample is, and how it was drawn", () => {
  const words = renderMarkdown(sampled);
  for (const sentence of [
    "The size of the sample of home visits follows from a margin of error of 5 percentage points " +
      "at 80% confidence, corrected for the number of eligible home visits, unless it is said " +
      "below that it was set. It has at least 14 and at most 91, or all where there are fewer.",
    "All eligible ward visits were taken.",
    "The samples of home visits and telephone visits stand to each other as 3 to 1.",
    "The samples of home visits and telephone visits were drawn at random, balanced on kind of visit.",
    "Visits in the three samples",
    "| Visits | Visits: home | Visits: ward | Visits: telephone |",
    "| Assessed | 8 | 5 | 0 |",
  ]) {
    expect(words).toContain(sentence);
  }
  expect(openDataOf(sampled).sample.populations).toMatchObject([
    { population: "home", label: "Visits: home", assessed: 8 },
    { population: "ward", label: "Visits: ward", assessed: 5 },
    { population: "telephone", label: "Visits: telephone", assessed: 0 },
  ]);
});

it("prints no sample, score or overall rating where the framework has none", () => {
  const words = renderMarkdown(byPeople);
  expect(words).not.toMatch(/sample|out of \d+|margin of error/i);
  expect(words).toContain("This framework gives no overall rating.");
  const data = openDataOf(byPeople);
  expect(data.sample.populations).toEqual([]);
  expect(data).not.toHaveProperty("score");
  expect(data).not.toHaveProperty("overall");
  expect(data.standards.map(({ rating }) => rating)).toEqual(
    byPeople.standards.map(({ rating }) => rating),
  );
});

describe("tables print of the answers what the framework says", () => {
  const { ruleset } = inspectedHomes;
  const { sample } = sampled;
  const assessed = sample.populations.reduce((sum, each) => sum + each.assessed, 0);
  const [more, fewer] = [assessed + 1, assessed];
  const printedUnder = (report: Pick<typeof ruleset.report, "percentagesFromCases">) => {
    const rules = { ...ruleset, report: { ...ruleset.report, ...report } };
    const model = reportModelOf(storyElsewhere({ ...inspectedHomes, ruleset: rules }), 1);
    expect(renderPdf(model, publisher).length).toBeGreaterThan(10_000);
    expect(OpenData.parse(openDataOf(model))).toBeDefined();
    return { words: renderMarkdown(model), html: renderHtml(model, around), model };
  };

  it.each([
    ["numbers", { percentagesFromCases: more }, `fewer than ${more}`],
    ["percentages", { percentagesFromCases: fewer }, `because ${fewer} \\S+ or more`],
    [
      "numbers and percentages",
      { percentagesFromCases: fewer, countsBelowCases: more },
      `because ${fewer} \\S+ or more and fewer than ${more}`,
    ],
    ["always both", { percentagesFromCases: 0, countsBelowCases: more }, `fewer than ${more}`],
    ["neither", { percentagesFromCases: more, countsBelowCases: fewer }, "neither numbers of"],
  ])("%s", (what, report, because) => {
    const { words, html, model } = printedUnder(report);
    const numbers = /numbers|both/.test(what);
    const percentages = /percentages|both/.test(what);
    expect(model.printed).toEqual({ numbers, percentages });
    const tables = words.split("\n").filter((line) => /^\| (?:Key question|Prompt) /.test(line));
    const margins = tables.filter((line) => line.includes("Margin of error"));
    expect(margins.length > 0).toBe(numbers || percentages);
    expect(margins.every((line) => line.includes("Number yes"))).toBe(numbers || !percentages);
    expect(margins.every((line) => line.includes("Percentage yes"))).toBe(percentages || !numbers);
    expect(html.includes("key questions against the rating bands")).toBe(numbers || percentages);
    expect(words).toMatch(new RegExp(because));
    if (what === "neither")
      expect(words).not.toMatch(/\d%[^.]*yes|Number yes|notes under the tables/);
  });
});
