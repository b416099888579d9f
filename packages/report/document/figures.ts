/** The report's figures, each with words for those who cannot see it and the table behind it. */
import { caseloadIn, barChart, comparisonsIn } from "../charts/facts-chart.ts";
import { keyQuestionsChart } from "../charts/key-questions-chart.ts";
import { ratingsChart } from "../charts/ratings-chart.ts";
import { scoreChart } from "../charts/score-chart.ts";
import { caseRulesOf, everyGrade, standardIn } from "@assay/domain/framework/standards.ts";
import { printsAnswers, type ReportModel, scaleIn, standardsIn, totalBands } from "../model.ts";
import { type Figure, say, type Table } from "./blocks.ts";
import { listed } from "@assay/domain/kernel/wording.ts";
import { figure, inWords, percentage, ratingName } from "./wording.ts";

/** Where the overall rating is a sum of scores; undefined elsewhere. */
export const scoreFigure = (model: ReportModel): Figure | undefined => {
  const total = totalBands(model);
  if (!total) return undefined;
  const { score, maxScore, overall } = model.result;
  const description =
    `A scale from 0 to ${maxScore} with the bands of the ` +
    `${inWords(total.scale.grades.length)} overall ratings. ` +
    `The score of ${score} stands in the band ${ratingName(overall)}.`;
  return {
    kind: "figure",
    id: "figure-score",
    caption: `Score: ${score} out of ${maxScore}`,
    description,
    svg: scoreChart(model, total, description),
    table: undefined,
  };
};

export const ratingsFigure = (model: ReportModel): Figure => {
  const parts = everyGrade(model.framework)
    .toReversed()
    .map((rating) => {
      const count = model.standards.filter((standard) => standard.rating === rating).length;
      return `${inWords(count)} ${rating}`;
    });
  const description = `Of ${inWords(model.standards.length)} standards: ${listed(parts)}.`;
  return {
    kind: "figure",
    id: "figure-ratings",
    caption: "The ratings at a glance",
    description,
    svg: ratingsChart(model, description),
    table: undefined,
  };
};

/**
 * Of a domain with questions on cases: one for each scale, because its bands are its own. None
 * where nothing of the answers is printed.
 */
export const keyQuestionsFigures = (model: ReportModel, domain: number): readonly Figure[] => {
  if (!printsAnswers(model)) return [];
  const asked = standardsIn(model, domain).filter(({ keyQuestions }) => keyQuestions.length > 0);
  const scales = Map.groupBy(asked, ({ standard }) => scaleIn(model, standard).id);
  return [...scales.values()].map((standards, i) => {
    const suffix = i === 0 ? "" : `-${i + 1}`;
    return keyQuestionsFigure(model, standards, { domain, suffix });
  });
};

type Placed = { readonly domain: number; readonly suffix: string };

const keyQuestionsFigure = (
  model: ReportModel,
  standards: ReportModel["standards"],
  { domain, suffix }: Placed,
): Figure => {
  const byRule = standards.filter(({ judged }) => judged === "by-cases");
  const description =
    "Bars show the share of relevant cases in which the work was sufficient, against the " +
    "boundaries between ratings." +
    (byRule.length > 0
      ? " The lowest bar of each standard decides its rating by rule: " +
        `${byRule.map(lowestInWords).join("; ")}.`
      : "");
  const id = `figure-domain-${domain}${suffix}`;
  const caption = `Domain ${inWords(domain)}: key questions against the rating bands`;
  return {
    kind: "figure",
    id,
    caption,
    description,
    svg: keyQuestionsChart({
      id: `chart-domain-${domain}${suffix}`,
      title: caption,
      description,
      standards,
      bands: caseRulesOf(model.framework, standardIn(model.framework, standards[0]!.standard)!),
      percentages: model.printed.percentages,
    }),
    table: keyQuestionsTable(model, standards, {
      id: `${id}-table`,
      caption: `${caption}, in numbers`,
    }),
  };
};

const lowestInWords = ({ standard, keyQuestions }: ReportModel["standards"][number]): string => {
  const lowest = keyQuestions.filter((question) => question.lowest);
  const { percent } = lowest[0] ?? {};
  return percent === undefined
    ? `${standard} has no relevant case`
    : `${standard} ${percentage(percent)}`;
};

const keyQuestionsTable = (
  { printed: { numbers }, counts }: ReportModel,
  standards: ReportModel["standards"],
  named: Pick<Table, "id" | "caption">,
): Table => ({
  kind: "table",
  ...named,
  columns: [
    { label: "Key question", numeric: false },
    ...(numbers ? [{ label: "Number yes", numeric: true }] : []),
    ...(counts ? [{ label: "Relevant cases", numeric: true }] : []),
    { label: "Percentage yes", numeric: true },
  ],
  rows: standards.flatMap(({ keyQuestions }) =>
    keyQuestions.map(({ keyQuestion, label, yes, relevant, percent, lowest }) => [
      [say(`${keyQuestion} ${label}`)],
      ...(numbers ? [[say(String(yes))]] : []),
      ...(counts ? [[say(String(relevant))]] : []),
      [
        lowest
          ? ({ kind: "lowest", text: percentage(percent) } as const)
          : say(percentage(percent)),
      ],
    ]),
  ),
  notes: [],
});

/** The service's caseload, and its figures beside the national ones, where there are any. */
export const factsFigures = ({ facts, framework: { words } }: ReportModel): readonly Figure[] => {
  const compared = comparisonsIn(facts);
  const caseload = caseloadIn(facts, [words.case.many, words.person.many]);
  const inWordsOf = (bars: readonly { readonly label: string; readonly value: number }[]): string =>
    bars.map(({ label, value }) => `${label} ${figure(value)}`).join("; ");
  return [
    ...(caseload
      ? [drawn("caseload", "Caseload", `Bars: ${inWordsOf(caseload.bars)}.`, [caseload])]
      : []),
    ...(compared.length > 0
      ? [
          drawn(
            "comparisons",
            "The service beside national figures",
            `Bars in pairs: ${compared.map(({ bars }) => inWordsOf(bars)).join("; ")}.`,
            compared,
          ),
        ]
      : []),
  ];
};

const drawn = (
  name: string,
  caption: string,
  description: string,
  groups: Parameters<typeof barChart>[0]["groups"],
): Figure => ({
  kind: "figure",
  id: `figure-${name}`,
  caption,
  description,
  svg: barChart({ id: `chart-${name}`, title: caption, description, groups }),
  table: undefined,
});
