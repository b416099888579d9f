/**
 * Whether a command is offered to somebody now, or why it is not and from when it will be: asked
 * here for every form of the console. The rules themselves say so, before they have the fields.
 */
import type { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import type { FrameworkState } from "@assay/domain/announcement/adoption/decide.ts";
import type { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import {
  inspectionFor,
  keyOf,
  type ProgrammeState,
} from "@assay/domain/announcement/programme/state.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Day, Instant } from "@assay/domain/kernel/instants.ts";
import type { Prospect } from "@assay/domain/lifecycle/aggregate.ts";
import { registry } from "@assay/domain/steps.ts";

import { type Reason, refusalInWords } from "../wording/refusals.ts";

import type { Held } from "./held.ts";
import { mayEver, mayOn } from "./permitted.ts";
import { barredOn, type Read, type Subject, type Within } from "./possible.ts";
import type { Viewer } from "./viewer.ts";
import { personName } from "../wording/names.ts";

/** Commands for which people have no form: Assay's own, and those that only files and API carry. */
type WithoutForm =
  | "AdoptPublishedRating"
  | "OpenFieldwork"
  | "EndCommentPeriod"
  | "SendEmbargoedCopies"
  | "PublishReport"
  | "EraseCaseList"
  | "EraseCaseWords";

type OnFramework = FrameworkCommand["type"];
type OnInspection = Exclude<Within, WithoutForm | "ScheduleInspection">;
type OnProgramme = Exclude<ProgrammeCommand["type"], "OpenProgramme"> | "ScheduleInspection";

/** What people have a form for. */
export type Offerable = OnInspection | OnProgramme | OnFramework | "OpenProgramme";

/** What a page's forms are about: an inspection, a programme, or what does not exist yet. */
export type About = { readonly now: Instant } & (
  | Read
  | Planned
  | { readonly framework: FrameworkState }
  | object
);

/** A programme, and what is held of every inspection. */
type Planned = {
  readonly programme: ProgrammeState;
  readonly inspections: ReadonlyMap<InspectionId, unknown>;
};

/** Not now: `because` is a sentence for whoever looks for it, and is missing where it is past. */
export type NotNow = { readonly because?: string; readonly from?: Day | Instant };

export type Offer = { readonly offered: true } | ({ readonly offered: false } & NotNow);

export const offered = (
  about: About,
  viewer: Viewer,
  type: Offerable,
  subject: Subject = {},
): Offer => {
  if (viewer.kind !== "person") return { offered: false };
  const asked = { ...subject, by: viewer.actor, at: about.now };
  if ("held" in about) {
    if (!mayOn(viewer, about.held, type)) return { offered: false };
    return offerOf(notOn(about, type as OnInspection, asked));
  }
  if (!mayEver(viewer, type)) return { offered: false };
  if ("framework" in about) {
    const { aggregate } = registry.framework;
    const refusal = aggregate.prospect(type as OnFramework, asked, about.framework);
    return offerOf(refusal && { because: refusalInWords(refusal) });
  }
  if (!("programme" in about)) return offerOf(undefined);
  return offerOf(notIn(about, type as OnProgramme, asked));
};

const offerOf = (no: NotNow | undefined): Offer =>
  no === undefined ? { offered: true } : { offered: false, ...no };

const notOn = (read: Read, type: OnInspection, asked: Prospect): NotNow | undefined => {
  const barred = barredOn(read, type, asked);
  if (!barred) return undefined;
  if (barred.reason === "NotPermitted") return ofOthers(read.held, asked);
  const { because, from } = barred;
  return isPast(barred) ? past : { because, ...(from !== undefined && { from }) };
};

const past: NotNow = {};

/** Whoever assesses cases finds the case with somebody else. */
const ofOthers = ({ fieldwork }: Held, { case: id, by }: Prospect): NotNow => {
  const assessor = id && fieldwork.allocation.get(id);
  if (assessor === by.id || id === undefined) return past;
  return {
    because: assessor
      ? `The case is ${personName(assessor)}’s to assess.`
      : "The case has not been allocated to anybody.",
  };
};

/** What lies behind, or does not concern what the page is about, needs no sentence. */
const isPast = (refusal: { readonly reason: string; readonly first?: unknown }): boolean =>
  refusal.reason === "NotInThisPhase"
    ? refusal.first === undefined
    : unsaid.some((reason) => reason === refusal.reason);

const unsaid: readonly Reason[] = [
  "AlertAnswered",
  "AlertClosed",
  "AlertNotNotified",
  "AlreadyAnswered",
  "AlreadyConsidered",
  "AlreadySealedOtherwise",
  "InspectionAlreadyScheduled",
  "NoOverallRating",
  "NotDelegated",
  "NothingReceived",
  "NothingToApprove",
  "NotInTheSample",
  "NotJudgedByCases",
  "NotJudgedByPeople",
  "NotPlacedByAPerson",
  "NotReconvenedFor",
  "NotSealed",
  "OverallNotWithheld",
  "QualitySampleAlreadyDrawn",
  "RequestNotOpen",
];

const notIn = (about: Planned, type: OnProgramme, asked: Prospect): NotNow | undefined => {
  if (type === "ScheduleInspection") return notScheduling(about, asked);
  const refusal = registry.programme.aggregate.prospect(type, asked, about.programme);
  if (!refusal) return undefined;
  return isPast(refusal) ? past : { because: refusalInWords(refusal) };
};

/** The inspection of a placement, of which nothing is recorded or which began before. */
const notScheduling = (
  { programme, inspections }: Planned,
  asked: Prospect,
): NotNow | undefined => {
  const { aggregate, chart } = registry.inspection;
  const { opened, placements, scheduled } = programme;
  const placement = asked.service && placements.get(asked.service);
  if (!opened || !placement) return past;
  const inspection = inspectionFor(placement);
  const isOwn = scheduled.has(keyOf(opened.programme, placement.service));
  const { initial } = aggregate.known;
  const begun = chart.next(initial.phase, { type: "InspectionScheduled" });
  const phase = isOwn || inspections.has(inspection) ? begun : initial.phase;
  const state = { ...initial, phase, planning: programme.phase };
  const within = { ...asked, programme: opened.programme };
  const refusal = aggregate.prospect("ScheduleInspection", within, state);
  if (!refusal) return undefined;
  if (!isPast(refusal)) return { because: refusalInWords(refusal) };
  return isOwn ? past : { because: `There is an inspection ${inspection} already.` };
};
