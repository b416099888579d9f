/**
 * The framework of youth justice services from 2025: work with children and with victims, and how
 * the service is led. What its authority has not published is marked as provisional.
 */
import type { Day } from "../kernel/instants.ts";
import type { Framework } from "./document.ts";
import { youthJusticeCases } from "./youth-justice-2025-cases.ts";
import { youthJusticeLetter } from "./youth-justice-2025-letter.ts";
import { youthJusticeTables } from "./youth-justice-2025-tables.ts";
import { youthJusticeStandards } from "./youth-justice-2025-standards.ts";

const notPublished = "The authority has not published it.";

export const youthJustice2025: Framework = {
  format: 2,
  id: "youth-justice-2025",
  from: "2025-04-01" as Day,
  label: "Youth justice services, 2025",
  language: "en-GB",
  authority: { name: "The inspectorate", office: "Chief Inspector" },
  words: {
    service: { one: "youth justice service", many: "youth justice services" },
    case: { one: "case", many: "cases" },
    person: { one: "person", many: "people" },
    worker: { one: "worker", many: "workers" },
  },
  provisional: [
    { at: ["from"], what: "The first day", why: "Only the season, spring 2025, is published." },
    {
      at: ["standards.0", "standards.1", "standards.2"],
      what: "The standards on organisational delivery",
      why: "They were revised, and their new wording has not been published.",
    },
    {
      at: ["standards.3.keyQuestions", "standards.4.keyQuestions", "standards.5.keyQuestions"],
      what: "Prompts, and which cases a key question concerns",
      why: "The matters that are judged are published, the prompts are not.",
    },
    {
      at: ["caseBands.ratings"],
      what: "The bands of percentages",
      why: "Those of the framework of 2018, until others are published.",
    },
    {
      at: ["standards.6.combine"],
      what: "How the two questions on victims make one rating",
      why: `${notPublished} The lower of the two is taken.`,
    },
    {
      at: ["overall.combine"],
      what: "How the overall rating is made",
      why: `${notPublished} The mean of the standards is taken, with 0 to 3 points each.`,
    },
    { at: ["ruleset.discretion"], what: "Professional discretion", why: notPublished },
    {
      at: ["ruleset.timetable"],
      what: "The notice given, and the days that follow from fieldwork",
      why: notPublished,
    },
    {
      at: ["requests", "report.tables", "report.texts"],
      what: "Templates of what is asked for, and the tables and texts of a report",
      why: "That there are templates is published, what they hold is not.",
    },
    { at: ["partners"], what: "Which partners join the team, and for what", why: notPublished },
    {
      at: ["populations.0.windows", "populations.1.windows", "populations.0.balancedOn"],
      what: "Which cases are recent enough, and what the sample is balanced on",
      why: notPublished,
    },
  ],
  kinds: [
    { id: "full", label: "Full inspection", fieldworkWeeks: 2 },
    {
      id: "children-and-victims",
      label: "Inspection of work with children and victims",
      domains: [2, 3],
      fieldworkWeeks: 1,
    },
  ],
  scales: [
    {
      id: "ratings",
      label: "Ratings",
      grades: [
        { label: "Inadequate", points: 0, short: "I" },
        { label: "Requires improvement", points: 1, short: "RI" },
        { label: "Good", points: 2, short: "G" },
        { label: "Outstanding", points: 3, short: "O" },
      ],
    },
  ],
  caseBands: {
    ratings: { Inadequate: 0, "Requires improvement": 50, Good: 65, Outstanding: 80 },
  },
  ...youthJusticeCases,
  caseTallies: [],
  domains: [
    { number: 1, label: "Organisational delivery" },
    { number: 2, label: "Work with children" },
    { number: 3, label: "Work with victims" },
  ],
  standards: youthJusticeStandards,
  overall: {
    scale: "ratings",
    of: "standards",
    combine: {
      by: "mean",
      rounding: "none",
      bands: { Inadequate: 0, "Requires improvement": 0.5, Good: 1.5, Outstanding: 2.5 },
    },
    unrated: "withhold",
  },
  ruleset: {
    id: "youth-justice-rules-1",
    rounding: "half-up",
    discretion: { domains: [2], withinPoints: 5, smallSample: 5, maxBands: 1 },
    timetable: {
      announcement: { from: "fieldwork-start", workingDays: -20 },
      sample: { from: "announcement", workingDays: 10 },
      feedback: { from: "fieldwork-end", workingDays: 0 },
      panel: { from: "fieldwork-end", workingDays: 10 },
      draft: { from: "fieldwork-end", workingDays: 20 },
      factualAccuracy: { from: "draft", workingDays: 10 },
      signOff: { from: "publication", workingDays: -5 },
      embargo: { from: "publication", workingDays: -3 },
      publication: { from: "fieldwork-end", workingDays: 55 },
      actionPlan: { from: "publication", workingDays: 15 },
    },
    panel: { quorum: 3, leadVotes: false, castingVote: "chair" },
    assurance: { secondMarkingPercent: 10, dipSamplePercent: 10 },
    report: { percentagesFromCases: 30, publicationTime: "00:01" },
    retention: { caseTextMonths: 24, caseListMonths: 12 },
  },
  ...youthJusticeLetter,
  surveys: [
    { id: "staff", label: "Survey of staff" },
    { id: "children", label: "Survey of children" },
    { id: "victims", label: "Survey of victims" },
  ],
  partners: [
    { id: "health", label: "Health", role: "Looks at the work of health services" },
    { id: "education", label: "Education", role: "Looks at schooling, training and work" },
    { id: "police", label: "Police", role: "Looks at the work of the police" },
    {
      id: "social-care",
      label: "Children’s social care",
      role: "Looks at the work of children’s social care",
    },
  ],
  report: {
    title: "An inspection of youth justice services",
    sections: [
      { id: "foreword", label: "Foreword", required: true },
      { id: "executive-summary", label: "Summary", required: true },
      { id: "background", label: "Background", required: true },
      { id: "contextual-facts", label: "Facts about the service", required: true },
      {
        id: "after-fieldwork",
        label: "Information received after fieldwork",
        required: false,
        after: true,
      },
      { id: "acknowledgements", label: "Acknowledgements", required: false, after: true },
    ],
    texts: { standard: "optional", question: "optional" },
    tables: youthJusticeTables,
    licence: {
      label: "Open Government Licence v3.0",
      url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    methodology: [
      "Work with children is inspected in one domain, whether a court sentenced them, they were " +
        "dealt with out of court, or they were on bail, on remand or resettled after custody.",
      "Work with victims has a standard of its own, of which one question is answered case by " +
        "case and the other by people.",
    ],
  },
};
