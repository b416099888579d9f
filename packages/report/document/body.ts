/** Points of a domain, tables of figures, and who made the report, as blocks. */
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { ReportModel } from "../model.ts";
import { fillingOf } from "../references.ts";
import type { FigureTable, Point } from "../written.ts";
import { type Block, type Chapter, heading, link, paragraph, say, type Table } from "./blocks.ts";
import { inUnit, inWords } from "./wording.ts";

/** Strengths first, then what has to be better, each with what it is about. */
export const pointBlocks = (model: ReportModel, domain: number): readonly Block[] => {
  const codes = model.standards
    .filter((standard) => standard.domain === domain)
    .map(({ standard }) => standard);
  const own = model.points.filter(({ about }) =>
    codes.some((code) => about === code || about.startsWith(`${code}.`)),
  );
  return kinds.flatMap(({ kind, title }): readonly Block[] => {
    const points = own.filter((point) => point.kind === kind);
    if (points.length === 0) return [];
    const items = points.map(({ typed, about }) => [
      paragraph(...fillingOf(model)(typed), ` (${about})`),
    ]);
    return [
      heading(3, `${kind}-${domain}`, title),
      { kind: "list", ordered: false, start: 1, items },
    ];
  });
};

const kinds: readonly { readonly kind: Point["kind"]; readonly title: string }[] = [
  { kind: "strength", title: "Strengths" },
  { kind: "improvement", title: "Areas for improvement" },
];

/** A column of national figures stands where there is at least one. */
export const figureTable = ({ table, label, unit, source, asOf, rows }: FigureTable): Table => {
  const national = rows.some((row) => row.national !== undefined);
  const shown = (value: number | undefined) => [
    say(value === undefined ? "–" : inUnit(value, unit)),
  ];
  const named = unit === "" || unit === "%" ? label : `${label}, ${unit}`;
  return {
    kind: "table",
    id: `table-figures-${table}`,
    caption: named,
    columns: [
      { label: "What", numeric: false },
      { label: "This service", numeric: true },
      ...(national ? [{ label: "National", numeric: true }] : []),
    ],
    rows: rows.map((row) => [
      [say(row.label)],
      shown(row.value),
      ...(national ? [shown(row.national)] : []),
    ]),
    notes: [
      {
        id: `table-figures-${table}-source`,
        mark: "",
        children: [say(`Source: ${source}, ${dayInWords(asOf)}.`)],
      },
    ],
  };
};

/** What was found in fieldwork that could not wait, and what came of it. */
export const alertsChapter = ({ alerts, framework }: ReportModel): readonly Chapter[] => {
  const { raised, answered, closed } = alerts;
  if (raised === 0) return [];
  const service = framework.words.service.one;
  const came =
    closed === raised
      ? `The ${service} answered, and ${raised === 1 ? "the alert is" : "all alerts are"} closed.`
      : `The ${service} answered ${inWords(answered)}, and ${inWords(closed)} ` +
        `${closed === 1 ? "is" : "are"} closed.`;
  return [
    {
      id: "alerts",
      title: "Alerts",
      blocks: [
        paragraph(
          `Inspectors raised ${inWords(raised)} alert${raised === 1 ? "" : "s"} during ` +
            "fieldwork: there was a risk to somebody that was serious and imminent, so that " +
            `something had to be done at once. ${came}`,
        ),
      ],
    },
  ];
};

/** Who led and signed, whom to ask, and under which licence and number the report appears. */
export const imprintChapter = ({ imprint, framework }: ReportModel): readonly Chapter[] => {
  const { licence } = framework.report;
  if (!imprint) return [];
  const { ledBy, signedBy, contact, isbn } = imprint;
  const lines: readonly (readonly [string, string])[] = [
    ["Led by", ledBy],
    [`Signed off by the ${framework.authority.office}`, signedBy],
    ["Contact", contact],
    ["ISBN", isbn],
  ];
  const blocks: readonly Block[] = [
    ...lines.flatMap(([label, value]) =>
      value === "" ? [] : [paragraph({ kind: "strong", children: [say(`${label}: `)] }, value)],
    ),
    ...(licence
      ? [
          paragraph(
            { kind: "strong", children: [say("Licence: ")] },
            link(licence.url, licence.label),
          ),
        ]
      : []),
  ];
  return blocks.length === 0 ? [] : [{ id: "imprint", title: "About this report", blocks }];
};
