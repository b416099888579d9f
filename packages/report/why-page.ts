/** Why each rating of a version was given, as a page: the reasons down to single answers. */
import { type Explanation } from "@assay/domain/audit/explanation.ts";
import { why } from "@assay/domain/audit/explain.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { type Block, heading, link, paragraph, say } from "./document/blocks.ts";
import { blocksHtml } from "./html-blocks.ts";
import type { Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import { versionPath } from "./shelf.ts";
import { rendered } from "./site-pages.ts";
import type { Enclosure } from "./version-files.ts";

/** `recorded` holds what was public with the version; it is explained without words on cases. */
export const whyEnclosure = (
  model: ReportModel,
  recorded: readonly Recorded[],
  { conclusion, publisher }: { readonly conclusion: number; readonly publisher: Publisher },
): Enclosure => {
  const overall = model.framework.overall ? [{ subject: "overall", title: "Overall" }] : [];
  const subjects = [
    ...overall,
    ...model.standards.map(({ standard, label }) => ({
      subject: standard,
      title: `${standard} ${label}`,
    })),
  ];
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
        paragraph(
          "Each rating is worked out again from what was recorded, down to the single answers. ",
          link("verifier.html", "The verifier"),
          " does the same in your own browser.",
        ),
        ...subjects.flatMap(({ subject, title }): readonly Block[] => {
          const found = why(recorded, subject, { conclusion });
          if (!found.explained) return [];
          const id = `why-${subject.replaceAll(".", "-")}`;
          return [heading(2, id, title), ...treeOf(found.explanation)];
        }),
      ]),
    },
    publisher,
  );
  return { ...file, path: "why.html", label: "Why each rating was given (HTML)" };
};

const treeOf = ({ words, children }: Explanation): readonly Block[] => [
  { kind: "paragraph", children: [say(words)] },
  ...(children.length > 0
    ? [{ kind: "list" as const, ordered: false, start: 1, items: children.map(treeOf) }]
    : []),
];
