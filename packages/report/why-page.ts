/** Why each rating of a version was given, as a page: the reasons down to single answers. */
import type { Explanation, Kind } from "@assay/domain/audit/explanation.ts";
import { why, type WhyOptions } from "@assay/domain/audit/explain.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { domainCode, domainNamed } from "@assay/domain/framework/standards.ts";
import { type Block, heading, link, paragraph, say } from "./document/blocks.ts";
import { blocksHtml } from "./html-blocks.ts";
import type { Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import { versionPath } from "./shelf.ts";
import { rendered } from "./site-pages.ts";
import type { Enclosure } from "./version-files.ts";

/** What follows from published totals by the rules; everything else of a replay is made up. */
const byTheRules: ReadonlySet<Kind> = new Set(["rating", "rule", "score"]);
/** The same where numbers of cases were published, and not percentages alone. */
const byCounts: ReadonlySet<Kind> = new Set([
  ...byTheRules,
  ...(["key-question", "other-key-question", "answers"] as const),
]);

const published = (kinds: ReadonlySet<Kind>, explanation: Explanation): Explanation => ({
  ...explanation,
  children: explanation.children
    .filter(({ what }) => kinds.has(what))
    .map((child) => published(kinds, child)),
});

type Explaining = {
  readonly conclusion: number;
  readonly publisher: Publisher;
  readonly adopted?: WhyOptions["adopted"];
};

/** `recorded` holds what was public with the version; it is explained without words on cases. */
export const whyEnclosure = (
  model: ReportModel,
  recorded: readonly Recorded[],
  { conclusion, publisher, adopted }: Explaining,
): Enclosure => {
  const overall = model.framework.overall ? [{ subject: "overall", title: "Overall" }] : [];
  const subjects = [
    ...overall,
    ...model.result.domains.map(({ domain }) => ({
      subject: domainCode(domain),
      title: domainNamed(model.framework, domain),
    })),
    ...model.standards.map(({ standard, label }) => ({
      subject: standard,
      title: `${standard} ${label}`,
    })),
  ];
  const { reconstruction } = model;
  const kinds = reconstruction?.counts ? byCounts : byTheRules;
  const shown = (explanation: Explanation): Explanation =>
    reconstruction ? published(kinds, explanation) : explanation;
  const file = rendered(
    {
      path: `${versionPath(model)}why.html`,
      heading: `Why each rating was given: ${model.service.name}`,
      description: `The reasons behind each rating: ${model.title}.`,
      trail: [
        { href: "../../../", label: "Inspection reports" },
        { href: "./", label: model.service.name },
      ],
      body: blocksHtml([
        introduction(model),
        ...subjects.flatMap(({ subject, title }): readonly Block[] => {
          const found = why(recorded, subject, { conclusion, adopted });
          if (!found.explained) return [];
          const id = `why-${subject.replaceAll(".", "-")}`;
          return [heading(2, id, title), ...treeOf(shown(found.explanation))];
        }),
      ]),
    },
    publisher,
  );
  return { ...file, path: "why.html", label: "Why each rating was given (HTML)" };
};

const introduction = ({ reconstruction }: ReportModel): Block =>
  reconstruction
    ? paragraph(
        `Only totals of this inspection were published (${reconstruction.source}). This page says ` +
          "how they lead to each rating by the rules. Cases, days and what people did were made " +
          "up to carry it through again, and are left out.",
      )
    : paragraph(
        "Each rating is worked out again from what was recorded, down to the single answers. ",
        link("verifier.html", "The verifier"),
        " does the same in your own browser.",
      );

const treeOf = ({ words, children }: Explanation): readonly Block[] => [
  { kind: "paragraph", children: [say(words)] },
  ...(children.length > 0
    ? [{ kind: "list" as const, ordered: false, start: 1, items: children.map(treeOf) }]
    : []),
];
