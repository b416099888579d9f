/**
 * When each step of an inspection falls due, as offsets in working days of England and Wales, and
 * the days that follow from the first and last day of fieldwork.
 */
import { z } from "zod";

import { Day } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";

/** What an offset is counted from. Each is known before anything that is counted from it. */
const Anchor = z.enum(["fieldwork-start", "fieldwork-end", "announcement", "draft", "publication"]);

/** So many working days after the anchor; before it, when negative; zero: the anchor's own day. */
export const Offset = z.strictObject({ from: Anchor, workingDays: z.int().min(-250).max(250) });

/** What the service is asked for when the inspection is announced. */
export const RequestKind = z.enum(["case-list", "evidence-in-advance", "contextual-data"]);
export type RequestKind = z.infer<typeof RequestKind>;

const from = <const Name extends z.infer<typeof Anchor>>(...names: readonly Name[]) =>
  Offset.extend({ from: z.enum(names) });

export const TimetableSettings = z.strictObject({
  announcement: from("fieldwork-start"),
  caseList: from("announcement"),
  sample: from("announcement"),
  evidence: from("announcement"),
  contextualData: from("announcement"),
  feedback: from("fieldwork-end"),
  panel: from("fieldwork-end"),
  draft: from("fieldwork-end"),
  factualAccuracy: from("draft"),
  publication: from("fieldwork-end"),
  signOff: from("publication", "fieldwork-end"),
  embargo: from("publication"),
  actionPlan: from("publication"),
});
export type TimetableSettings = z.infer<typeof TimetableSettings>;

/** The day by which each step is planned to be done. */
export const Timetable = z.strictObject({
  announcement: Day,
  caseList: Day,
  sample: Day,
  evidence: Day,
  contextualData: Day,
  fieldworkStart: Day,
  fieldworkEnd: Day,
  feedback: Day,
  panel: Day,
  draft: Day,
  factualAccuracy: Day,
  signOff: Day,
  embargo: Day,
  publication: Day,
  actionPlan: Day,
});
export type Timetable = z.infer<typeof Timetable>;

export type Fieldwork = { readonly start: Day; readonly end: Day };

/** The days that the timetable gives for fieldwork on these days (ends included). */
export const timetableFor = (fieldwork: Fieldwork, settings: TimetableSettings): Timetable => {
  const days = { "fieldwork-start": fieldwork.start, "fieldwork-end": fieldwork.end };
  const first = anchored(days);
  const anchors = {
    ...days,
    announcement: first(settings.announcement),
    draft: first(settings.draft),
    publication: first(settings.publication),
  };
  const on = anchored(anchors);
  return {
    announcement: anchors.announcement,
    caseList: on(settings.caseList),
    sample: on(settings.sample),
    evidence: on(settings.evidence),
    fieldworkStart: fieldwork.start,
    fieldworkEnd: fieldwork.end,
    contextualData: on(settings.contextualData),
    feedback: on(settings.feedback),
    panel: on(settings.panel),
    draft: anchors.draft,
    factualAccuracy: on(settings.factualAccuracy),
    signOff: on(settings.signOff),
    embargo: on(settings.embargo),
    publication: anchors.publication,
    actionPlan: on(settings.actionPlan),
  };
};

/** By when the service should have answered a request. */
export const dueOf = (request: RequestKind, timetable: Timetable): Day => {
  switch (request) {
    case "case-list":
      return timetable.caseList;
    case "evidence-in-advance":
      return timetable.evidence;
    case "contextual-data":
      return timetable.contextualData;
  }
};

const anchored =
  <Name extends string>(days: Readonly<Record<Name, Day>>) =>
  (offset: { readonly from: Name; readonly workingDays: number }): Day =>
    addWorkingDays(days[offset.from], offset.workingDays);
