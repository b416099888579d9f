import { expect, it } from "vitest";

import { storyOf } from "./golden/story.ts";
import { reportModelOf } from "./model.ts";
import { openTypesetter } from "./typesetter.ts";
import type { ReportRecord } from "@assay/domain/publication/checks.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const record = storyOf("milton-keynes-2021") as ReportRecord;
const section = (markdown: string) =>
  ({ kind: "section", title: "Background", markdown, record }) as const;

it("sets a section and a draft in a process of its own, and says what cannot be set", async () => {
  const { examine } = openTypesetter({ publisher });
  const answers = await Promise.all([
    examine(section("The service is **small**.\n\n| A | B |\n|---|---|\n| x | y |")),
    examine(section("# \n\ntext")),
    examine(section("Here is {{2.1.1 percent}}.\n\nAnd {{9.9 rating}}.")),
    examine({ kind: "draft", record }),
  ]);
  expect(answers.map(({ findings }) => findings)).toEqual([
    [],
    [{ place: "Background, line 1", problem: expect.stringContaining("heading is empty") }],
    [
      {
        place: "Background, line 3",
        problem: "{{9.9 rating}} names nothing: there is no 9.9 in this inspection.",
      },
    ],
    [],
  ]);
});

it("listens to its process as often after thirty questions as after one", async () => {
  const { examine } = openTypesetter({ publisher });
  const warned: Error[] = [];
  const hear = (warning: Error): void => void warned.push(warning);
  process.on("warning", hear);
  for (let turn = 0; turn < 30; turn += 1) await examine(section(`Paragraph ${turn}.`));
  process.off("warning", hear);
  expect(warned).toEqual([]);
});

it("gives up on what takes longer than its patience, and answers what comes after", async () => {
  const { examine } = openTypesetter({ publisher, patience: 1 });
  const slow = [{ place: "The report", problem: expect.stringContaining("too long") }];
  expect((await examine(section("a"))).findings).toEqual(slow);
  expect((await examine(section("b"))).findings).toEqual(slow);
});

it("gives up on what needs more memory than it has", async () => {
  const { examine } = openTypesetter({ publisher, memory: 5 });
  expect((await examine(section("a"))).findings).toEqual([
    { place: "The report", problem: expect.stringContaining("too much memory") },
  ]);
});

it.each([
  ["a word of two bytes each", `${"é".repeat(33_000)} ends`],
  ["one character of many", "👩\u200d".repeat(17_000)],
])("outlives what ends the typesetter: %s", async (_, markdown) => {
  const { examine } = openTypesetter({ publisher });
  const [broken, whole] = await Promise.all([
    examine(section(markdown)),
    examine(section("The service is small.")),
  ]);
  expect(broken.findings.map(({ problem }) => problem)).toEqual([
    expect.stringContaining("cannot be set"),
  ]);
  expect(whole.findings).toEqual([]);
});

it("sets a report as PDF, and says of one that cannot be set why", async () => {
  const { pdf } = openTypesetter({ publisher });
  const model = reportModelOf(storyOf("milton-keynes-2021"), "draft");
  const set = await pdf(model);
  expect(new TextDecoder().decode((set as Uint8Array).subarray(0, 5))).toBe("%PDF-");
  const damaged = { ...model, dates: { ...model.dates, concluded: "2021-13-45" as never } };
  expect(await pdf(damaged)).toEqual({ problem: expect.stringContaining("could not be set") });
});
