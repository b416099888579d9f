import {
  accepts,
  type AnyChart,
  everyPhase,
  owedHere,
  phaseName,
  phaseWords,
} from "@assay/domain/kernel/chart.ts";
import { lifecycleChart } from "@assay/domain/lifecycle/machine.ts";
import { notNow } from "@assay/domain/lifecycle/possible.ts";
import { describe, expect, it } from "vitest";
import { type AnyMachineSnapshot, type AnyStateMachine, transition } from "xstate";

import { everyStep } from "./rules.ts";

const lifecycle: AnyChart = lifecycleChart;
const charts: readonly (readonly [string, AnyChart])[] = [
  ["lifecycle", lifecycle],
  ...everyStep.map(({ name, chart }) => [name, chart] as const),
];

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

const valueAfter = (machine: AnyStateMachine, phase: AnyMachineSnapshot, type: string): unknown =>
  (transition(machine, phase, { type })[0] as AnyMachineSnapshot).value;

describe.each(charts)("the chart of the %s", (_, chart) => {
  const { machine } = chart;
  const phases = everyPhase(chart);

  it.each(leavesOf(machine))("comes to be %s", (leaf) => {
    expect(phases.flatMap((phase) => phaseName(phase).split(" "))).toContain(leaf);
  });

  it("goes where XState goes, from every phase with every fact", () => {
    for (const phase of phases)
      for (const type of machine.events)
        expect(chart.next(phase, { type }).value).toEqual(valueAfter(machine, phase, type));
  });

  it("says in words where an inspection is", () => {
    expect(phases.filter((phase) => phaseWords(phase) === "").map(phaseName)).toEqual([]);
  });
});

const anyCommand = everyStep.flatMap((step) => step.commandTypes);

describe.each(everyStep)("the step $name", ({ chart, commandTypes, eventTypes }) => {
  const phases = everyPhase(chart);

  it.each(eventTypes)("has a place for %s", (type) => {
    expect(phases.some((phase) => phase.can({ type }))).toBe(true);
  });

  it.each(commandTypes)("can be asked to %s in some phase", (type) => {
    expect(phases.some((phase) => accepts(chart, phase, type))).toBe(true);
    expect(everyPhase(lifecycle).some((life) => holdsAll(chart, life, type))).toBe(true);
  });

  it("owes only what some command settles", () => {
    for (const phase of phases)
      for (const [, { by }] of owedHere(phase)) expect(anyCommand).toContain(by);
  });

  it("says of whatever is not possible what has to happen first, where it can ever happen", () => {
    for (const phase of phases)
      for (const type of commandTypes) {
        const refusal = notNow(chart, { phase }, type);
        const ever = everyPhase({ ...chart, initial: phase }).some((each) =>
          accepts(chart, each, type),
        );
        if (accepts(chart, phase, type)) expect(refusal).toBeUndefined();
        else expect([phaseName(phase), type, refusal?.first !== undefined]).toContain(ever);
      }
  });
});

const holdsAll = (chart: AnyChart, life: AnyMachineSnapshot, type: string): boolean =>
  (chart.during[type] ?? ["under-way"]).every((condition) => life.hasTag(condition));
