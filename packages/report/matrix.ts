/** Ratings of several reports beside each other: reports down, standards across. */
import type { Scale } from "@assay/domain/framework/scale.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import {
  type Block,
  heading,
  type Inline,
  link,
  paragraph,
  say,
  type Table,
} from "./document/blocks.ts";
import { overallInline, scaleIn } from "./model.ts";
import type { OnShelf } from "./shelf.ts";

/** What the symbols mean, where they stand without their names. */
const legend = (scales: readonly Scale[]): readonly Block[] =>
  scales.map((scale) =>
    paragraph(
      ...scale.grades.flatMap(({ label }): Inline[] => [
        { kind: "rating", rating: label, scale },
        say("\u2003"),
      ]),
    ),
  );

export type Matrix = {
  readonly id: string;
  readonly caption: string;
  readonly reports: readonly OnShelf[];
  readonly head: (model: OnShelf) => string;
  readonly href: (model: OnShelf) => string;
};

/**
 * One table for each framework, under its name: ratings are compared only with ratings of their own
 * kind, and equal codes are other standards elsewhere.
 */
export const matrices = (matrix: Matrix): readonly Block[] => {
  const groups = [...Map.groupBy(matrix.reports, ({ framework }) => framework.digest).values()];
  return groups.flatMap((reports, i) => {
    const { framework } = reports[0]!;
    return [
      heading(2, `${matrix.id}-${framework.id}`, framework.label),
      ...legend(framework.scales),
      tableOf({ ...matrix, id: i === 0 ? matrix.id : `${matrix.id}-${i + 1}`, reports }),
    ];
  });
};

/** Reports down, overall rating and standards across. */
const tableOf = ({ id, caption, reports, head, href }: Matrix): Table => {
  const { framework } = reports[0]!;
  const shown = framework.standards.filter(({ code }) =>
    reports.some(({ standards }) => standards.some(({ standard }) => standard === code)),
  );
  const codes = shown.map(({ code }) => code);
  const scored = hasScore(framework);
  return {
    kind: "table",
    id,
    caption,
    dense: true,
    columns: [
      { label: "Report", numeric: false },
      ...(framework.overall ? [{ label: "Overall", numeric: false }] : []),
      ...(scored ? [{ label: "Score", numeric: true }] : []),
      ...codes.map((label) => ({ label, numeric: false })),
    ],
    rows: reports.map((model) => {
      const overall = overallInline(model);
      return [
        [link(href(model), head(model))],
        ...(overall ? [[overall]] : []),
        ...(scored ? [[say(`${model.result.score} of ${model.result.maxScore}`)]] : []),
        ...codes.map((code): readonly Inline[] => {
          const found = model.standards.find(({ standard }) => standard === code);
          const scale = scaleIn(model, code);
          return found
            ? [{ kind: "rating", rating: found.rating, scale, brief: true }]
            : [say("–")];
        }),
      ];
    }),
    notes: [
      {
        id: `${id}-codes`,
        mark: "",
        children: [say(`${shown.map(({ code, label }) => `${code} ${label}`).join("; ")}.`)],
      },
    ],
  };
};
