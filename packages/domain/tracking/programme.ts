/**
 * A programme as people read it: what it plans by, the schedule with the reason for each placement,
 * what is left out and why, how good the schedule is, and what is owed. Plain data.
 */
import { programmeFlow } from "../announcement/programme/flow.ts";
import {
  inspectionFor,
  keyOf,
  type ProgrammeKnown,
  type ProgrammeState,
} from "../announcement/programme/state.ts";
import { phaseName } from "../kernel/chart.ts";
import { fold } from "../kernel/decider.ts";
import type { ProgrammeId, ServiceId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Placement } from "../planning/problem.ts";
import { leftOutInWords, whyInWords } from "../planning/words.ts";
import { owedIn } from "./owed.ts";

export type PlacementTold = Placement & {
  readonly name: string;
  readonly inspection: string;
  readonly decided: "by-rule" | "by-a-person";
  readonly scheduled: boolean;
  /** In sentences; a placement that was changed since the proposal keeps the person's reason. */
  readonly why: string;
};

export const programmeState = (facts: Iterable<ProgrammeKnown>): ProgrammeState =>
  fold(programmeFlow, facts);

export const programmeTold = (id: ProgrammeId, state: ProgrammeState, now: Instant) => {
  const { opened, proposal, services, inspectors, blackouts, rules } = state;
  const name = (service: ServiceId): string => services.get(service)?.name ?? service;
  return {
    programme: id,
    name: opened?.name ?? id,
    period: opened?.period ?? null,
    phase: phaseName(state.phase),
    services: services.size,
    inspectors: inspectors.size,
    blackouts: blackouts.map(({ period, service = null }) => ({ ...period, service })),
    rules,
    method: proposal?.method ?? null,
    quality: proposal?.quality ?? null,
    placements: placementsTold(id, state),
    leftOut: (proposal?.unplaced ?? [])
      .filter(({ service }) => !state.placements.has(service))
      .map((each) => ({
        service: each.service,
        name: name(each.service),
        why: leftOutInWords(each),
      })),
    owed: owedIn(programmeFlow.owed(id, state), now),
  };
};

export type ProgrammeTold = ReturnType<typeof programmeTold>;

/** In the order of their days. */
export const placementsTold = (
  id: ProgrammeId,
  state: ProgrammeState,
): readonly PlacementTold[] => {
  const reasons = new Map(state.proposal?.placements.map((each) => [each.service, each]));
  return [...state.placements.values()]
    .map((placement): PlacementTold => {
      const { service } = placement;
      const proposed = reasons.get(service);
      const moved = state.fixed.has(service);
      const asProposed = proposed && proposed.start === placement.start;
      return {
        ...placement,
        name: state.services.get(service)?.name ?? service,
        inspection: inspectionFor(placement),
        decided: moved ? "by-a-person" : "by-rule",
        scheduled: state.scheduled.has(keyOf(id, service)),
        why: asProposed
          ? whyInWords({ ...proposed.why, decided: moved ? "by-a-person" : proposed.why.decided })
          : "A person placed it here.",
      };
    })
    .toSorted((a, b) => a.start.localeCompare(b.start) || a.service.localeCompare(b.service));
};
