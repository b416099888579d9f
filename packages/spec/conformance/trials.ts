/** What is graded under each framework, and what that comes to by its rules, worked out by hand. */
import type { Framework } from "@assay/domain/framework/document.ts";
import { youthJustice2025 } from "@assay/domain/framework/shipped.ts";
import type { MadeUp } from "@assay/domain/reconstruction/made-up.ts";

import {
  care,
  careServices,
  childrensServices,
  colleges,
  police,
  prisons,
  schools,
} from "./documents.ts";
import { probation } from "./probation.ts";

type Ratings = Readonly<Record<string, string>>;

export type Trial = Pick<MadeUp, "kind" | "listed" | "drawn" | "short" | "overall"> & {
  readonly framework: Framework;
  readonly grades: Ratings;
  readonly ratings: Ratings;
  /** The overall rating; null where there is none. */
  readonly whole: string | null;
};

const scores = (...each: readonly string[]): Ratings =>
  Object.fromEntries(
    each.flatMap((row, at) => [...row].map((score, i) => [`K${at + 1}.${i + 1}`, score])),
  );

const prisonGrades = { T1: "poor", T2: "good", T3: "reasonably good", T4: "not sufficiently good" };
const schoolGrades = {
  ...{ A1: "exceptional", A2: "strong", A3: "expected standard", A4: "needs attention" },
  ...{ A5: "urgent improvement", A6: "strong", SG: "not met" },
};
const forceGrades = {
  ...{ C1: "outstanding", C2: "good", C3: "adequate" },
  ...{ C4: "requires improvement", C5: "inadequate" },
};
const unprotected = { J1: "inadequate", J2: "good", J3: "good", J4: "good" };
const badlyLed = { ...unprotected, J1: "good", J4: "inadequate" };
const collegeGrades = { L1: "outstanding", L2: "inadequate", M1: "good", M2: "outstanding" };
const careGrades = {
  ...{ "Q1.1": "excellent", "Q1.2": "weak", "Q2.1": "good", "Q2.2": "very good" },
  ...{ "Q3.1": "adequate", "Q3.2": "adequate", "Q4.1": "unsatisfactory", "Q4.2": "excellent" },
};
const ledWell = { "1.1": "Good", "1.2": "Good", "1.3": "Outstanding" };
const onVictims = { "V1.2": "Requires improvement" };

/**
 * Of 4 children's cases 3 are good enough for change in planning: 75%. 2 of 4 in delivering: 50%.
 * Of 3 victims' cases 2: 67%, and people say less.
 */
const youth = {
  framework: youthJustice2025,
  listed: { children: 4, victims: 3 },
  short: { "2.2.1": 1, "2.3.1": 2, "V1.1": 1 },
};
const onCases = {
  ...{ "2.1": "Outstanding", "2.2": "Good", "2.3": "Requires improvement" },
  V1: "Requires improvement",
};

const probationGrades = {
  ...{ "1.1": "Good", "1.2": "Inadequate" },
  ...{ "1.3": "Outstanding", "1.4": "Requires improvement" },
};

export const trials: Readonly<Record<string, Trial>> = {
  "prisons, without a rating of the whole": {
    ...{ framework: prisons, grades: prisonGrades, ratings: prisonGrades, whole: null },
  },
  "schools, with safeguarding met or not": {
    ...{ framework: schools, grades: schoolGrades, ratings: schoolGrades, whole: null },
  },
  "police forces, with five grades": {
    ...{ framework: police, grades: forceGrades, ratings: forceGrades, whole: null },
  },
  "care services, by the lowest of six grades": {
    framework: careServices,
    grades: careGrades,
    ratings: { Q1: "weak", Q2: "good", Q3: "adequate", Q4: "unsatisfactory" },
    whole: null,
  },
  "health and care, by points with limits": {
    framework: care,
    // 16 of 16; 14 of 16 with a 2: 88%, limited; 13 of 16 with a 1: 81%, limited; 10 of 16: 63%;
    // 6 of 16: 38%.
    grades: scores("4444", "4442", "4441", "3322", "2211"),
    ratings: {
      ...{ K1: "outstanding", K2: "good", K3: "requires improvement", K4: "good" },
      K5: "inadequate",
    },
    whole: "good",
  },
  "health and care, where two key questions are outstanding": {
    framework: care,
    grades: scores("4444", "4444", "3333", "3333", "3333"),
    ratings: { K1: "outstanding", K2: "outstanding", K3: "good", K4: "good", K5: "good" },
    whole: "outstanding",
  },
  "children's services, limited where protection is inadequate": {
    ...{ framework: childrensServices, grades: unprotected, ratings: unprotected },
    whole: "inadequate",
  },
  "children's services, where people decide": {
    ...{ framework: childrensServices, grades: badlyLed, ratings: badlyLed },
    ...{ overall: "good", whole: "good" },
  },
  "colleges, where people grade a domain": {
    framework: colleges,
    grades: { ...collegeGrades, 1: "requires improvement" },
    ratings: collegeGrades,
    // The domain that people grade is the lower one.
    whole: "requires improvement",
  },
  "youth justice in full": {
    ...youth,
    grades: { ...ledWell, ...onVictims },
    ratings: { ...ledWell, ...onCases },
    // (2 + 2 + 3 + 3 + 2 + 1 + 1) / 7 = 2.
    whole: "Good",
  },
  "youth justice, children and victims alone": {
    ...{ ...youth, kind: "children-and-victims" },
    grades: onVictims,
    ratings: onCases,
    // (3 + 2 + 1 + 1) / 4 = 1.75.
    whole: "Good",
  },
  "adult probation, from ten cases in five strata": {
    framework: probation,
    ...{ listed: { supervised: 10 }, drawn: { supervised: 5 } },
    grades: probationGrades,
    // Of 5 cases 1 falls short in planning: 80%; 2 in implementing: 60%; 3 in reviewing: 40%.
    short: { "2.2.1": 1, "2.3.2": 2, "2.4.2": 3 },
    ratings: {
      ...probationGrades,
      ...{ "2.1": "Outstanding", "2.2": "Outstanding", "2.3": "Requires improvement" },
      "2.4": "Inadequate",
    },
    // 2 + 0 + 3 + 1 + 3 + 3 + 1 + 0 = 13.
    whole: "Good",
  },
};
