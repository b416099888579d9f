/**
 * What somebody may ask of an inspection or of one of its cases now, as the charts and the table of
 * permissions say: asked for every form of the console, and told by the API.
 */
import { forbids } from "@assay/domain/kernel/actor.ts";
import { emptyFile } from "@assay/domain/briefing/case-file.ts";
import { CASE_LIST, type PlannedStep, type Timetable } from "@assay/domain/framework/timetable.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { type NotInThisPhase, notNow } from "@assay/domain/lifecycle/possible.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";
import {
  type AnyCommand,
  categoryTaking,
  type CommandName,
  registry,
} from "@assay/domain/steps.ts";
import { relationsTo } from "@assay/domain/tracking/outline.ts";

import { phaseInWords } from "../wording/phases.ts";
import type { Held } from "./held.ts";
import { relationsWithin } from "./relations.ts";
import type { Viewer } from "./viewer.ts";

/** Why the phase does not allow it, in a sentence too, and the day planned for what comes first. */
export type NotYet = NotInThisPhase & {
  readonly because: string;
  readonly from: Day | undefined;
};

/** Undefined where the charts allow it. */
export const notYet = (
  held: Held,
  type: AnyCommand["type"],
  id: CaseId | undefined,
): NotYet | undefined => {
  const { chart, state } = chartedFor(held, type, id);
  const refusal = notNow(chart, state, type);
  if (!refusal) return undefined;
  const { timetable } = held.announcement.briefing;
  const from =
    timetable && refusal.first !== undefined ? dayIn(timetable, refusal.first) : undefined;
  return { ...refusal, because: phaseInWords(refusal), from };
};

const dayIn = (timetable: Timetable, fact: string): Day | undefined => {
  if (fact === "CaseListSubmitted") return timetable.requests[CASE_LIST];
  const step = dayOf[fact];
  return step && timetable[step];
};

/** What they may send now, and what of theirs is refused in this phase. */
export type Possible = {
  readonly now: readonly CommandName[];
  readonly refused: readonly (NotYet & { readonly command: CommandName })[];
};

/** About the inspection as a whole, or about the case. */
export const possibleTo = (viewer: Viewer, held: Held, id?: CaseId): Possible => {
  const now: CommandName[] = [];
  const refused: Possible["refused"][number][] = [];
  if (viewer.kind !== "person") return { now, refused };
  const by = viewer.actor;
  const relations = id === undefined ? relationsTo(held, by) : relationsWithin(held, by, id);
  for (const type of id === undefined ? ofInspections : ofCases) {
    if (forbids(commandPermissions, { type, by }, relations)) continue;
    const early = notYet(held, type, id);
    if (early) refused.push({ command: type, ...early });
    else now.push(type);
  }
  return { now, refused };
};

const isOfCase = (type: CommandName): boolean => categoryTaking(type) === "assessment";

const commands = (Object.keys(commandPermissions) as CommandName[]).filter(
  (type): type is AnyCommand["type"] =>
    !["framework", "programme", "reminders"].includes(categoryTaking(type) ?? ""),
);
const ofCases = commands.filter(isOfCase);
const ofInspections = commands.filter((type) => !isOfCase(type));

/** The chart that takes a command, and the phases of what the command is about. */
const chartedFor = (held: Held, type: AnyCommand["type"], id: CaseId | undefined) => {
  const { lifecycle } = held;
  switch (categoryTaking(type)) {
    case "fieldwork":
      return { chart: registry.fieldwork.chart, state: held.fieldwork };
    case "panel":
      return { chart: registry.panel.chart, state: held.panel };
    case "publication":
      return { chart: registry.publication.chart, state: held.publication };
    case "assessment": {
      const file = id === undefined ? undefined : held.fieldwork.files.get(id);
      const { phase } = file ?? emptyFile;
      return { chart: registry.assessment.chart, state: { phase, lifecycle } };
    }
    case "erasure":
      return {
        chart: registry.erasure.chart,
        state: { phase: registry.erasure.chart.initial, lifecycle },
      };
    default:
      return { chart: registry.inspection.chart, state: held.announcement };
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
