/** Ratings of several reports beside each other: reports down, standards across. */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import { type Block, type Inline, link, paragraph, say, type Table } from "./document/blocks.ts";
import type { ReportModel } from "./model.ts";

/** What the symbols mean, where they stand without their names. */
export const legend: Block = paragraph(
  ...Rating.options.flatMap((rating): Inline[] => [{ kind: "rating", rating }, say("\u2003")]),
);

export type Matrix = {
  readonly id: string;
  readonly caption: string;
  readonly reports: readonly ReportModel[];
  readonly head: (model: ReportModel) => string;
  readonly href: (model: ReportModel) => string;
};

/** Reports down, overall rating and standards across. */
export const matrix = ({ id, caption, reports, head, href }: Matrix): Table => {
  const codes = [
    ...new Set(reports.flatMap(({ standards }) => standards.map((each) => each.standard))),
  ].toSorted();
  return {
    kind: "table",
    id,
    caption,
    dense: true,
    columns: [
      { label: "Report", numeric: false },
      { label: "Overall", numeric: false },
      { label: "Score", numeric: true },
      ...codes.map((label) => ({ label, numeric: false })),
    ],
    rows: reports.map((model) => [
      [link(href(model), head(model))],
      [{ kind: "rating", rating: model.result.overall }],
      [say(`${model.result.score} of ${model.result.maxScore}`)],
      ...codes.map((code): readonly Inline[] => {
        const found = model.standards.find(({ standard }) => standard === code);
        return found ? [{ kind: "rating", rating: found.rating, brief: true }] : [say("–")];
      }),
    ]),
    notes: [{ id: `${id}-codes`, mark: "", children: [say(`${namesOf(reports).join("; ")}.`)] }],
  };
};

/** What each column's code stands for; a code that two frameworks share has both names. */
const namesOf = (reports: readonly ReportModel[]): readonly string[] => [
  ...new Set(
    reports
      .flatMap(({ standards }) => standards.map(({ standard, label }) => `${standard} ${label}`))
      .toSorted(),
  ),
];
