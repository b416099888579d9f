/**
 * The turns of an inspection's life: the facts that lead it, or one of its steps, to another phase.
 * The charts say which those are, so that a fact that is added is a turn where it moves a phase.
 */
import type { AnyChart } from "../kernel/chart.ts";
import { lifecycleChart } from "../lifecycle/machine.ts";
import { registry } from "../steps.ts";
import type { Recorded } from "./recorded.ts";

/** Cases have turns of their own, as many as there are cases. */
const charts: readonly AnyChart[] = [
  lifecycleChart,
  registry.inspection.chart,
  registry.fieldwork.chart,
  registry.panel.chart,
  registry.publication.chart,
];

/** How many facts had been recorded with each turn, and the fact that it was. */
export type Turn = { readonly events: number; readonly recorded: Recorded };

export const turnsIn = (events: readonly Recorded[]): readonly Turn[] => {
  let phases = charts.map(({ initial }) => initial);
  return events.flatMap((recorded, index) => {
    const next = charts.map((chart, i) => chart.next(phases[i]!, recorded.event));
    const isTurn = next.some((phase, i) => phase !== phases[i]);
    phases = next;
    return isTurn ? [{ events: index + 1, recorded }] : [];
  });
};
