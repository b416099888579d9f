/**
 * The API on programmes: every programme, one with its schedule, and why a service is where it is.
 */
import { Period, Placement, PlanningRules } from "@assay/domain/announcement/programme/events.ts";
import { ScheduleProposed } from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { Role } from "@assay/domain/kernel/actor.ts";
import { PersonId, ProgrammeId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { placementsTold, programmeTold } from "@assay/domain/tracking/programme.ts";
import { z } from "zod";

import { type Calendars, Changed } from "../pages/calendars.ts";
import { NotFound, type Visit } from "../pages/page.ts";
import { arrayOf, count, text, yesOrNo } from "./answers.ts";
import { type Endpoint, lists, reads, takes } from "./endpoint.ts";

const Placed = Placement.extend({
  name: text,
  inspection: text,
  decided: z.enum(["by-rule", "by-a-person"]),
  scheduled: yesOrNo,
  why: text,
});

const LeftOut = z.strictObject({ service: ServiceId, name: text, why: text });

const brief = {
  programme: ProgrammeId,
  name: text,
  period: Period.nullable(),
  phase: text,
  services: count,
  inspectors: count,
  blackouts: arrayOf(z.strictObject({ first: Day, last: Day, service: ServiceId.nullable() })),
  method: text.nullable(),
  quality: ScheduleProposed.shape.quality.nullable(),
  owed: arrayOf(
    z.strictObject({
      key: text,
      what: text,
      owner: Role,
      person: PersonId.nullable(),
      due: Instant.nullable(),
      overdue: yesOrNo,
      automatic: yesOrNo,
    }),
  ),
} as const;

const Programme = z.strictObject({
  ...brief,
  rules: PlanningRules,
  placements: arrayOf(Placed),
  leftOut: arrayOf(LeftOut),
});

const ProgrammeLine = z.strictObject({ ...brief, placements: count, leftOut: count, href: text });

const Addresses = z.strictObject({
  person: text.describe("A path with its token, for a calendar to subscribe to."),
  programmes: z.record(text, text),
});

export const ofPlanning = (calendars: Omit<Calendars, "feed">): readonly Endpoint[] => [
  lists(
    "/programmes",
    {
      summary: "Every programme: its phase, how much is placed, what is owed",
      name: "programmes",
      item: ProgrammeLine,
    },
    async (visit) =>
      [...(await visit.library.programmes())].map(([id, state]) => {
        const told = programmeTold(id, state, visit.now);
        const { placements, leftOut, rules: _rules, ...rest } = told;
        const href = `/api/v1/programmes/${id}`;
        return { ...rest, placements: placements.length, leftOut: leftOut.length, href };
      }),
  ),
  reads(
    "/programmes/:programme",
    {
      summary: "One programme: its rules, its schedule with reasons, what is left out",
      answer: Programme,
    },
    async (visit) => {
      const { id, state } = await programmeIn(visit);
      return programmeTold(id, state, visit.now);
    },
  ),
  reads(
    "/programmes/:programme/placements/:service",
    {
      summary: "Why a service is inspected when it is and by whom, or why it is left out",
      answer: z.union([Placed, LeftOut]),
    },
    async (visit) => {
      const { id, state } = await programmeIn(visit);
      const named = ({ service }: { readonly service: string }): boolean =>
        service === visit.parts["service"];
      const found =
        placementsTold(id, state).find(named) ??
        programmeTold(id, state, visit.now).leftOut.find(named);
      if (!found) throw new NotFound();
      return found;
    },
  ),
  reads(
    "/calendars",
    {
      summary: "The addresses of your calendar feed and of the programmes'",
      answer: Addresses,
    },
    calendars.addresses,
  ),
  takes(
    "/calendars/change",
    {
      summary: "Have one of these addresses changed: the one that it was ends",
      body: Changed,
      keyed: false,
      answer: Addresses,
      problems: { 404: "It is no address of yours.", 422: "It names no address, with the issues." },
    },
    calendars.change,
  ),
];

const programmeIn = async ({
  library,
  parts,
}: Visit): Promise<{ readonly id: ProgrammeId; readonly state: ProgrammeState }> => {
  const id = parts["programme"] as ProgrammeId;
  const state = (await library.programmes()).get(id);
  if (!state) throw new NotFound();
  return { id, state };
};
