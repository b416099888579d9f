/** The rules by which a programme is planned, as a form: each a number, with what it does. */
import type { PlanningRules } from "@assay/domain/announcement/programme/events.ts";

import { form, type Form, number } from "./form.ts";

/** Lines for team sizes that are offered beyond those in force. */
const spareLines = 2;

const asked = (label: string, value: number | undefined) =>
  number(label, value === undefined ? {} : { value: String(value) });

/** Of the weights, only the proportions matter. */
export const rulesForm = (rules: PlanningRules): Form => {
  const { weights, greatest } = rules;
  return form({
    type: "ChangePlanningRules",
    title: "Change the planning rules",
    about: "A schedule that is proposed already has to be proposed again.",
    button: "Change the rules",
    says: {
      rules: {
        weights: {
          caseload: asked("Risk: weight of the caseload", weights.caseload),
          performance: asked("Risk: weight of past performance", weights.performance),
          sinceLast: asked("Risk: weight of the time since the last inspection", weights.sinceLast),
        },
        greatest: {
          caseload: asked("Caseload from which that part is at its greatest", greatest.caseload),
          months: asked(
            "Months since the last inspection from which that part is at its greatest",
            greatest.months,
          ),
        },
        fieldworksAWeek: asked("Fieldworks that begin in one week, at most", rules.fieldworksAWeek),
        aheadOfPace: asked("Fieldworks ahead of an even pace, at most", rules.aheadOfPace),
        leastWorkingDays: asked(
          "Working days in a week of fieldwork, at least",
          rules.leastWorkingDays,
        ),
        leadInWorkingDays: asked(
          "Working days before the first fieldwork, at least",
          rules.leadInWorkingDays,
        ),
        leastMonthsBetween: asked(
          "Months between inspections of one service, at least",
          rules.leastMonthsBetween,
        ),
        restWeeks: asked("Free weeks between two fieldworks of one person", rules.restWeeks),
        leadRestWeeks: asked("Free weeks between two that one person leads", rules.leadRestWeeks),
        teamSizes: sizes(rules),
      },
    },
  });
};

const sizes = ({ teamSizes }: PlanningRules) =>
  Array.from({ length: teamSizes.length + spareLines }, (_, place) => ({
    fromCaseload: asked(
      `Team size ${place + 1}: from this caseload`,
      teamSizes[place]?.fromCaseload,
    ),
    people: asked(`Team size ${place + 1}: people, the lead included`, teamSizes[place]?.people),
  }));
