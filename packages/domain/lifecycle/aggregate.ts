/**
 * A step's rules behind its charts. Whether somebody may, whether it stands recorded already and
 * whether it is possible now are asked here, once for every command; a step's own rules come after
 * that, and decide on the merits.
 */
import {
  type Actor,
  forbids,
  type NotPermitted,
  type Permissions,
  type Relation,
} from "../kernel/actor.ts";
import type { SettingId } from "../framework/setting-id.ts";
import { type AnyChart, expects, reachedBy } from "../kernel/chart.ts";
import { accept, type Decision, refuse } from "../kernel/decider.ts";
import type { CaseId, ItemId, ProgrammeId, ServiceId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Aggregate, Basis } from "../kernel/step.ts";
import type { StreamName } from "../kernel/stream.ts";
import { lifecycleChart } from "./machine.ts";
import { type Charted, isUnknown, type NotInThisPhase, notNow } from "./possible.ts";
import { isSaid, isSaidIn, type Said, type Written, writtenIn } from "./said.ts";

type Typed = { readonly type: string };
type Of<Union extends Typed, Type extends Union["type"]> = Extract<Union, { type: Type }>;

type Fields = Readonly<Record<string, unknown>>;

/** The parts of any of these facts; one that is of another type has no such part. */
type PartsOf<Event> = {
  readonly [Key in Event extends unknown ? keyof Event : never]?: Event extends {
    readonly [K in Key]: infer Part;
  }
    ? Part
    : never;
};

/** Who asks, and about which case where it is about one. */
export type Asking = { readonly by: Actor; readonly case?: CaseId };

/** A command before its fields are known: who would send it when, and what it is about. */
export type Prospect = Asking & {
  readonly at: Instant;
  readonly standard?: string;
  readonly request?: SettingId;
  readonly alert?: ItemId;
  readonly comment?: ItemId;
  /** A case whose words are to be erased. */
  readonly of?: CaseId;
  readonly service?: ServiceId;
  readonly programme?: ProgrammeId;
  readonly placement?: { readonly service: ServiceId };
};

export type Unknown = { readonly reason: "UnknownInspection" | "UnknownProgramme" };

/** The refusals that no step words for itself. */
export type Stopped = NotPermitted | NotInThisPhase | Unknown;

type AskedBy = Typed & { readonly by: Actor };

/**
 * For each command, what bars it beside the phase, whatever else its fields say. Asked before
 * `decide`, and by whoever offers the command; where nothing names what it is about, of none.
 */
export type Bars<Type extends string, State, Refusal> = Readonly<
  Partial<Record<Type, (asked: Prospect, state: State) => Refusal | NotInThisPhase | undefined>>
>;

export type StepRules<
  Command extends AskedBy,
  Event extends Typed,
  Known extends Typed,
  State extends Charted,
  Refusal,
> = {
  readonly chart: AnyChart & {
    readonly initial: State["phase"];
    readonly leads: Readonly<Record<Command["type"], readonly Event["type"][]>>;
  };
  readonly isOwn: (fact: Known) => fact is Known & Event;
  readonly permissions: Permissions<Command["type"]>;
  /** How somebody stands to what the command is about. */
  readonly relations: (asking: Asking, state: State) => readonly Relation[];
  /** Left out where there is nothing that has to be begun first. */
  readonly unknown?: Unknown["reason"];
  /** What stops a command whatever was recorded, such as a case that is not in the sample. */
  readonly stopped?: (command: Command | (Typed & Prospect), state: State) => Refusal | undefined;
  readonly barred?: Bars<Command["type"], State, Refusal>;
  readonly stream: (command: Command) => StreamName;
  readonly consults: (command: Command, state: State) => readonly StreamName[];
  /** What is known at first; the phases are added. */
  readonly initial: Omit<State, "phase" | "lifecycle">;
  /** What a fact adds to what is known; the phases are those after the fact already. */
  readonly evolve: (state: State, fact: Known) => State;
  /** Decides on the merits a command that is permitted, possible and not recorded already. */
  readonly decide: (command: Command, state: State, basis: Basis) => Decision<Event, Refusal>;
  /** The fields that name what a fact is about: a later fact with the same ones replaces it. */
  readonly about: Readonly<{
    [Type in Event["type"]]: readonly (keyof Of<Event, Type> & string)[];
  }>;
  /** What a command says in the words of its fact, where the names are not the same. */
  readonly written?: Readonly<
    Partial<{
      [Type in Command["type"]]: (command: Of<Command, Type>, fact: PartsOf<Event>) => Fields;
    }>
  >;
  /**
   * Whether what was recorded still holds, for the same words not to be recorded again. Left out:
   * while the phase is one to which the command leads.
   */
  readonly holds?: Readonly<
    Partial<{ [Type in Command["type"]]: (command: Of<Command, Type>, state: State) => boolean }>
  >;
};

/** What a step's rules know, with the newest facts by which a request is known again. */
type Remembering<State> = State & { readonly said?: Said };

export type StepAggregate<Command extends AskedBy, Event, Known, State, Refusal> = Aggregate<
  Command,
  Event,
  Known,
  State,
  Refusal | Stopped
> & {
  /** The same fold without the memory of words, for those who only read. */
  readonly known: {
    readonly initial: State;
    readonly evolve: (state: State, fact: Known) => State;
  };
  /** Why the command is nothing for this person now, whatever else its fields say. */
  readonly prospect: (
    type: Command["type"],
    asked: Prospect,
    state: State,
  ) => Refusal | Stopped | undefined;
};

export const aggregateOf = <
  Command extends AskedBy,
  Event extends Typed,
  Known extends Typed,
  State extends Charted,
  Refusal,
>(
  rules: StepRules<Command, Event, Known, State, Refusal>,
): StepAggregate<Command, Event, Known, State, Refusal> => {
  const chart: AnyChart = rules.chart;
  const known = foldOf(rules);

  const permitted = (type: string, asking: Asking, state: State): Stopped | undefined => {
    if (rules.unknown && isUnknown(chart, state, type)) return { reason: rules.unknown };
    const asked = { type: type as Command["type"], by: asking.by };
    return forbids(rules.permissions, asked, rules.relations(asking, state));
  };

  const writtenBy = (command: Command): Written => {
    const written = rules.written?.[command.type as Command["type"]] as
      | ((command: Command, fact?: Fields) => Fields)
      | undefined;
    if (!written) return writtenIn(command);
    // Most say the same of every fact.
    return written.length > 1 ? (fact) => written(command, fact) : written(command);
  };

  const isAlready = (command: Command, state: Remembering<State>): boolean => {
    const type = command.type as Command["type"];
    const holds = rules.holds?.[type] as ((command: Command, state: State) => boolean) | undefined;
    const facts = chart.leads[type] ?? [];
    if (!isSaid(state.said, facts, writtenBy(command))) return false;
    return holds ? holds(command, state) : reachedBy(chart, state.phase, type);
  };

  return {
    known,
    initial: known.initial,
    evolve: (state: Remembering<State>, fact) => {
      const next: Remembering<State> = known.evolve(state, fact);
      if (!rules.isOwn(fact)) return next;
      const keys = rules.about[fact.type as Event["type"]];
      return { ...next, said: { fact, keys, before: state.said } };
    },
    stream: rules.stream,
    consults: rules.consults,
    isRecordedIn: (command, facts) => isSaidIn(facts, writtenBy(command)),
    forbids: (command, state) => permitted(command.type, command, state),
    prospect: (type, asked, state) =>
      permitted(type, asked, state) ??
      rules.stopped?.({ type, ...asked }, state) ??
      notNow(chart, state, type) ??
      rules.barred?.[type]?.(asked, state),
    decide: (command, state, basis) => {
      const forbidden = permitted(command.type, command, state);
      if (forbidden) return refuse(forbidden);
      const stopped = rules.stopped?.(command, state);
      if (stopped) return refuse(stopped);
      if (isAlready(command, state)) return accept();
      const early = notNow(chart, state, command.type);
      if (early) return refuse(early);
      const barred = rules.barred?.[command.type as Command["type"]]?.(about(command), state);
      if (barred) return refuse(barred);
      return expected(chart, command, state, rules.decide(command, state, basis));
    },
  };
};

/** Fields that name what a command is about have the same names in every command. */
const about = (command: AskedBy): Prospect => command as unknown as Prospect;

const foldOf = <
  Command extends AskedBy,
  Event extends Typed,
  Known extends Typed,
  State extends Charted,
  Refusal,
>(
  rules: StepRules<Command, Event, Known, State, Refusal>,
) => {
  const hasLife = rules.unknown === "UnknownInspection";
  const initial = {
    ...rules.initial,
    phase: rules.chart.initial,
    ...(hasLife && { lifecycle: lifecycleChart.initial }),
  } as unknown as State;
  const evolve = (state: State, fact: Known): State => {
    const phase = rules.isOwn(fact) ? rules.chart.next(state.phase, fact) : state.phase;
    const lifecycle = state.lifecycle && lifecycleChart.next(state.lifecycle, fact);
    const moved = phase !== state.phase || lifecycle !== state.lifecycle;
    return rules.evolve(moved ? { ...state, phase, ...(lifecycle && { lifecycle }) } : state, fact);
  };
  return { initial, evolve };
};

/** An answer that the chart does not expect is a defect of the rules. */
const expected = <Event extends Typed, Refusal>(
  chart: AnyChart,
  { type }: Typed,
  state: Charted,
  decision: Decision<Event, Refusal>,
): Decision<Event, Refusal> => {
  if (!decision.accepted) return decision;
  let { phase } = state;
  for (const [index, fact] of decision.events.entries()) {
    if ((index === 0 && !chart.leads[type]?.includes(fact.type)) || !expects(phase, fact.type))
      throw new TypeError(`${type} led to ${fact.type}, which its chart does not expect`);
    phase = chart.next(phase, fact);
  }
  return decision;
};
