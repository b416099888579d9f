/** Reads a document of format 1, which knew one scale and two populations, as one of format 2. */
import { announcementLetter, offices } from "./format-1-letter.ts";
import { populationsOfFormat1, relevanceOfFormat1 } from "./format-1-cases.ts";
import { caseFactsOfFormat1, caseTalliesOfFormat1, columnsOfFormat1 } from "./format-1-columns.ts";
import type { Framework } from "./document.ts";
import { characteristicsOf } from "./format-1-characteristics.ts";
import { Rating } from "./format-1-ruleset.ts";
import type { Standard } from "./standard.ts";
import type { FrameworkVersion } from "./format-1-document.ts";

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

/** What documents of format 1 did not say, because it was always the same. */
const unsaid = {
  language: "en-GB",
  authority: { name: "The inspectorate", office: "Chief Inspector" },
  words: {
    service: { one: "youth offending service", many: "youth offending services" },
    case: { one: "case", many: "cases" },
    person: { one: "child", many: "children" },
    worker: { one: "case manager", many: "case managers" },
  },
  provisional: [],
  kinds: [{ id: "full", label: "Full inspection", fieldworkWeeks: 1 }],
  columns: columnsOfFormat1,
  caseFacts: caseFactsOfFormat1,
  caseTallies: caseTalliesOfFormat1,
  letter: {
    subject: announcementLetter.subject,
    opening: announcementLetter.opening,
    offices: offices.map(({ id: office, label: named }) => ({
      id: office,
      label: named,
      paragraphs: announcementLetter.to[office].map(withRequests),
    })),
    closing: announcementLetter.closing,
  },
  evidenceKinds: [
    { id: "document", label: "Document" },
    { id: "meeting", label: "Meeting" },
    { id: "focus-group", label: "Focus group" },
    { id: "interview", label: "Interview" },
    { id: "presentation", label: "Presentation" },
    { id: "survey", label: "Survey" },
    { id: "case-finding", label: "Case finding" },
  ],
  surveys: [
    { id: "staff", label: "Staff survey" },
    { id: "children", label: "Children’s text survey" },
  ],
  partners: [],
  report: {
    title: "An inspection of youth offending services",
    sections: [
      { id: "foreword", label: "Foreword", required: true },
      { id: "executive-summary", label: "Executive summary", required: true },
      { id: "background", label: "Background", required: true },
      { id: "contextual-facts", label: "Contextual facts", required: true },
    ],
    methodology: [],
  },
} as const;

/** The same framework in format 2: nothing that it rates by differs. */
export const documentOfFormat1 = (version: FrameworkVersion): Framework => {
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

const standardOf1 = (standard: FrameworkVersion["standards"][number]): Standard => {
  const { code, domain, label, scored } = standard;
  const characteristics = characteristicsOf(code);
  const shared = { code, domain, label, scale, scored };
  if (standard.judged === "by-cases") {
    return {
      ...shared,
      judged: "by-cases",
      keyQuestions: standard.keyQuestions.map(({ relevance, ...question }) => ({
        ...question,
        judged: "by-cases",
        population: standard.population,
        relevance: relevanceOfFormat1[relevance],
      })),
    };
  }
  return {
    ...shared,
    judged: "by-people",
    ...(characteristics && { characteristics }),
    ...(standard.appliesWhere && {
      appliesWhere: {
        label: standard.appliesWhere.label,
        cases: { name: "disposal", oneOf: standard.appliesWhere.disposals },
      },
    }),
    keyQuestions: standard.keyQuestions.map((question) => ({ ...question, judged: "by-people" })),
  };
};
