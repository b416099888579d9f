/** A report's chapters in their order, from its model: the one document behind every form. */
import type { Section } from "@assay/domain/publication/events.ts";
import { type ReportModel, standardsIn } from "../model.ts";
import {
  type Block,
  type Chapter,
  type Document,
  heading,
  paragraph,
  say,
  type Table,
} from "./blocks.ts";
import { fillingOf } from "../references.ts";
import type { Recommendation } from "../written.ts";
import { alertsChapter, figureTable, imprintChapter, pointBlocks } from "./body.ts";
import { provisionalMark } from "./provisional.ts";
import { factsFigures, keyQuestionsFigures } from "./figures.ts";
import { numbered } from "./footnotes.ts";
import { methodologyBlocks } from "./methodology.ts";
import { sectionBlocks } from "./section.ts";
import { type Domain, domainRating, domainsOf, ratingsChapter } from "./ratings.ts";
import { standardBlocks } from "./standard.ts";
import { capitalised, dayInWords } from "@assay/domain/kernel/wording.ts";
import { figureWithUnit, inWords, sectionTitle } from "./wording.ts";

export const documentOf = (model: ReportModel): Document => ({
  title: model.title,
  particulars: particularsOf(model),
  watermark: watermarks[model.edition],
  mark: model.mark ?? watermarks[model.edition],
  chapters: numbered([
    ...aboutChapter(model),
    ...proseChapter(model, "foreword"),
    ratingsChapter(model),
    ...recommendationsChapter(model),
    ...model.framework.report.sections
      .filter(({ id, after }) => !after && id !== "foreword" && id !== "contextual-facts")
      .flatMap(({ id }) => proseChapter(model, id)),
    contextualChapter(model),
    ...domainsOf(model).map((domain) => domainChapter(model, domain)),
    ...alertsChapter(model),
    ...model.framework.report.sections
      .filter(({ after }) => after)
      .flatMap(({ id }) => proseChapter(model, id)),
    { id: "methodology", title: "Methodology annexe", blocks: methodologyBlocks(model) },
    ...imprintChapter(model),
    ...historyChapter(model),
  ]),
});

const watermarks: Readonly<Record<ReportModel["edition"], string | undefined>> = {
  draft: "Draft: not for publication",
  embargoed: "Under embargo: not for publication",
  published: undefined,
};

const particularsOf = ({ dates, version, edition, framework }: ReportModel) => [
  ...(dates.fieldworkStart && dates.fieldworkEnd
    ? [
        {
          label: "Fieldwork",
          value: `${dayInWords(dates.fieldworkStart)} to ${dayInWords(dates.fieldworkEnd)}`,
        },
      ]
    : []),
  ...(dates.published ? [{ label: "Published", value: dayInWords(dates.published) }] : []),
  ...(edition === "published" ? [{ label: "Version", value: String(version) }] : []),
  { label: "Framework", value: framework.label },
];

/** What a reader must know before anything else: made-up cases, and what was corrected. */
const aboutChapter = ({ reconstruction, history }: ReportModel): readonly Chapter[] => {
  const correction = history.at(-1)?.correction;
  const notices: readonly string[] = [
    ...(reconstruction
      ? [
          "Case level reconstructed from published totals: the cases behind these tables were " +
            `made up to match the totals of a published report (${reconstruction.source}). ` +
            "This page holds its ratings and figures, and what follows from them by the rules. " +
            "It is not that report.",
        ]
      : []),
    ...(correction
      ? [
          `This version corrects an earlier one. What changed: ${correction.what} ` +
            `Why: ${correction.why}`,
        ]
      : []),
  ];
  if (notices.length === 0) return [];
  const blocks = notices.map((notice): Block => ({ kind: "notice", children: [say(notice)] }));
  return [{ id: "about", title: "About this version", blocks }];
};

const proseChapter = (model: ReportModel, section: Section): readonly Chapter[] => {
  const blocks = sectionBlocks(model, section);
  return blocks.length > 0
    ? [{ id: section, title: sectionTitle(model.framework, section), blocks }]
    : [];
};

const recommendationsChapter = (model: ReportModel): readonly Chapter[] => {
  const { recommendations, service } = model;
  if (recommendations.length === 0) return [];
  const lead =
    `We make ${inWords(recommendations.length)} ` +
    `recommendation${recommendations.length === 1 ? "" : "s"} to improve the work of ` +
    `${service.name}.`;
  return [
    {
      id: "recommendations",
      title: "Recommendations",
      blocks: [
        paragraph(lead),
        ...byAddressee(recommendations).flatMap((group, i): readonly Block[] => [
          heading(3, `recommendations-${i + 1}`, `${capitalised(group[0]!.addressee)} should:`),
          {
            kind: "list",
            ordered: true,
            start: group[0]!.number,
            items: group.map(({ typed }) => [paragraph(...fillingOf(model)(typed))]),
          },
        ]),
      ],
    },
  ];
};

/** Neighbours to the same body stand together, numbered on; a gap in the numbers begins anew. */
const byAddressee = (all: readonly Recommendation[]): readonly (readonly Recommendation[])[] =>
  all.reduce<readonly (readonly Recommendation[])[]>((groups, next) => {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const follows = last?.addressee === next.addressee && last.number + 1 === next.number;
    return group && follows ? [...groups.slice(0, -1), [...group, next]] : [...groups, [next]];
  }, []);

const contextualChapter = (model: ReportModel): Chapter => ({
  id: "contextual-facts",
  title: sectionTitle(model.framework, "contextual-facts"),
  blocks: [
    ...sectionBlocks(model, "contextual-facts"),
    ...(model.facts.length > 0 ? [...factsFigures(model), factsTable(model)] : []),
    ...model.tables.map(figureTable),
  ],
});

const factsTable = ({ facts }: ReportModel): Table => ({
  kind: "table",
  id: "table-facts",
  caption: "Figures about the service and its area",
  columns: [
    { label: "Figure", numeric: false },
    { label: "Value", numeric: true },
    { label: "Source", numeric: false },
    { label: "As of", numeric: false },
  ],
  rows: facts.map(({ label, value, unit, source, asOf }) => [
    [say(label)],
    [say(figureWithUnit({ value, unit }))],
    [say(source)],
    [say(dayInWords(asOf).replaceAll(" ", "\u00a0"))],
  ]),
  notes: [],
});

const domainChapter = (model: ReportModel, domain: Domain): Chapter => {
  const { number, label } = domain;
  const rating = domainRating(model, domain);
  return {
    id: `domain-${number}`,
    title: `Domain ${inWords(number)}: ${label}`,
    blocks: [
      ...(rating
        ? [
            paragraph(
              { kind: "strong", children: [say("Rating of the domain: ")] },
              rating,
              ...provisionalMark(model, String(number)),
            ),
          ]
        : []),
      ...sectionBlocks(model, `domain-${number}`),
      ...pointBlocks(model, number),
      ...keyQuestionsFigures(model, number),
      ...standardsIn(model, number).flatMap((standard) => standardBlocks(model, standard)),
    ],
  };
};

const historyChapter = ({ history }: ReportModel): readonly Chapter[] => {
  if (history.length < 2) return [];
  return [
    {
      id: "versions",
      title: "Versions of this report",
      blocks: [
        paragraph("A published report is never changed. A correction is a new version beside it."),
        {
          kind: "table",
          id: "table-versions",
          caption: "Versions",
          columns: [
            { label: "Version", numeric: false },
            { label: "Published", numeric: false },
            { label: "What changed, and why", numeric: false },
          ],
          rows: history.map(({ version, on, correction }) => [
            [say(String(version))],
            [say(dayInWords(on))],
            [say(correction ? `${correction.what} ${correction.why}` : "First published")],
          ]),
          notes: [],
        },
      ],
    },
  ];
};
