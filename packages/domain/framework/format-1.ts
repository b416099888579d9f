/** Reads a document of format 1, which knew one scale and two populations, as one of format 2. */
import type { CaseFact, Column } from "./case-list-settings.ts";
import type { Framework } from "./document.ts";
import type { CaseTally } from "./document-shape.ts";
import { populationsOfFormat1 } from "./format-1-cases.ts";
import { misfits } from "./fitting.ts";
import {
  type FrameworkVersion as Version,
  type RelevanceRule,
  VersionShape,
} from "./format-1-document.ts";
import { Rating } from "./format-1-ruleset.ts";
import type { Path } from "./misfit.ts";
import written from "./shipped/format-1.json" with { type: "json" };
import type { CaseQuestion, Standard } from "./standard.ts";

/** Letters of format 1 named the days of three requests; today a request's id stands there. */
const withRequests = (paragraph: string): string =>
  paragraph
    .replaceAll("{caseList}", "{case-list}")
    .replaceAll("{evidence}", "{evidence-in-advance}")
    .replaceAll("{contextualData}", "{contextual-data}");

const shorts: Readonly<Record<Rating, string>> = {
  Inadequate: "I",
  "Requires improvement": "RI",
  Good: "G",
  Outstanding: "O",
};

const scale = "ratings";

/** The letter of announcement: `{field}` stands for a fact, `to` is said to one office only. */
export const { announcementLetter } = written;

/** In the order in which they are hashed. */
export const columnsOfFormat1 = written.unsaid.columns as readonly Column[];

const { offices } = written;
const relevance = written.relevance as Readonly<Record<RelevanceRule, CaseQuestion["relevance"]>>;
const characteristics: Readonly<Record<string, Readonly<Record<Rating, string>>>> =
  written.characteristics;

/** What documents of format 1 did not say, because it was always the same. */
const unsaid = {
  ...written.unsaid,
  columns: columnsOfFormat1,
  caseFacts: written.unsaid.caseFacts as readonly CaseFact[],
  caseTallies: written.unsaid.caseTallies as readonly CaseTally[],
  letter: {
    subject: announcementLetter.subject,
    opening: announcementLetter.opening,
    offices: offices.map(({ id: office, label: named }) => ({
      id: office,
      label: named,
      paragraphs:
        announcementLetter.to[office as keyof typeof announcementLetter.to].map(withRequests),
    })),
    closing: announcementLetter.closing,
  },
};

/** The same framework in format 2: nothing that it rates by differs. */
export const documentOfFormat1 = (version: Version): Framework => {
  const { id, from, label, domains, ruleset } = version;
  const { bands, scores, overallBands, sampling, decides: _, notRated: __, ...kept } = ruleset;
  const { caseList, evidence, contextualData, ...timetable } = kept.timetable;
  return {
    ...unsaid,
    format: 2,
    id,
    from,
    label,
    scales: [
      {
        id: scale,
        label: "Ratings",
        grades: Rating.options.map((rating) => ({
          label: rating,
          points: scores[rating],
          short: shorts[rating],
        })),
      },
    ],
    caseBands: { [scale]: bands },
    populations: populationsOfFormat1(sampling),
    domains,
    standards: version.standards.map(standardOf1),
    overall: {
      scale,
      of: "standards",
      combine: { by: "sum", bands: overallBands },
      unrated: "withhold",
    },
    ruleset: { ...kept, timetable },
    requests: [
      {
        id: "case-list",
        label: "Case list",
        due: caseList,
      },
      {
        id: "evidence-in-advance",
        label: "Evidence in advance",
        due: evidence,
      },
      { id: "contextual-data", label: "Contextual data", due: contextualData },
    ],
  };
};

const standardOf1 = (standard: Version["standards"][number]): Standard => {
  const { code, domain, label, scored } = standard;
  const shared = { code, domain, label, scale, scored };
  if (standard.judged === "by-cases") {
    return {
      ...shared,
      judged: "by-cases",
      keyQuestions: standard.keyQuestions.map(({ relevance: rule, ...question }) => ({
        ...question,
        judged: "by-cases",
        population: standard.population,
        relevance: relevance[rule],
      })),
    };
  }
  return {
    ...shared,
    judged: "by-people",
    ...(characteristics[code] && { characteristics: characteristics[code] }),
    ...(standard.appliesWhere && {
      appliesWhere: {
        label: standard.appliesWhere.label,
        cases: { name: "disposal", oneOf: standard.appliesWhere.disposals },
      },
    }),
    keyQuestions: standard.keyQuestions.map((question) => ({ ...question, judged: "by-people" })),
  };
};

/** The document, once its parts are known to fit each other. */
export const FrameworkVersion = VersionShape.superRefine((version, context) => {
  for (const [i, { code, domain }] of version.standards.entries())
    if (!code.startsWith(`${domain}.`)) {
      const message = "the code begins with the domain's number";
      context.addIssue({ code: "custom", path: ["standards", i, "code"], message });
    }
  for (const { path, message } of misfits(documentOfFormat1(version)))
    context.addIssue({ code: "custom", path: placeIn(path), message });
});
export type FrameworkVersion = Version;

/** Where a place of the document in format 2 stands in format 1. */
const placeIn = ([first, second, third, ...rest]: Path): (string | number)[] => {
  if (first === "overall") return ["ruleset", "overallBands", ...rest];
  if (first === "caseBands") return ["ruleset", "bands", third!];
  return [first, second, third, ...rest].filter((step) => step !== undefined);
};
