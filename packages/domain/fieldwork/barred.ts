/** What bars a command of fieldwork beside the phase, whatever its fields say. */
import { judgedIn } from "../briefing/inspection.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { Bars, Prospect } from "../lifecycle/aggregate.ts";
import { alertBarred } from "./alerts.ts";
import { stillOpen } from "./closing.ts";
import type { FieldworkCommand, FieldworkRefusal } from "./commands.ts";
import type { FieldworkState } from "./state.ts";

const outsideTheSample = (
  { case: id }: Prospect,
  { briefing }: FieldworkState,
): FieldworkRefusal | undefined =>
  id === undefined || briefing.sample.has(id) ? undefined : { reason: "NotInTheSample", case: id };

export const fieldworkBarred: Bars<FieldworkCommand["type"], FieldworkState, FieldworkRefusal> = {
  AllocateCase: outsideTheSample,
  DeclareConflict: outsideTheSample,
  RaiseAlert: outsideTheSample,
  DrawQualitySample: (_, { quality }) =>
    quality && { reason: "QualitySampleAlreadyDrawn", seed: quality.seed },
  OpenFieldwork: ({ at }, { briefing: { timetable } }) =>
    timetable && dayInEngland(at) < timetable.fieldworkStart
      ? { reason: "NotYetDue", due: timetable.fieldworkStart }
      : undefined,
  CloseSurvey: (_, { briefing, surveys }) =>
    (briefing.framework?.surveys ?? []).some(({ id }) => !surveys.has(id))
      ? undefined
      : { reason: "NoSurveyLeft" },
  NotifyAlert: alertBarred({ answered: "AlertAnswered", closed: "AlertClosed" }),
  AnswerAlert: alertBarred({ raised: "AlertNotNotified", closed: "AlertClosed" }),
  CloseAlert: alertBarred({
    raised: "AlertNotAnswered",
    notified: "AlertNotAnswered",
    closed: "AlertClosed",
  }),
  ProposeDomainOne: ({ standard }, { briefing, evidence }) => {
    const judged = judgedIn(briefing);
    if (standard !== undefined && !judged.some(({ code }) => code === standard))
      return { reason: "NotJudgedByPeople", standard };
    return evidence.size > 0 ? undefined : { reason: "NoEvidence" };
  },
  CloseFieldwork: (_, state) => stillOpen(state),
};
