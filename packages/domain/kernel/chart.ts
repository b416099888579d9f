/**
 * A step's statechart as its rules use it. `still` names the facts that never change the phase:
 * `next` does not walk the chart for them, because a walk builds an actor scope each time.
 */
import {
  type AnyStateMachine,
  type EventFromLogic,
  initialTransition,
  type SnapshotFrom,
  transition,
} from "xstate";

export type Chart<Machine extends AnyStateMachine> = {
  readonly initial: SnapshotFrom<Machine>;
  readonly next: (
    phase: SnapshotFrom<Machine>,
    fact: EventFromLogic<Machine>,
  ) => SnapshotFrom<Machine>;
};

export const chartOf = <Machine extends AnyStateMachine>(
  machine: Machine,
  still: readonly EventFromLogic<Machine>["type"][],
): Chart<Machine> => {
  const unmoved = new Set<string>(still);
  const [initial] = initialTransition(machine as AnyStateMachine);
  return {
    initial: initial as SnapshotFrom<Machine>,
    next: (phase, fact) => (unmoved.has(fact.type) ? phase : transition(machine, phase, fact)[0]),
  };
};

/** A phase in words: `sitting`, `active.listed`, `first.open second.unassigned`. */
export const phaseName = ({ value }: { readonly value: unknown }): string => nameOf(value, "");

const nameOf = (value: unknown, prefix: string): string =>
  typeof value === "string"
    ? `${prefix}${value}`
    : Object.entries(value as Record<string, unknown>)
        .map(([key, inner]) => nameOf(inner, `${prefix}${key}.`))
        .join(" ");
