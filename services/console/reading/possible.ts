/**
 * What somebody may ask of an inspection or of one of its cases now, as the rules of each step say
 * before they are given the fields: asked for every form of the console, and told by the API.
 */
import { erasure } from "@assay/domain/announcement/erasure/decide.ts";
import { emptyFile } from "@assay/domain/briefing/case-file.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import { CASE_LIST, type PlannedStep, type Timetable } from "@assay/domain/framework/timetable.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { Day, dayInEngland, Instant } from "@assay/domain/kernel/instants.ts";
import type { Prospect } from "@assay/domain/lifecycle/aggregate.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";
import type { PostCommand } from "@assay/domain/reminders/commands.ts";
import { reminders } from "@assay/domain/reminders/decide.ts";
import {
  type AnyCommand,
  categoryTaking,
  type CommandName,
  registry,
} from "@assay/domain/steps.ts";

import { isNeeded, partsOf } from "../http/coerce.ts";
import { refusalInWords } from "../wording/refusals.ts";
import type { Refusal } from "../wording/refusals-beyond.ts";
import { checkedIn } from "./drafts.ts";
import type { Events, Held } from "./held.ts";
import type { Viewer } from "./viewer.ts";

/** What a command is about, where an inspection or a programme has several such. */
export type Subject = Omit<Prospect, "by" | "at">;

/** Why it is refused whatever else is said, in a sentence too, and when it no longer is. */
export type Barred = Refusal & {
  readonly because: string;
  readonly from: Day | Instant | undefined;
};

/** What people ask within an inspection. */
export type Within = AnyCommand["type"] | PostCommand["type"];

/** What is held of it, and its events where its report may be asked about, which is checked. */
export type Read = { readonly held: Held; readonly events?: Events };

/** Undefined where it depends on what is said. */
export const barredOn = (
  { held, events }: Read,
  type: Within,
  asked: Prospect,
): Barred | undefined => {
  const { aggregate, state } = ruledBy(held, type, asked.case);
  const refusal =
    (aggregate as unknown as Asks).prospect(type, asked, state) ?? checkedIn(events, type);
  return (
    refusal && { ...refusal, because: refusalInWords(refusal), from: fromIn(refusal, held, asked) }
  );
};

type Asks = {
  readonly prospect: (type: string, asked: Prospect, state: unknown) => Refusal | undefined;
};

/** The day that is planned for what has to happen first, or that the refusal itself names. */
const fromIn = (
  { first, due, copiesFrom, named }: Refusal,
  { announcement }: Held,
  { at }: Prospect,
): Day | Instant | undefined => {
  const { timetable } = announcement.briefing;
  if (typeof first === "string") return timetable && dayIn(timetable, first);
  const told = copiesFrom ?? due ?? (named as { readonly at?: unknown } | undefined)?.at;
  const from = Day.safeParse(told).data ?? Instant.safeParse(told).data;
  return from !== undefined && from > (from.length > 10 ? at : dayInEngland(at)) ? from : undefined;
};

const dayIn = (timetable: Timetable, fact: string): Day | undefined => {
  if (fact === "CaseListSubmitted") return timetable.requests[CASE_LIST];
  const step = dayOf[fact];
  return step && timetable[step];
};

/** What they may send now, and what of theirs is refused whatever they say. */
export type Possible = {
  readonly now: readonly CommandName[];
  readonly refused: readonly (Pick<Barred, "reason" | "because"> & {
    readonly command: CommandName;
    readonly phase?: string;
    readonly first?: string;
    readonly from?: Day | Instant;
  })[];
};

/** About the inspection as a whole, or about the case. */
export const possibleTo = (
  viewer: Viewer,
  read: Read,
  { at, case: id }: { readonly at: Instant; readonly case?: CaseId },
): Possible => {
  const now: CommandName[] = [];
  const refused: Possible["refused"][number][] = [];
  if (viewer.kind !== "person") return { now, refused };
  for (const type of id === undefined ? ofInspections : ofCases) {
    const about = id === undefined ? subjectsOf(read.held, type) : [{ case: id }];
    const all = about.map((each) => barredOn(read, type, { by: viewer.actor, at, ...each }));
    const bars = all.filter((each) => each !== undefined && each.reason !== "NotPermitted");
    if (all.includes(undefined)) now.push(type);
    else if (bars[0]) refused.push({ command: type, ...toldOf(bars[0]) });
  }
  return { now, refused };
};

const toldOf = ({ reason, because, from, phase, first }: Barred) => ({
  ...{ reason, because },
  ...(from !== undefined && { from }),
  ...(typeof phase === "string" && { phase }),
  ...(typeof first === "string" && { first }),
});

/** All that the command may be about: what there is none of, nothing can be asked of. */
const subjectsOf = (held: Held, type: AnyCommand["type"]): readonly Subject[] => {
  const { announcement, fieldwork, panel, publication } = held;
  const fields = partsOf(type);
  if (fields.includes("alert") && type !== "RaiseAlert")
    return [...fieldwork.alerts.keys()].map((alert) => ({ alert }));
  if (fields.includes("request"))
    return [...announcement.requests.keys()].map((request) => ({ request }));
  if (fields.includes("comment") && type !== "SubmitComment")
    return [...publication.comments.keys()].map((comment) => ({ comment }));
  if (type === "EraseCase") return [...announcement.cases.keys()].map((of) => ({ of }));
  if (fields.includes("case") && isNeeded(type, "case"))
    return [...fieldwork.briefing.sample.keys()].map((id) => ({ case: id }));
  if (fields.includes("standard"))
    return standardsOf(panel.briefing).map(({ code }) => ({ standard: code }));
  return [{}];
};

const isOfCase = (type: CommandName): boolean => categoryTaking(type) === "assessment";

const commands = (Object.keys(commandPermissions) as CommandName[]).filter(
  (type): type is AnyCommand["type"] =>
    !["framework", "programme", "reminders"].includes(categoryTaking(type) ?? ""),
);
const ofCases = commands.filter(isOfCase);
const ofInspections = commands.filter((type) => !isOfCase(type));

/** People are written to, as the page of letters shows before it offers anything. */
const written = registry.reminders.chart.next(registry.reminders.chart.initial, {
  type: "LetterCalled",
});

/** The rules that take a command, and what they know of what it is about. */
const ruledBy = (held: Held, type: Within, id: CaseId | undefined) => {
  const { lifecycle, announcement, fieldwork, panel } = held;
  const { briefing } = announcement;
  switch (categoryTaking(type)) {
    case "fieldwork":
      return { aggregate: registry.fieldwork.aggregate, state: fieldwork };
    case "panel":
      return { aggregate: registry.panel.aggregate, state: panel };
    case "publication":
      return { aggregate: registry.publication.aggregate, state: held.publication };
    case "assessment": {
      const file = (id === undefined ? undefined : fieldwork.files.get(id)) ?? emptyFile;
      const { allocation, conflicts } = fieldwork;
      const rated = panel.phase.matches("concluded");
      const known = { briefing: fieldwork.briefing, allocation, conflicts };
      const state = { ...known, file, rated, phase: file.phase, lifecycle };
      return { aggregate: registry.assessment.aggregate, state };
    }
    case "reminders": {
      const { initial } = reminders.known;
      const state = { ...initial, known: { ...initial.known, announcement }, phase: written };
      return { aggregate: registry.reminders.aggregate, state: { ...state, lifecycle } };
    }
    case "erasure":
      return {
        aggregate: registry.erasure.aggregate,
        state: {
          ...erasure.known.initial,
          ...{ briefing, lifecycle },
          listed: new Set(announcement.cases.keys()),
        },
      };
    default:
      return { aggregate: registry.inspection.aggregate, state: announcement };
  }
};

/** The planned day of what has to happen first. */
const dayOf: Readonly<Partial<Record<string, PlannedStep>>> = {
  InspectionAnnounced: "announcement",
  SampleDrawn: "sample",
  SampleNotified: "sample",
  FieldworkOpened: "fieldworkStart",
  FieldworkClosed: "fieldworkEnd",
  PanelConvened: "panel",
  RatingsConcluded: "panel",
  DraftSent: "draft",
  CommentsReturned: "factualAccuracy",
  CommentPeriodEnded: "factualAccuracy",
  ReportSignedOff: "signOff",
  ReportPublished: "publication",
  ActionPlanReceived: "actionPlan",
};
