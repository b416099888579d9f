/**
 * The rules of the 2018–2021 inspections. What the published reports print: bands, the lowest key
 * question, discretion's three triggers, overall bands, confidence and margin, 60 to 40, the first
 * windows. Everything else is our default, and a setting.
 */
import type { Ruleset } from "./format-1-ruleset.ts";

export const defaultRuleset: Ruleset = {
  id: "yos-rules-1",
  rounding: "half-up",
  bands: { Inadequate: 0, "Requires improvement": 50, Good: 65, Outstanding: 80 },
  decides: "lowest-key-question",
  discretion: { domains: [2, 3], withinPoints: 5, smallSample: 5, maxBands: 1 },
  scores: { Inadequate: 0, "Requires improvement": 1, Good: 2, Outstanding: 3 },
  overallBands: { Inadequate: 0, "Requires improvement": 7, Good: 19, Outstanding: 31 },
  notRated: "withhold-overall",
  sampling: {
    size: {
      formula: "finite-population-correction",
      statement: "n = ceil(n0 / (1 + (n0 - 1) / N)), n0 = z^2 p (1 - p) / margin^2",
      z: 1.28155,
      zOrigin: "two-sided 80% confidence: the standard normal's quantile at 0.90, five decimals",
      margin: 0.05,
      p: 0.5,
      rounding: "up",
    },
    proportion: { court: 60, outOfCourt: 40, rounding: "nearest" },
    // Published widenings (5–12, 6–14, 2–11 months) do not contain each other; ours do.
    windows: {
      court: [
        { from: 6, to: 9 },
        { from: 5, to: 12 },
        { from: 3, to: 14 },
        { from: 2, to: 18 },
      ],
      outOfCourt: [
        { from: 3, to: 5 },
        { from: 2, to: 6 },
        { from: 2, to: 9 },
        { from: 2, to: 12 },
      ],
    },
    // The smallest published court sample.
    enoughCourtCases: 8,
    reservesPercent: 20,
    maxPerCaseManager: 6,
    balancedOn: ["gender", "disposal", "rosh", "safety"],
  },
  timetable: {
    announcement: { from: "fieldwork-start", workingDays: -25 },
    caseList: { from: "announcement", workingDays: 5 },
    sample: { from: "announcement", workingDays: 10 },
    evidence: { from: "announcement", workingDays: 10 },
    contextualData: { from: "announcement", workingDays: 10 },
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
};
