/**
 * Two whole reports as text and as data, kept under `golden/whole` as they were last read by a
 * person.
 * What changes a word or a number changes them: read the difference, and take
 * it over with `npm test -- packages/report/whole.test.ts -u`.
 */
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { csvFilesOf, csvMetadataOf } from "./csv.ts";
import { storyOf } from "./golden/story.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { openDataOf } from "./open-data.ts";

const models: readonly (readonly [string, ReportModel])[] = [
  ["counts", reportModelOf(storyOf("peterborough-2020"), 2)],
  ["percentages", reportModelOf(storyOf("milton-keynes-2021", { times: 3 }), 1)],
];

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

describe.each(models)("a report with %s", (name, model) => {
  it.each<[string, () => string]>([
    ["md", () => renderMarkdown(model)],
    ["open-data.json", () => pretty(openDataOf(model))],
    ["csv.json", () => pretty(csvFilesOf(openDataOf(model)))],
    [
      "csv-metadata.json",
      () => pretty(csvMetadataOf(openDataOf(model), "https://inspectorate.example/x/")),
    ],
  ])("reads as it was read, as %s", async (form, rendered) => {
    const file = join(import.meta.dirname, "golden/whole", `${name}.${form}`);
    await expect(rendered()).toMatchFileSnapshot(file);
  });
});
