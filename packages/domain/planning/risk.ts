/**
 * How urgent a service's inspection is, as a whole number from 0 to 1000 with its parts. Whole
 * numbers, so that every sum and comparison in the planner is exact.
 */
import { type Day, toEpochDay } from "../kernel/instants.ts";
import type { PlanningSettings, ServiceToInspect } from "./problem.ts";

/** The parts sum to the score. */
export type Risk = {
  readonly score: number;
  readonly caseload: number;
  readonly performance: number;
  readonly sinceLast: number;
};

/** The average length of a Gregorian month in days. */
const MONTH = 30.436875;

/**
 * Each part rises evenly from 0 to 1, is capped there, and counts by its weight: caseload with the
 * children supervised, performance as it falls from 100 to 0, time with the months from the last
 * inspection to `day`. Never inspected counts as the longest time.
 */
export const riskOf = (
  { caseload, performance, lastInspected }: ServiceToInspect,
  day: Day,
  { weights, greatest }: PlanningSettings,
): Risk => {
  const months = lastInspected
    ? (toEpochDay(day) - toEpochDay(lastInspected)) / MONTH
    : greatest.months;
  const total = weights.caseload + weights.performance + weights.sinceLast;
  const part = (weight: number, share: number): number =>
    total === 0 ? 0 : Math.round((1000 * weight * Math.min(1, Math.max(0, share))) / total);
  const parts = {
    caseload: part(weights.caseload, caseload / greatest.caseload),
    performance: part(weights.performance, 1 - performance / 100),
    sinceLast: part(weights.sinceLast, months / greatest.months),
  };
  return { ...parts, score: parts.caseload + parts.performance + parts.sinceLast };
};
