/** The rules by which a programme is planned, as a form: each a number, with what it does. */
import type { PlanningRules } from "@assay/domain/announcement/programme/events.ts";

import type { Action, Field } from "./actions.ts";

/** Lines for team sizes that are offered beyond those in force. */
const spareLines = 2;

const number = (name: string, label: string, value: number | undefined): Field => ({
  kind: "number",
  name: `rules.${name}`,
  label,
  ...(value !== undefined && { value: String(value) }),
});

export const rulesAction = (rules: PlanningRules): Action => ({
  type: "ChangePlanningRules",
  title: "Change the planning rules",
  about: "A schedule that is proposed already has to be proposed again.",
  button: "Change the rules",
  fields: [...risk(rules), ...pace(rules), ...sizes(rules)],
});

/** Only the weights' proportions matter. */
const risk = ({ weights, greatest }: PlanningRules): readonly Field[] => [
  number("weights.caseload", "Risk: weight of the caseload", weights.caseload),
  number("weights.performance", "Risk: weight of past performance", weights.performance),
  number(
    "weights.sinceLast",
    "Risk: weight of the time since the last inspection",
    weights.sinceLast,
  ),
  number(
    "greatest.caseload",
    "Caseload from which that part is at its greatest",
    greatest.caseload,
  ),
  number(
    "greatest.months",
    "Months since the last inspection from which that part is at its greatest",
    greatest.months,
  ),
];

const pace = (rules: PlanningRules): readonly Field[] => [
  number("fieldworksAWeek", "Fieldworks in one week, at most", rules.fieldworksAWeek),
  number("aheadOfPace", "Fieldworks ahead of an even pace, at most", rules.aheadOfPace),
  number(
    "leastWorkingDays",
    "Working days in a week of fieldwork, at least",
    rules.leastWorkingDays,
  ),
  number(
    "leadInWorkingDays",
    "Working days before the first fieldwork, at least",
    rules.leadInWorkingDays,
  ),
  number(
    "leastMonthsBetween",
    "Months between inspections of one service, at least",
    rules.leastMonthsBetween,
  ),
  number("restWeeks", "Free weeks between two fieldworks of one person", rules.restWeeks),
  number("leadRestWeeks", "Free weeks between two that one person leads", rules.leadRestWeeks),
];

const sizes = ({ teamSizes }: PlanningRules): readonly Field[] =>
  Array.from({ length: teamSizes.length + spareLines }, (_, place) => [
    number(
      `teamSizes.${place}.fromCaseload`,
      `Team size ${place + 1}: from this caseload`,
      teamSizes[place]?.fromCaseload,
    ),
    number(
      `teamSizes.${place}.people`,
      `Team size ${place + 1}: people, the lead included`,
      teamSizes[place]?.people,
    ),
  ]).flat();
