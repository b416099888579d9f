/** What is told across inspections never mixes frameworks, although their codes are equal. */
import type { Framework } from "@assay/domain/framework/document.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { annualOf } from "./annual.ts";
import { annualBlocks } from "./annual-pages.ts";
import type { Block } from "./document/blocks.ts";
import { storyOf } from "./golden/story.ts";
import { matrices } from "./matrix.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { shelfOf } from "./shelf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };

/** The same codes, with other questions behind them and another scale. */
const other: Framework = {
  ...yos2018,
  id: "care-2030",
  label: "Homes for older people, 2030",
  scales: [
    {
      ...yos2018.scales[0]!,
      grades: ["Weak", "Fair", "Good", "Excellent"].map((label, points) => ({
        label,
        points,
        short: label.slice(0, 2),
      })),
    },
  ],
  standards: yos2018.standards.map((standard) => ({
    ...standard,
    label: `Care ${standard.code}`,
  })),
};

const gradeThere = (rating: string | undefined): string | undefined => {
  const place = yos2018.scales[0]!.grades.findIndex(({ label }) => label === rating);
  return other.scales[0]!.grades[place]?.label;
};

const underOther = (model: ReportModel): ReportModel => ({
  ...model,
  inspection: `care-${model.inspection}`,
  service: { id: `care-${model.service.id}`, name: `Care ${model.service.name}` },
  framework: { ...other, digest: "1".repeat(64) },
  result: { ...model.result, overall: gradeThere(model.result.overall) },
  standards: model.standards.map((standard) => ({
    ...standard,
    label: `Care ${standard.standard}`,
    rating: gradeThere(standard.rating),
    keyQuestions: standard.keyQuestions.map((question) => ({
      ...question,
      label: `Care ${question.keyQuestion}`,
    })),
  })),
});

const here = (["peterborough-2020", "milton-keynes-2021"] as const).map((id) =>
  reportModelOf(storyOf(id), 1),
);
const there = here.map(underOther);

const textOf = (blocks: readonly Block[]): string => JSON.stringify(blocks);

const matrixOf = (reports: readonly ReportModel[]): readonly Block[] =>
  matrices({
    id: "all",
    caption: "All",
    reports,
    head: ({ service }) => service.name,
    href: ({ inspection }) => inspection,
  });

const tablesIn = (blocks: readonly Block[]) => blocks.filter((block) => block.kind === "table");

/** Reports of both frameworks in any number and order. */
const mixed = fc
  .shuffledSubarray([...here, ...there], { minLength: 2 })
  .filter((models) => new Set(models.map(({ framework }) => framework.id)).size === 2);

const under = (models: readonly ReportModel[], id: string): readonly ReportModel[] =>
  models.filter(({ framework }) => framework.id === id);

describe.each([yos2018.id, other.id])("what is told of inspections under %s", (id) => {
  it("is the same in annual tables whatever else was inspected", () => {
    fc.assert(
      fc.property(mixed, (models) => {
        const together = annualOf(models).frameworks.filter(({ framework }) => framework.id === id);
        expect(together).toEqual(annualOf(under(models, id)).frameworks);
      }),
      { numRuns: 20 },
    );
  });

  it("is the same in a comparison whatever else was inspected", () => {
    fc.assert(
      fc.property(mixed, (models) => {
        const alone = tablesIn(matrixOf(under(models, id)))[0]!;
        const { rows, columns } = tablesIn(matrixOf(models)).find(
          (table) => textOf([table]).includes("Care 1.1") === (id === other.id),
        )!;
        expect({ rows, columns }).toEqual({ rows: alone.rows, columns: alone.columns });
      }),
      { numRuns: 20 },
    );
  });
});

it("every table and drawing stands under the name of its framework", () => {
  const shelf = shelfOf([...here, ...there], { publisher });
  for (const blocks of [matrixOf([...here, ...there]), annualBlocks(shelf)]) {
    let framework = "";
    const names = new Map<string, string>();
    for (const block of blocks) {
      if (block.kind === "heading") framework = block.text;
      if (block.kind !== "table" && block.kind !== "figure") continue;
      names.set(block.id, framework);
      const words = textOf([block]);
      if (framework === other.label) expect(words).not.toMatch(/Inadequate|Outstanding/);
      else expect(words).not.toMatch(/Weak|Excellent|Care \d/);
    }
    expect(new Set(names.values())).toEqual(new Set([yos2018.label, other.label]));
  }
});
