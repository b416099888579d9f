/**
 * What can be done now: asked by the rules before each decision, and by whoever offers a command.
 * A command is possible when the chart of its step accepts a fact by which the answer may begin,
 * and the inspection as a whole is where the command needs it.
 */
import {
  accepts,
  type AnyChart,
  type Condition,
  firstTowards,
  phaseName,
  phaseWords,
} from "../kernel/chart.ts";
import { type LifecyclePhase, lifecycleChart } from "./machine.ts";

type Phase = AnyChart["initial"];

/** What every step's state has: its own phase and, of an inspection, the phase of its life. */
export type Charted = {
  readonly phase: Phase;
  readonly lifecycle?: LifecyclePhase;
};

export type NotInThisPhase = {
  readonly reason: "NotInThisPhase";
  /** The phase by its name in the chart that does not allow the command. */
  readonly phase: string;
  /** The same in people's words. */
  readonly now: string;
  /** The fact that has to be recorded first; left out where it can never be possible again. */
  readonly first?: string;
};

export const isPossible = (
  chart: AnyChart,
  { phase, lifecycle }: Charted,
  command: string,
): boolean => (!lifecycle || fits(chart, lifecycle, command)) && accepts(chart, phase, command);

/** Why the command is not possible in any case now; undefined when it is. */
export const notNow = (
  chart: AnyChart,
  state: Charted,
  command: string,
): NotInThisPhase | undefined => {
  if (isPossible(chart, state, command)) return undefined;
  const { phase, lifecycle } = state;
  if (lifecycle && !fits(chart, lifecycle, command))
    return notIn(lifecycleChart, lifecycle, (each) => fits(chart, each, command));
  return notIn(chart, phase, (each) => accepts(chart, each, command));
};

/** Refuses until a phase that is wanted comes, naming what leads towards it. */
export const notIn = (
  chart: AnyChart,
  phase: Phase,
  isWanted: (phase: Phase) => boolean,
): NotInThisPhase => {
  const first = firstTowards(chart, phase, isWanted);
  return {
    reason: "NotInThisPhase",
    phase: `${chart.machine.id} ${phaseName(phase)}`,
    now: phaseWords(phase),
    ...(first !== undefined && { first }),
  };
};

/** Most commands need an inspection that is under way, and nothing else. */
const conditionsOf = (chart: AnyChart, command: string): readonly Condition[] =>
  chart.during[command] ?? ["under-way"];

/** Whether the inspection as a whole is where the command needs it. */
const fits = (chart: AnyChart, lifecycle: Phase, command: string): boolean =>
  conditionsOf(chart, command).every((tag) => lifecycle.hasTag(tag));

/** Whether the command is about an inspection of which nothing has been recorded. */
export const isUnknown = (chart: AnyChart, { phase, lifecycle }: Charted, command: string) =>
  lifecycle
    ? conditionsOf(chart, command).length > 0 && !lifecycle.hasTag("known")
    : phase === chart.initial && !accepts(chart, chart.initial, command);
