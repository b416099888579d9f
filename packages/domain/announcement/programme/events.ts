/**
 * Facts about a programme: whom it inspects and with whom, when it is closed, which schedule was
 * proposed for it and why, what people changed, and that it holds.
 */
import { z } from "zod";

import { fact, guardOf, text, Words } from "../../kernel/fact.ts";
import { SettingId } from "../../framework/setting-id.ts";
import { Digest, FrameworkId, PersonId, ProgrammeId, ServiceId } from "../../kernel/ids.ts";
import { Day } from "../../kernel/instants.ts";

/** First and last day, both included. */
export const Period = z
  .strictObject({ first: Day, last: Day })
  .refine(({ first, last }) => first <= last, "the last day is not before the first");
export type Period = z.infer<typeof Period>;

const Count = z.int().min(0);
const Label = z.string().trim().min(1).max(200);

/**
 * A row of the import list. `performance` runs from 0, the worst, to 100. Where no framework is
 * named, one is chosen when the inspection is scheduled, and one week of fieldwork is planned.
 */
export const ServiceToEnrol = z.strictObject({
  id: ServiceId,
  name: Label,
  region: Label,
  caseload: Count.max(100_000),
  performance: z.number().min(0).max(100),
  lastInspected: Day.optional(),
  framework: FrameworkId.optional(),
  /** Which of the framework's kinds of inspection; left out: the usual one. */
  kind: SettingId.optional(),
});
export type ServiceToEnrol = z.infer<typeof ServiceToEnrol>;

/** With the weeks that the framework's document gives for the kind. */
const EnrolledService = ServiceToEnrol.extend({
  fieldworkWeeks: z.int().min(1).max(26).optional(),
});
export type EnrolledService = z.infer<typeof EnrolledService>;

/** Their home area and former employers are conflicts of interest: no service of theirs. */
export const RegisteredInspector = z.strictObject({
  id: PersonId,
  canLead: z.boolean(),
  homeArea: Label.optional(),
  employers: z.array(ServiceId).max(50).readonly(),
  away: z.array(Period).max(400).readonly(),
});
export type RegisteredInspector = z.infer<typeof RegisteredInspector>;

const Weight = z.number().min(0).max(1000);

/** What schedules are proposed by; every number is the programme's own choice. */
export const PlanningRules = z.strictObject({
  weights: z.strictObject({ caseload: Weight, performance: Weight, sinceLast: Weight }),
  greatest: z.strictObject({ caseload: z.number().positive(), months: z.number().positive() }),
  teamSizes: z
    .array(z.strictObject({ fromCaseload: Count, people: z.int().min(1).max(30) }))
    .min(1)
    .max(20)
    .readonly()
    .refine(
      (sizes) =>
        sizes[0]?.fromCaseload === 0 &&
        sizes.every((size, i) => i === 0 || size.fromCaseload > sizes[i - 1]!.fromCaseload),
      "team sizes rise from caseload 0",
    ),
  fieldworksAWeek: z.int().min(1).max(50),
  aheadOfPace: Count.max(1000),
  leastWorkingDays: z.int().min(1).max(5),
  leadInWorkingDays: Count.max(250),
  leastMonthsBetween: Count.max(120),
  restWeeks: Count.max(52),
  leadRestWeeks: Count.max(52),
});
export type PlanningRules = z.infer<typeof PlanningRules>;

export const PlannedSeat = z.strictObject({ person: PersonId, lead: z.boolean() });

/** One service's fieldwork with its team. */
export const Placement = z.strictObject({
  service: ServiceId,
  start: Day,
  end: Day,
  team: z.array(PlannedSeat).min(1).max(30).readonly(),
});
export type Placement = z.infer<typeof Placement>;

const ranked = {
  risk: z.strictObject({
    score: Count,
    caseload: Count,
    performance: Count,
    sinceLast: Count,
  }),
  rank: Count,
  of: Count,
};

/** Weeks by what kept the service out of them; see planning/explain.ts. */
const KeptOut = z.strictObject({
  closed: Count,
  blackout: Count,
  tooSoon: Count,
  noTeam: Count,
  full: Count,
  pace: Count,
});

/** Why a service is where it is. */
export const PlacementReasons = z.strictObject({
  ...ranked,
  decided: z.enum(["by-rule", "by-a-person"]),
  earlier: KeptOut,
  people: z.strictObject({ conflicted: Count, away: Count, resting: Count, eligible: Count }),
  fieldworks: z.array(z.strictObject({ person: PersonId, count: Count })).readonly(),
});
export type PlacementReasons = z.infer<typeof PlacementReasons>;

const figure = z.strictObject({ value: z.number(), bound: z.number() });

/** A rule that a person's change does not keep; see planning/check.ts. */
export const Departure = z.strictObject({
  rule: z.string(),
  service: ServiceId.optional(),
  person: PersonId.optional(),
  day: Day.optional(),
});
export type Departure = z.infer<typeof Departure>;

/** The programme exists. Its rules may be changed until a schedule is confirmed. */
export const ProgrammeOpened = fact("ProgrammeOpened", {
  programme: ProgrammeId,
  name: Label,
  period: Period,
  rules: PlanningRules,
});

/** What the planner is held to from now on, whole. */
export const PlanningRulesChanged = fact("PlanningRulesChanged", { rules: PlanningRules });

/** Services joined the programme, or what is known of them changed; others stay as they were. */
export const ServicesEnrolled = fact("ServicesEnrolled", {
  services: z.array(EnrolledService).min(1).max(1000).readonly(),
});

/** A service leaves the programme, as where two services merged. */
export const ServiceRemoved = fact("ServiceRemoved", {
  service: ServiceId,
  text: text({ reason: Words }),
});

/** Inspectors may be planned with, or may from now on be planned with otherwise. */
export const InspectorsRegistered = fact("InspectorsRegistered", {
  inspectors: z.array(RegisteredInspector).min(1).max(1000).readonly(),
});

/** Somebody is no longer planned with. */
export const InspectorReleased = fact("InspectorReleased", { inspector: PersonId });

/** Days without fieldwork, for all services or for one. */
export const BlackoutDeclared = fact("BlackoutDeclared", {
  period: Period,
  service: ServiceId.optional(),
  text: text({ reason: Words }),
});

/** Fieldwork may be planned on these days again. */
export const BlackoutLifted = fact("BlackoutLifted", {
  period: Period,
  service: ServiceId.optional(),
});

/**
 * A whole schedule by the planner, in place of any former proposal. `basis` is the digest of all it
 * rests on, so that anybody who holds the stream can propose it again and compare.
 */
export const ScheduleProposed = fact("ScheduleProposed", {
  method: z.string(),
  basis: Digest,
  placements: z.array(Placement.extend({ why: PlacementReasons })).readonly(),
  unplaced: z.array(z.strictObject({ service: ServiceId, ...ranked, weeks: KeptOut })).readonly(),
  quality: z.strictObject({
    waiting: figure,
    leftOut: figure,
    busiest: figure,
    retimed: Count,
  }),
});

/** A person placed a service otherwise. Later proposals keep it; `departures` are on record. */
export const PlacementChanged = fact("PlacementChanged", {
  placement: Placement,
  former: Placement.optional(),
  departures: z.array(Departure).readonly(),
  text: text({ reason: Words }),
});

/** The next proposal may place the service as it sees fit again. */
export const PlacementReleased = fact("PlacementReleased", { service: ServiceId });

/** The schedule holds: its inspections are scheduled by it. Later changes are made one by one. */
export const ScheduleConfirmed = fact("ScheduleConfirmed", {
  placements: z.array(Placement).min(1).readonly(),
});

export const ProgrammeEvent = z.discriminatedUnion("type", [
  ProgrammeOpened,
  PlanningRulesChanged,
  ServicesEnrolled,
  ServiceRemoved,
  InspectorsRegistered,
  InspectorReleased,
  BlackoutDeclared,
  BlackoutLifted,
  ScheduleProposed,
  PlacementChanged,
  PlacementReleased,
  ScheduleConfirmed,
]);
export type ProgrammeEvent = z.infer<typeof ProgrammeEvent>;
export type ProgrammeEventOf<Type extends ProgrammeEvent["type"]> = Extract<
  ProgrammeEvent,
  { type: Type }
>;

export const isProgrammeEvent = guardOf<ProgrammeEvent>(ProgrammeEvent);
