/**
 * When each step of an inspection falls due, as offsets in working days of England and Wales, and
 * the days that follow from the first and last day of fieldwork.
 */
import { z } from "zod";

import { Day } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { SettingId } from "./setting-id.ts";

/** What an offset is counted from. Each is known before anything that is counted from it. */
const Anchor = z.enum(["fieldwork-start", "fieldwork-end", "announcement", "draft", "publication"]);

/** So many working days after the anchor; before it, when negative; zero: the anchor's own day. */
export const Offset = z.strictObject({ from: Anchor, workingDays: z.int().min(-250).max(250) });

/** The request that a list of cases answers: every framework that samples cases has it. */
export const CASE_LIST = "case-list";

export const offsetFrom = <const Name extends z.infer<typeof Anchor>>(...names: readonly Name[]) =>
  Offset.extend({ from: z.enum(names) });

export const TimetableSettings = z.strictObject({
  announcement: offsetFrom("fieldwork-start"),
  /** Left out where no cases are sampled. */
  sample: offsetFrom("announcement").optional(),
  feedback: offsetFrom("fieldwork-end"),
  panel: offsetFrom("fieldwork-end"),
  draft: offsetFrom("fieldwork-end"),
  factualAccuracy: offsetFrom("draft"),
  publication: offsetFrom("fieldwork-end"),
  signOff: offsetFrom("publication", "fieldwork-end"),
  embargo: offsetFrom("publication"),
  actionPlan: offsetFrom("publication"),
});
export type TimetableSettings = z.infer<typeof TimetableSettings>;

/** The day by which each step is planned to be done. */
export const Timetable = z.strictObject({
  announcement: Day,
  /** By when each thing is asked for. */
  requests: z.record(SettingId, Day),
  sample: Day.optional(),
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

/** A step of the timetable that has a day of its own. */
export type PlannedStep = Exclude<keyof Timetable, "requests">;

export type Fieldwork = { readonly start: Day; readonly end: Day };

/** All by which days follow from those of fieldwork: a framework has them. */
export type Scheduling = {
  readonly ruleset: { readonly timetable: TimetableSettings };
  readonly requests: readonly { readonly id: SettingId; readonly due: z.infer<typeof Offset> }[];
};

/** The days that the framework gives for fieldwork on these days (ends included). */
export const timetableFor = (fieldwork: Fieldwork, by: Scheduling): Timetable => {
  const { timetable: settings } = by.ruleset;
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
    requests: Object.fromEntries(by.requests.map(({ id, due }) => [id, on(due)])),
    ...(settings.sample && { sample: on(settings.sample) }),
    fieldworkStart: fieldwork.start,
    fieldworkEnd: fieldwork.end,
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

/** By when the request should be answered. Throws a RangeError for one that is not made. */
export const dueOf = (request: SettingId, { requests }: Pick<Timetable, "requests">): Day => {
  const due = requests[request];
  if (!due) throw new RangeError(`there is no request ${request}`);
  return due;
};

/** Every day of the timetable by its name, those of requests by the request's id. */
export const daysIn = ({ requests, ...days }: Timetable): readonly (readonly [string, Day])[] => [
  ...Object.entries(requests),
  ...Object.entries(days).flatMap(([name, day]) => (day ? [[name, day] as const] : [])),
];

const anchored =
  <Name extends string>(days: Readonly<Record<Name, Day>>) =>
  (offset: { readonly from: Name; readonly workingDays: number }): Day =>
    addWorkingDays(days[offset.from], offset.workingDays);
