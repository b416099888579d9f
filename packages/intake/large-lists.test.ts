/** What a stranger's file may make us do grows as the file does, counted and not timed. */
import { document2018 } from "@assay/domain/framework/shipped.ts";
import { settingsOfFormat1 } from "@assay/domain/sampling/certificate-format-1.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";
import { expect, it } from "vitest";

import { readCaseList } from "./case-list-file.ts";
import { tableOfFile } from "./file.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const [header = ""] = caseListTemplate(settings.columns).split("\n");
const problemsOf = (content: string) => {
  const imported = readCaseList({ content, settings });
  return imported.accepted ? [] : imported.problems;
};

it("keeps nothing of blank lines, and refuses more lines than a list has rows", () => {
  const blank = `${header}\n${"\n".repeat(90_000)}`;
  expect(tableOfFile(blank, () => {}).records).toHaveLength(1);
  expect(problemsOf(blank)).toMatchObject([{ code: "empty-list" }]);
  expect(problemsOf(`${header}\n${"\n".repeat(8_000_000)}`)).toMatchObject([{ code: "malformed" }]);
});

it("tells the lines of what stands between blank ones", () => {
  const content = `${header}\n\n\n"a\nb",x\n\nc`;
  expect(tableOfFile(content, () => {}).records.map(({ line }) => line)).toEqual([1, 4, 7]);
});

it.each([
  ["lines that are all wrong", (size: number) => `${header}\n${"x\n".repeat(size)}`],
  ["a line of cells without headers", (size: number) => `${header}\n${"x,".repeat(size)}`],
  [
    "objects with names of their own",
    (size: number) => JSON.stringify(Array.from({ length: size }, (_, at) => ({ [`n${at}`]: 1 }))),
  ],
])("tells of %s no more than people read, however many there are", (_, made) => {
  for (const size of [2_000, 20_000]) expect(problemsOf(made(size)).length).toBeLessThan(10_050);
});
