/** The ratings of a report: overall, of each standard, and of domains where they have their own. */
import { scaleNamed } from "@assay/domain/framework/standards.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { overallInline, type ReportModel, scaleIn, standardsIn } from "../model.ts";
import { type Filling, fillingOf, standardNamed } from "../references.ts";
import {
  type Block,
  type Chapter,
  type Inline,
  type Note,
  paragraph,
  say,
  type Table,
} from "./blocks.ts";
import { ratingsFigure, scoreFigure } from "./figures.ts";
import { provisionalMark } from "./provisional.ts";
import { adoptedWords } from "./standard.ts";
import { inWords } from "./wording.ts";

export const ratingsChapter = (model: ReportModel): Chapter => {
  const { score, maxScore, decidedByHead } = model.result;
  const overall = overallInline(model);
  const figure = scoreFigure(model);
  return {
    id: "ratings",
    title: "Ratings",
    blocks: [
      overall
        ? paragraph(
            { kind: "strong", children: [say("Overall rating: ")] },
            overall,
            ...provisionalMark(model, "overall"),
          )
        : paragraph("This framework gives no overall rating."),
      ...(hasScore(model.framework)
        ? [paragraph({ kind: "strong", children: [say("Score: ")] }, `${score} out of ${maxScore}`)]
        : []),
      ...(decidedByHead
        ? [
            paragraph(
              "The head of programme decided the overall rating: ",
              ...fillingOf(model)(decidedByHead.typed),
            ),
          ]
        : []),
      ...(figure ? [figure] : []),
      ratingsFigure(model),
      ratingsTable(model),
      ...domainRatings(model),
    ],
  };
};

const ratingsTable = (model: ReportModel): Table => {
  const noted = model.standards.flatMap((standard) => {
    const words = noteOn(standard, fillingOf(model));
    return words ? [{ standard: standard.standard, words }] : [];
  });
  const notes = noted.map(({ standard, words }, i): Note & { readonly standard: string } => ({
    id: `ratings-note-${i + 1}`,
    mark: "*".repeat(i + 1),
    children: words,
    standard,
  }));
  return {
    kind: "table",
    id: "table-ratings",
    dense: true,
    caption: `Ratings of the ${inWords(model.standards.length)} standards`,
    columns: [
      { label: "Standard", numeric: false },
      { label: "Rating", numeric: false },
      ...(hasScore(model.framework) ? [{ label: "Score", numeric: true }] : []),
    ],
    rows: model.standards.map(({ standard, label, rating, score, scored }) => [
      [standardNamed({ standard, label }, model)],
      [
        { kind: "rating", rating, scale: scaleIn(model, standard) },
        ...provisionalMark(model, standard),
        ...notes
          .filter((note) => note.standard === standard)
          .map(({ mark, id }): Inline => ({ kind: "mark", mark, note: id })),
      ],
      ...(hasScore(model.framework) ? [[say(scored ? String(score ?? "–") : "not scored")]] : []),
    ]),
    notes: notes.map(({ id, mark, children }) => ({ id, mark, children })),
  };
};

export type Domain = ReportModel["framework"]["domains"][number];

/** A domain's own rating, where the framework gives it one. */
export const domainRating = (model: ReportModel, { number, rating }: Domain): Inline | undefined =>
  rating && {
    kind: "rating",
    rating: model.result.domains.find(({ domain }) => domain === number)?.rating,
    scale: scaleNamed(model.framework, rating.scale),
  };

const domainRatings = (model: ReportModel): readonly Block[] => {
  const rows = domainsOf(model).flatMap((domain) => {
    const given = domainRating(model, domain);
    const mark = provisionalMark(model, String(domain.number));
    return given
      ? [[[say(`Domain ${inWords(domain.number)}: ${domain.label}`)], [given, ...mark]]]
      : [];
  });
  if (rows.length === 0) return [];
  const columns = ["Domain", "Rating"].map((label) => ({ label, numeric: false }));
  const caption = "Ratings of the domains";
  return [{ kind: "table", id: "table-domains", caption, columns, rows, notes: [] }];
};

const noteOn = (
  { standard, discretion, decidedBy, rule, rating }: ReportModel["standards"][number],
  filling: Filling,
): readonly Inline[] | undefined => {
  if (discretion) {
    return [
      say(
        `${standard}: professional discretion moved the rating ${discretion.direction}, from ` +
          `${discretion.from} to ${discretion.to}. `,
      ),
      ...filling(discretion.typed),
    ];
  }
  return decidedBy === "adopted" ? [say(`${standard}: ${adoptedWords(rule, rating)}`)] : undefined;
};

/** Those whose standards are rated in this inspection. */
export const domainsOf = (model: ReportModel) =>
  model.framework.domains.filter(({ number }) => standardsIn(model, number).length > 0);
