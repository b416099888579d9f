/**
 * What documents of format 1 left to the engine about cases: the columns of their list, what an
 * inspector finds, and what each relevance rule and population means.
 */
import type { CaseFact, PopulationSettings } from "./case-list-settings.ts";
import type { Framework } from "./document.ts";
import { levels } from "./format-1-columns.ts";
import type { SamplingSettings } from "./sampling-settings.ts";
import type { CaseQuestion } from "./standard.ts";
import type { RelevanceRule } from "./format-1-document.ts";

export const caseFactsOfFormat1: readonly CaseFact[] = [
  {
    name: "inspectorRosh",
    label: "Your own level of risk to other people",
    type: { kind: "choice", values: levels },
  },
  {
    name: "inspectorSafety",
    label: "Your own level of risk to the child",
    type: { kind: "choice", values: levels },
  },
  {
    name: "childSafetyFactors",
    label: "Are there factors related to keeping the child safe?",
    type: { kind: "yes-no" },
  },
  {
    name: "desistanceChanged",
    label: "Did desistance factors change during supervision?",
    type: { kind: "yes-no" },
  },
  {
    name: "safetyChanged",
    label: "Did factors for the child’s safety change?",
    type: { kind: "yes-no" },
  },
  {
    name: "harmChanged",
    label: "Did factors for other people’s safety change?",
    type: { kind: "yes-no" },
  },
];

const fact = (
  name: string,
  met: string,
  unmet: string,
  counted: string,
): CaseQuestion["relevance"] => ({
  due: true,
  where: { name, equals: true },
  because: { met, unmet },
  counted: `Counts the cases in which ${counted}.`,
});

export const relevanceOfFormat1: Readonly<Record<RelevanceRule, CaseQuestion["relevance"]>> = {
  all: { due: false },
  due: { due: true, counted: "Counts the cases in which this work had fallen due." },
  childSafetyFactors: fact(
    "childSafetyFactors",
    "there were factors related to keeping the child safe",
    "the inspector found no factors related to keeping the child safe",
    "there were factors related to keeping the child safe",
  ),
  othersSafetyFactors: {
    due: true,
    where: { not: { name: "inspectorRosh", equals: "low" } },
    because: {
      met: "the risk of serious harm to other people was above low",
      unmet: "the inspector judged the risk of serious harm to other people to be low",
    },
    counted:
      "Counts the cases in which inspectors judged the risk of serious harm to other people to be " +
      "above low.",
  },
  desistanceChanged: fact(
    "desistanceChanged",
    "something that bears on reoffending had changed",
    "nothing that bears on reoffending had changed, so no review was called for",
    "factors related to desistance had changed",
  ),
  safetyChanged: fact(
    "safetyChanged",
    "something that bears on the child's safety had changed",
    "nothing that bears on the child's safety had changed, so no review was called for",
    "factors related to the child's safety had changed",
  ),
  harmChanged: fact(
    "harmChanged",
    "something that bears on other people's safety had changed",
    "nothing that bears on other people's safety had changed, so no review was called for",
    "factors related to harm to other people had changed",
  ),
  youthConditionalCaution: {
    due: false,
    where: { name: "disposal", equals: "youth-conditional-caution" },
    because: {
      met: "it is a youth conditional caution",
      unmet: "it is not a youth conditional caution",
    },
    counted: "Counts youth conditional cautions only.",
  },
};

const outOfCourt = [
  "youth-conditional-caution",
  "youth-caution",
  "community-resolution",
  "other",
] as const;

const person = { one: "child", many: "children" };

export const populationsOfFormat1 = (sampling: SamplingSettings): readonly PopulationSettings[] => {
  const { size, proportion, windows, enoughCourtCases } = sampling;
  const confidence = {
    by: "confidence",
    z: size.z,
    zOrigin: size.zOrigin,
    margin: size.margin,
    p: size.p,
  } as const;
  const drawn = {
    balancedOn: sampling.balancedOn,
    maxPerWorker: sampling.maxPerCaseManager,
    reservesPercent: sampling.reservesPercent,
  };
  return [
    {
      name: "court",
      label: "Court disposals",
      words: { case: { one: "court case", many: "court cases" }, person },
      where: { not: { name: "disposal", oneOf: [...outOfCourt] } },
      size: confidence,
      windows: windows.court,
      enough: enoughCourtCases,
      ...drawn,
    },
    {
      name: "outOfCourt",
      label: "Out-of-court disposals",
      words: { case: { one: "out-of-court case", many: "out-of-court cases" }, person },
      where: { name: "disposal", oneOf: [...outOfCourt] },
      size: {
        by: "ratio",
        to: "court",
        here: proportion.outOfCourt,
        there: proportion.court,
        otherwise: confidence,
      },
      windows: windows.outOfCourt,
      ...drawn,
    },
  ];
};

/**
 * The settings of a draw from two populations, where the second follows the first. Throws a
 * RangeError for a framework with other populations.
 */
export const samplingOf = ({ populations }: Framework): SamplingSettings => {
  const [first, second] = populations;
  if (first?.size.by !== "confidence" || second?.size.by !== "ratio") {
    throw new RangeError("only two populations, one following the other, can be drawn");
  }
  const { z, zOrigin, margin, p } = first.size;
  return {
    size: {
      formula: "finite-population-correction",
      statement: "n = ceil(n0 / (1 + (n0 - 1) / N)), n0 = z^2 p (1 - p) / margin^2",
      z,
      zOrigin,
      margin,
      p,
      rounding: "up",
    },
    proportion: { court: second.size.there, outOfCourt: second.size.here, rounding: "nearest" },
    windows: { court: [...first.windows], outOfCourt: [...second.windows] },
    enoughCourtCases: first.enough ?? 1,
    reservesPercent: first.reservesPercent,
    maxPerCaseManager: first.maxPerWorker ?? 1000,
    balancedOn: first.balancedOn as SamplingSettings["balancedOn"],
  };
};
