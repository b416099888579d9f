/**
 * Two whole reports and a whole site, as text and as data, kept under `golden/whole` as they were
 * last read by a person.
 * What changes a word or a number changes them: read the difference, and take
 * it over with `npm test -- packages/report/whole.test.ts -u`.
 */
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { actionPlanOf } from "./action-plan.ts";
import { csvFilesOf, csvMetadataOf } from "./csv.ts";
import { accepted, returned } from "./golden/answers.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { openDataOf } from "./open-data.ts";
import { typstSource } from "./pdf.ts";
import { siteOf } from "./site.ts";
import { whyEnclosure } from "./why-page.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const peterborough = storyOf("peterborough-2020");
const counts = reportModelOf(peterborough, 2);
const percentages = reportModelOf(storyOf("milton-keynes-2021", { times: 3 }), 1);

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
const asRead = async (name: string, rendered: string) =>
  expect(rendered).toMatchFileSnapshot(join(import.meta.dirname, "golden/whole", name));
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

describe.each<[string, ReportModel]>([
  ["counts", counts],
  ["percentages", percentages],
])("a report with %s", (name, model) => {
  it.each<[string, () => string]>([
    ["md", () => renderMarkdown(model)],
    ["open-data.json", () => pretty(openDataOf(model))],
    ["csv.json", () => pretty(csvFilesOf(openDataOf(model)))],
    ["csv-metadata.json", () => pretty(csvMetadataOf(openDataOf(model), `${publisher.url}x/`))],
  ])("reads as it was read, as %s", async (form, rendered) => {
    await asRead(`${name}.${form}`, rendered());
  });
});

it.each<[string, () => string]>([
  [
    "counts.html",
    () => renderHtml(counts, { publisher, home: "../", downloads: [], versionsHref: "../all/" }),
  ],
  ["counts.typ", () => typstSource(counts, publisher)],
  ["why.html", () => text(whyEnclosure(counts, peterborough, { conclusion: 1, publisher }).body)],
])("a report reads as it was read, as %s", async (name, rendered) => {
  await asRead(name, rendered());
});

it("the pages and the data around the reports read as they were read", async () => {
  const plans = new Map([
    ["peterborough-2020", actionPlanOf(counts, accepted)],
    ["milton-keynes-2021", actionPlanOf(percentages, returned)],
  ]);
  const regions = new Map([["peterborough", "East of England"]]);
  const models = [reportModelOf(peterborough, 1), counts, percentages];
  const { pages } = siteOf(models, { publisher, regions, plans });
  const told = pages
    .filter(({ path }) => !/^assets\/(?!icon)/.test(path))
    .map(({ path, mediaType, body }) => `==== ${path} ${mediaType}\n${text(body)}\n`);
  await asRead("site.txt", told.join("\n"));
});
