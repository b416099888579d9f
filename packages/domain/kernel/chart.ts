/**
 * A statechart as the rules use it: the one place that says what may happen when. Its events are
 * the recorded facts; `leads` names the facts by which each command's answer may begin. Whatever a
 * phase does not accept is refused before any rule is asked.
 */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventFromLogic,
  initialTransition,
  type SnapshotFrom,
  transition,
} from "xstate";

import type { Role } from "./actor.ts";

/** What a phase says of itself, in a state's `meta`. */
export type PhaseMeta<Kind extends string = string, Command extends string = string> = {
  /** The phase in people's words, to follow "now": `the panel sits`. */
  readonly words: string;
  /** What is owed in this phase and whose it is, while the command that settles it is possible. */
  readonly owed?: Readonly<Partial<Record<Kind, OwedBy<Command>>>>;
};

export type OwedBy<Command extends string = string> = {
  readonly owner: Role;
  readonly by: Command;
};

/** What a command asks of the inspection as a whole, beside the phase of its own step. */
export type Condition =
  /** It has been scheduled. */
  | "known"
  /** It was not cancelled, though it may rest. */
  | "kept"
  /** It neither rests nor was cancelled. */
  | "under-way"
  /** It was announced, so that its framework is pinned. */
  | "announced"
  /** Its sample was notified to the service, or its framework samples no cases. */
  | "ready"
  /** Fieldwork has not begun. */
  | "before-fieldwork"
  /** Fieldwork has begun. */
  | "in-fieldwork"
  /** Fieldwork has not ended. */
  | "before-panel"
  /** Fieldwork has ended. */
  | "rateable"
  /** Nothing was published. */
  | "unpublished";

type FactOf<Machine extends AnyStateMachine> = EventFromLogic<Machine>["type"];

type Leads<Machine extends AnyStateMachine, Command extends string> = Readonly<
  Record<Command, readonly FactOf<Machine>[]>
>;

type During<Command extends string> = Readonly<Partial<Record<Command, readonly Condition[]>>>;

/** A chart without the types of its machine, for those who deal with charts of any step. */
export type AnyChart = {
  readonly machine: AnyStateMachine;
  readonly initial: AnyMachineSnapshot;
  /** The phase after a fact; the same object where the fact does not move it. */
  readonly next: <Phase extends AnyMachineSnapshot>(
    phase: Phase,
    fact: { readonly type: string },
  ) => Phase;
  readonly leads: Readonly<Record<string, readonly string[]>>;
  readonly during: Readonly<Partial<Record<string, readonly Condition[]>>>;
};

export type Chart<Machine extends AnyStateMachine, Command extends string = never> = AnyChart & {
  readonly machine: Machine;
  readonly initial: SnapshotFrom<Machine>;
  readonly leads: Leads<Machine, Command>;
  readonly during: During<Command>;
};

/**
 * `leads` names the facts by which an answer to each command may begin; `during` what the command
 * asks of the inspection as a whole, where that is not just that it is under way.
 *
 * Each phase exists once, and so does each way from it: a walk through XState builds an actor scope
 * every time, so it is made once for each phase and kind of fact.
 */
export const chartOf = <Machine extends AnyStateMachine, Command extends string = never>(
  machine: Machine,
  leads: Leads<Machine, Command>,
  during: During<Command> = {} as During<Command>,
): Chart<Machine, Command> => {
  const phases = new Map<string, AnyMachineSnapshot>();
  const ways = new WeakMap<AnyMachineSnapshot, Map<string, AnyMachineSnapshot>>();
  const once = (phase: AnyMachineSnapshot): AnyMachineSnapshot => {
    const key = identityOf(phase);
    const known = phases.get(key) ?? phase;
    phases.set(key, known);
    return known;
  };
  const walked = (phase: AnyMachineSnapshot, type: string): AnyMachineSnapshot => {
    let from = ways.get(phase);
    if (!from) ways.set(phase, (from = new Map()));
    const known = from.get(type);
    if (known) return known;
    const to = once(transition(machine as AnyStateMachine, phase, { type })[0]);
    const found = identityOf(to) === identityOf(phase) ? phase : to;
    from.set(type, found);
    return found;
  };
  const [initial] = initialTransition(machine as AnyStateMachine);
  return {
    machine,
    initial: once(initial) as SnapshotFrom<Machine>,
    next: (phase, { type }) => walked(phase, type) as typeof phase,
    leads,
    during,
  };
};

/** What tells two phases apart: where they are, and where they would go back to. */
const identityOf = ({ value, historyValue }: AnyMachineSnapshot): string =>
  JSON.stringify([
    value,
    Object.entries(historyValue).map(([name, nodes]) => [name, nodes.map(({ id }) => id)]),
  ]);

/** A phase's name in the chart: `sitting`, `active.listed`, `first.open second.unassigned`. */
export const phaseName = ({ value }: { readonly value: unknown }): string => nameOf(value, "");

const nameOf = (value: unknown, prefix: string): string =>
  typeof value === "string"
    ? `${prefix}${value}`
    : Object.entries(value as Record<string, unknown>)
        .map(([key, inner]) => nameOf(inner, `${prefix}${key}.`))
        .join(" ");

type Phase = Pick<AnyMachineSnapshot, "getMeta" | "can" | "value">;

/** The phase in people's words: those of its innermost states, regions by their names. */
export const phaseWords = (phase: Phase): string =>
  metasOf(phase)
    .map(({ words }) => words)
    .join("; ");

/** The metas of the states that the phase is in, inner states in place of those around them. */
const metasOf = (phase: Phase): readonly PhaseMeta[] => {
  const found = Object.entries(phase.getMeta() as Record<string, PhaseMeta | undefined>).toSorted(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  return found.flatMap(([id, meta]) =>
    meta && !found.some(([other]) => other.startsWith(`${id}.`)) ? [meta] : [],
  );
};

type Owed = readonly (readonly [kind: string, OwedBy])[];

const owing = new WeakMap<Phase, Owed>();

/** Everything owed in this phase, by its kind. */
export const owedHere = (phase: Phase): Owed => {
  const known = owing.get(phase);
  if (known) return known;
  const metas = Object.values(phase.getMeta() as Record<string, PhaseMeta | undefined>);
  const owed = metas.flatMap((meta) =>
    Object.entries(meta?.owed ?? {}).flatMap(([kind, each]) =>
      each ? [[kind, each] as const] : [],
    ),
  );
  owing.set(phase, owed);
  return owed;
};

const allowed = new WeakMap<Phase, Map<string, boolean>>();

/** Whether the phase expects a fact of this type. XState is asked once for each. */
export const expects = (phase: Phase, type: string): boolean => {
  let known = allowed.get(phase);
  if (!known) allowed.set(phase, (known = new Map()));
  let answer = known.get(type);
  if (answer === undefined) known.set(type, (answer = phase.can({ type })));
  return answer;
};

/** Whether an answer to this command may begin in this phase. */
export const accepts = (chart: AnyChart, phase: Phase, command: string): boolean =>
  (chart.leads[command] ?? []).some((type) => expects(phase, type));

/** Whether the phase is one to which this command leads, wherever a history would go back to. */
export const reachedBy = (chart: AnyChart, phase: AnyMachineSnapshot, command: string): boolean => {
  const facts = chart.leads[command] ?? [];
  const name = phaseName(phase);
  return everyPhase(chart).some((from) =>
    facts.some((type) => expects(from, type) && phaseName(chart.next(from, { type })) === name),
  );
};

const reached = new WeakMap<AnyChart, readonly AnyMachineSnapshot[]>();

/** Every phase that some order of facts leads to. */
export const everyPhase = (chart: AnyChart): readonly AnyMachineSnapshot[] => {
  const known = reached.get(chart);
  if (known) return known;
  const found = new Set([chart.initial]);
  for (const phase of found) for (const to of onwards(chart, phase)) found.add(to.phase);
  const all = [...found];
  reached.set(chart, all);
  return all;
};

type Way = { readonly fact: string; readonly phase: AnyMachineSnapshot };

const onwards = (chart: AnyChart, phase: AnyMachineSnapshot): readonly Way[] =>
  chart.machine.events.flatMap((type: string) => {
    const to = expects(phase, type) ? chart.next(phase, { type }) : phase;
    return to === phase ? [] : [{ fact: type, phase: to }];
  });

/**
 * The fact that has to happen first on the shortest way to a phase that `fits`; undefined where no
 * way leads there, so that it can never happen again.
 */
export const firstTowards = (
  chart: AnyChart,
  phase: AnyMachineSnapshot,
  fits: (phase: AnyMachineSnapshot) => boolean,
): string | undefined => {
  const seen = new Set([phase]);
  let front: readonly { readonly first: string | undefined; readonly phase: AnyMachineSnapshot }[] =
    [{ first: undefined, phase }];
  while (front.length > 0) {
    const found = front.find((each) => fits(each.phase));
    if (found) return found.first;
    front = front.flatMap(({ first, phase: from }) =>
      onwards(chart, from).flatMap(({ fact, phase: to }) => {
        if (seen.has(to)) return [];
        seen.add(to);
        return [{ first: first ?? fact, phase: to }];
      }),
    );
  }
  return undefined;
};
