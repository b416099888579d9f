/**
 * The methodology annexe, generated from the framework and the ruleset that the inspection pinned.
 * Nothing in it is typed, so it cannot say another number than the one that was used.
 */
import { capitalised, dayInWords, listed } from "@assay/domain/kernel/wording.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { printsAnswers, type ReportModel } from "../model.ts";
import { type Block, bullets, heading, paragraph } from "./blocks.ts";
import { overallPart, ratingPart } from "./methodology-ratings.ts";
import { samplePart } from "./methodology-sample.ts";
import { provisionalPart } from "./provisional.ts";
import { inWords, withArticle } from "./wording.ts";

export const methodologyBlocks = (model: ReportModel): readonly Block[] => [
  ...standardsPart(model),
  ...samplePart(model),
  ...judgementPart(model),
  ...ratingPart(model),
  ...overallPart(model),
  ...provisionalPart(model),
];

const standardsPart = (model: ReportModel): readonly Block[] => {
  const { framework, standards } = model;
  const scored = standards.filter((standard) => standard.scored);
  const unscored = standards.filter((standard) => !standard.scored);
  const people = standards.filter(({ judged }) => judged === "by-people").length;
  return [
    ...framework.report.methodology.map((text) => paragraph(text)),
    heading(3, "method-standards", "Standards"),
    paragraph(
      `This inspection used the framework “${framework.label}”, in force from ` +
        `${dayInWords(framework.from)}. It rated ${inWords(standards.length)} standards in ` +
        `${inWords(new Set(standards.map(({ domain }) => domain)).size)} domains. ` +
        (people === standards.length
          ? "Inspectors judged all of them from evidence as a whole."
          : `Inspectors judged ${people === 0 ? "none" : inWords(people)} of them from evidence ` +
            `as a whole and ${inWords(standards.length - people)} from the cases that they assessed.`),
    ),
    ...(model.partners.length > 0
      ? [
          paragraph("Inspectors of these partners were on the team:"),
          bullets(model.partners.map(({ label, role }) => (role ? `${label}: ${role}` : label))),
        ]
      : []),
    ...(model.reconstruction && model.reconstruction.unrated.length > 0
      ? [paragraph(`The published report does not rate ${listed(model.reconstruction.unrated)}.`)]
      : []),
    ...(unscored.length > 0 && hasScore(framework)
      ? [
          paragraph(
            `${capitalised(listed(unscored.map(({ standard }) => standard)))} ` +
              `${unscored.length === 1 ? "is" : "are"} rated but not scored: ` +
              `${inWords(scored.length)} standards count towards the score.`,
          ),
        ]
      : []),
  ];
};

const judgementPart = (model: ReportModel): readonly Block[] =>
  model.framework.populations.length === 0 ? [] : judgementBlocks(model);

const judgementBlocks = (model: ReportModel): readonly Block[] => {
  const { words } = model.framework;
  const { one } = words.case;
  return [
    heading(3, "method-judgement", `Judging ${withArticle(one)}`),
    paragraph(
      `For each ${one} an inspector read the file, spoke to the ${words.worker.one} and answered ` +
        `yes or no to each key question that concerned the ${one}: was the work sufficient? ` +
        "Prompts guide the judgement; a key question is judged as a whole and never computed from " +
        `its prompts. ${capitalised(withArticle(one))} counts only where a key question concerned it` +
        (printsAnswers(model) ? ", and the notes under the tables say where." : "."),
    ),
    paragraph(printedInWords(model)),
  ];
};

/** What tables print of the answers, and why. */
const printedInWords = ({ counts, printed, framework }: ReportModel): string => {
  const { many } = framework.words.case;
  const { percentagesFromCases: from, countsBelowCases: below = from } = framework.ruleset.report;
  if (!counts)
    return "Tables print percentages, because the published report gives no numbers of cases.";
  const what = printed.percentages
    ? `${printed.numbers ? `numbers of ${many} and ` : ""}percentages`
    : printed.numbers
      ? `numbers of ${many} and not percentages`
      : `neither numbers of ${many} nor percentages`;
  const least = Math.max(printed.percentages ? from : 0, printed.numbers ? 0 : below);
  const most = Math.min(printed.percentages ? Infinity : from, printed.numbers ? below : Infinity);
  const reasons = [
    ...(least > 0 ? [`${least} ${many} or more`] : []),
    ...(most < Infinity ? [`fewer than ${most} ${many}`] : []),
  ];
  const because = reasons.length > 0 ? `, because ${listed(reasons)} were assessed` : "";
  const elsewhere = printed.percentages || printed.numbers ? "" : " The open data have both.";
  return `Tables print ${what}${because}.${elsewhere}`;
};
