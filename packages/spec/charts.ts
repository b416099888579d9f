/**
 * A step's chart against its facts: each phase can be reached, each kind of fact has its place, and
 * no fact that is passed over without a walk would have moved the phase.
 */
import { type Chart, phaseName } from "@assay/domain/kernel/chart.ts";
import { describe, expect, it } from "vitest";
import { type AnyMachineSnapshot, type AnyStateMachine, transition } from "xstate";

type Reached = {
  readonly snapshot: AnyMachineSnapshot;
  /** The facts that led there. */
  readonly by: readonly string[];
};

/** Every phase that some order of these facts leads to, with what each history remembers. */
export const reachable = (
  machine: AnyStateMachine,
  chart: Chart<AnyStateMachine>,
  types: readonly string[],
): ReadonlyMap<string, Reached> => {
  const found = new Map<string, Reached>();
  const queue: Reached[] = [{ snapshot: chart.initial as AnyMachineSnapshot, by: [] }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const key = JSON.stringify([next.snapshot.value, historyOf(next.snapshot)]);
    if (found.has(key)) continue;
    found.set(key, next);
    for (const type of types.filter((each) => next.snapshot.can({ type: each }))) {
      const [snapshot] = transition(machine, next.snapshot, { type });
      queue.push({ snapshot: snapshot as AnyMachineSnapshot, by: [...next.by, type] });
    }
  }
  return found;
};

const historyOf = ({ historyValue }: AnyMachineSnapshot): unknown =>
  Object.entries(historyValue).map(([name, nodes]) => [name, nodes.map(({ id }) => id)]);

/** The names of all phases without phases of their own. */
const leavesOf = (machine: AnyStateMachine): readonly string[] => {
  const leaves: string[] = [];
  const visit = (node: AnyStateMachine["root"]): void => {
    const inner = Object.values(node.states);
    if (inner.length === 0 && node.type !== "history") leaves.push(node.path.join("."));
    inner.forEach(visit);
  };
  visit(machine.root);
  return leaves;
};

export const testChart = (
  machine: AnyStateMachine,
  narrow: unknown,
  types: readonly string[],
): void => {
  const chart = narrow as Chart<AnyStateMachine>;
  const phases = reachable(machine, chart, types);
  const snapshots = [...phases.values()].map(({ snapshot }) => snapshot);

  describe("the chart", () => {
    it.each(leavesOf(machine))("comes to be %s", (leaf) => {
      const names = snapshots.flatMap((snapshot) => phaseName(snapshot).split(" "));
      expect(names).toContain(leaf);
    });

    it.each(types)("has a place for %s", (type) => {
      expect(snapshots.some((snapshot) => snapshot.can({ type }))).toBe(true);
    });

    it.each(types)("stays or moves with %s as its picture says", (type) => {
      for (const snapshot of snapshots.filter((each) => each.can({ type }))) {
        const [walked] = transition(machine, snapshot, { type });
        const next = chart.next(snapshot, { type }) as AnyMachineSnapshot;
        expect(next.value).toEqual((walked as AnyMachineSnapshot).value);
      }
    });
  });
};
