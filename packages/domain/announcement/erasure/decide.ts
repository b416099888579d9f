/**
 * Erasing words: of one case, on a ground in law, whenever somebody has the right to it; of all
 * cases, once the time for keeping them is over. What was judged is never touched.
 */
import { type Briefing, briefedBy, teamRelations, unbriefed } from "../../briefing/inspection.ts";
import { forbids } from "../../kernel/actor.ts";
import { accept, type Decision, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { CaseId } from "../../kernel/ids.ts";
import { addMonths, dayInEngland, type Instant, inEngland } from "../../kernel/instants.ts";
import type { Aggregate } from "../../kernel/step.ts";
import { erasureStream, inspectionStream, publicationStream } from "../../kernel/stream.ts";
import type { PublicationEvent } from "../../publication/events.ts";
import { type InspectionEvent, isInspectionEvent } from "../events.ts";
import {
  type ErasureCommand,
  type ErasureCommandOf,
  erasurePermissions,
  type ErasureRefusal,
} from "./commands.ts";
import { type Erasable, type ErasureEvent, isErasureEvent } from "./events.ts";
import { erasureChart, type ErasurePhase } from "./machine.ts";

export type ErasureKnown = ErasureEvent | InspectionEvent | PublicationEvent;

export type ErasureState = {
  readonly phase: ErasurePhase;
  readonly briefing: Briefing;
  /** Every case that was ever on a case list. */
  readonly listed: ReadonlySet<CaseId>;
  readonly erased: ReadonlySet<CaseId>;
  /** When it was published, or cancelled: keeping is counted from there. */
  readonly over: Instant | undefined;
};

type Answer = Decision<ErasureEvent, ErasureRefusal>;

export const erasure: Aggregate<
  ErasureCommand,
  ErasureEvent,
  ErasureKnown,
  ErasureState,
  ErasureRefusal
> = {
  initial: {
    phase: erasureChart.initial,
    briefing: unbriefed,
    listed: new Set(),
    erased: new Set(),
    over: undefined,
  },

  stream: ({ inspection }) => erasureStream(inspection),

  consults: ({ inspection }) => [inspectionStream(inspection), publicationStream(inspection)],

  evolve: (state, event) => {
    if (isErasureEvent(event)) {
      const erased =
        event.type === "CaseErased" ? new Set(state.erased).add(event.of) : state.erased;
      return { ...state, erased, phase: erasureChart.next(state.phase, event) };
    }
    if (isInspectionEvent(event)) return told(state, event);
    return event.type === "ReportPublished" ? { ...state, over: event.at } : state;
  },

  decide: (command, state) => {
    const { briefing } = state;
    if (briefing.standing === "unscheduled") return refuse({ reason: "UnknownInspection" });
    const relations = teamRelations(briefing, command.by);
    const forbidden = forbids(erasurePermissions, command, relations);
    if (forbidden) return refuse(forbidden);
    return command.type === "EraseCase" ? eraseCase(command, state) : eraseAll(command, state);
  },
};

const told = (state: ErasureState, event: InspectionEvent): ErasureState => {
  const briefing = briefedBy(state.briefing, event);
  switch (event.type) {
    case "CaseListSubmitted":
      return {
        ...state,
        briefing,
        listed: new Set([...state.listed, ...event.cases.map((row) => row.case)]),
      };
    case "InspectionCancelled":
      return { ...state, briefing, over: event.at };
    default:
      return { ...state, briefing };
  }
};

const eraseCase = (
  command: ErasureCommandOf<"EraseCase">,
  { listed, erased }: ErasureState,
): Answer => {
  const { of, ground, reason } = command;
  if (erased.has(of)) return accept();
  if (!listed.has(of)) return refuse({ reason: "NotOnTheCaseList", case: of });
  return accept({ type: "CaseErased", ...stampOf(command), of, ground, text: { reason } });
};

const eraseAll = (
  command: ErasureCommandOf<"EraseCaseList" | "EraseCaseWords">,
  state: ErasureState,
): Answer => {
  const what = command.type === "EraseCaseList" ? "list" : "words";
  if (!isKept(state, what)) return accept();
  const until = keptUntil(state, what);
  if (!until || until.at > command.at) {
    return refuse({ reason: "StillKept", until: until?.at ?? "publication" });
  }
  const type = what === "list" ? "CaseListErased" : "CaseWordsErased";
  return accept({ type, ...stampOf(command), keptMonths: until.months });
};

export const isKept = ({ phase }: ErasureState, what: Erasable): boolean =>
  phase.matches({ [what]: "kept" });

/**
 * Until when the ruleset has it kept, at nine in the morning: undefined until the inspection is
 * published or cancelled, and for a reconstruction, whose cases are made up.
 */
export const keptUntil = (
  { briefing, over, listed }: ErasureState,
  what: Erasable,
): { readonly at: Instant; readonly months: number } | undefined => {
  const settings = briefing.framework?.ruleset.retention;
  if (!settings || !over || briefing.reconstruction || listed.size === 0) return undefined;
  const months = what === "list" ? settings.caseListMonths : settings.caseTextMonths;
  return { at: inEngland(addMonths(dayInEngland(over), months), "09:00"), months };
};
