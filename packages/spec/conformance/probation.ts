/** Adult probation: half judged by people, half on one sample that is balanced on five strata. */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { CaseQuestion, Standard } from "@assay/domain/framework/standard.ts";
import { youthJustice2025 } from "@assay/domain/framework/shipped.ts";

import { framework, scale, whole, words } from "./documents.ts";

const four = ["Inadequate", "Requires improvement", "Good", "Outstanding"];

const strata = [
  ["female", "Female"],
  ["male-community-low", "Male, in the community, low risk of serious harm"],
  ["male-community-not-low", "Male, in the community, no low risk of serious harm"],
  ["male-custody-low", "Male, in custody, low risk of serious harm"],
  ["male-custody-not-low", "Male, in custody, no low risk of serious harm"],
] as const;

const matters: readonly (readonly [string, string, CaseQuestion["relevance"]])[] = [
  ["engagement", "Engaging the person on probation", { due: false }],
  ["offending", "Factors linked to offending and desistance", { due: true }],
  [
    "others",
    "Safety of other people",
    { due: true, where: { name: "othersAtRisk", equals: true } },
  ],
];

const onCases = (label: string, place: number): Standard => {
  const code = `2.${place + 1}`;
  return {
    ...{ code, domain: 1, label, scale: "ratings", scored: true, judged: "by-cases" },
    keyQuestions: matters.map(([name, matter, relevance], at) => ({
      ...{ code: `${code}.${at + 1}`, name, label: `${label}: ${matter}` },
      ...{ judged: "by-cases", population: "supervised", relevance, prompts: [] },
    })),
  };
};

const [list] = youthJustice2025.requests;
const bare = framework({
  id: "adult-probation",
  label: "Probation delivery units",
  words: words("probation delivery unit", "probation delivery units", "offender", "offenders"),
  scales: [scale("ratings", four)],
  standards: [
    ...["Leadership", "Staff", "Services", "Information and facilities"].map((label, at) => ({
      ...whole(`1.${at + 1}`, label, "ratings"),
      scored: true,
    })),
    ...["Assessment", "Planning", "Implementation", "Reviewing"].map(onCases),
  ],
  overall: {
    scale: "ratings",
    of: "standards",
    combine: {
      by: "sum",
      bands: { Inadequate: 0, "Requires improvement": 5, Good: 13, Outstanding: 20 },
    },
    unrated: "withhold",
  },
});

export const probation: Framework = {
  ...bare,
  caseBands: {
    ratings: { Inadequate: 0, "Requires improvement": 50, Good: 65, Outstanding: 80 },
  },
  caseFacts: [
    { name: "othersAtRisk", label: "Is anybody else at risk?", type: { kind: "yes-no" } },
  ],
  columns: [
    {
      ...{ name: "crn", label: "Case reference number", purpose: "reference" },
      type: { kind: "text", most: 20 },
    },
    {
      ...{ name: "officer", label: "Probation officer", purpose: "worker" },
      type: { kind: "text", most: 20 },
    },
    { name: "sentenced", label: "Day of the sentence", type: { kind: "day" }, purpose: "day" },
    {
      ...{ name: "stratum", label: "Stratum" },
      type: { kind: "choice", values: strata.map(([value, label]) => ({ value, label })) },
    },
  ],
  populations: [
    {
      name: "supervised",
      label: "People on probation",
      words: {
        case: { one: "probation case", many: "probation cases" },
        person: { one: "offender", many: "offenders" },
      },
      where: { name: "stratum", oneOf: strata.map(([value]) => value) },
      size: {
        ...{ by: "confidence", z: 1.28155, zOrigin: "two-sided 80% confidence" },
        ...{ margin: 0.05, p: 0.5 },
      },
      windows: [{ from: 6, to: 8 }],
      balancedOn: ["stratum"],
      reservesPercent: 20,
    },
  ],
  ruleset: {
    ...bare.ruleset,
    timetable: { ...bare.ruleset.timetable, sample: { from: "announcement", workingDays: 10 } },
  },
  requests: [list!, ...bare.requests],
};
