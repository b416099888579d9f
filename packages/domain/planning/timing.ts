/**
 * Which week each service is inspected in, if people were no question: the exact optimum. Its cost
 * is a lower bound for every schedule that keeps the same calendar, capacity and pace.
 */
import { createNetwork } from "./min-cost-flow.ts";

export type Timing = {
  /** The service's risk, 0 to 1000, in the services' order. */
  readonly risks: readonly number[];
  /** How many more fieldworks each week takes. */
  readonly capacity: readonly number[];
  /** How many more may have begun by the end of each week. */
  readonly pace: readonly number[];
  readonly allows: (service: number, week: number) => boolean;
};

/** The week of each service; undefined: no week takes it. */
export type Timed = {
  readonly weeks: readonly (number | undefined)[];
  readonly cost: number;
};

/** Costs more than any wait, so that as many services as possible are placed. */
const UNPLACED = 1e9;

/** What a service that is never inspected adds to the cost: the riskier, the worse. */
export const costOfNever = (risk: number, weeks: number): number => UNPLACED + risk * weeks;

/** Waiting costs a service's risk for each week from the programme's first on. */
export const costOfWaiting = (risk: number, week: number): number => risk * week;

/**
 * Least Σ risk × weeks waited, after as few as possible are left out. A minimum-cost flow: services
 * to weeks, weeks along a chain whose capacities are the pace, since at most so many may have begun
 * by then. Whole and exact, in O(services × arcs × log weeks).
 */
export const timeServices = ({ risks, capacity, pace, allows }: Timing): Timed => {
  const [services, weeks] = [risks.length, capacity.length];
  const sink = services;
  const weekNode = (week: number): number => services + 1 + week;
  const chainNode = (week: number): number => services + 1 + weeks + week;
  const network = createNetwork(services + 1 + 2 * weeks);
  for (let week = 0; week < weeks; week += 1) {
    if (capacity[week]! > 0) network.arc(weekNode(week), chainNode(week), capacity[week]!, 0);
    const next = week + 1 < weeks ? chainNode(week + 1) : sink;
    network.arc(chainNode(week), next, Math.max(0, pace[week]!), 0);
  }
  const choices = risks.map((risk, service) => {
    network.arc(service, sink, 1, costOfNever(risk, weeks));
    return capacity.flatMap((free, week) =>
      free > 0 && allows(service, week)
        ? [{ week, arc: network.arc(service, weekNode(week), 1, costOfWaiting(risk, week)) }]
        : [],
    );
  });
  const riskiestFirst = risks
    .map((_, service) => service)
    .toSorted((a, b) => risks[b]! - risks[a]!);
  let cost = 0;
  for (const service of riskiestFirst) cost += network.send(service, sink, 1).cost;
  const chosen = choices.map((open) => open.find(({ arc }) => network.flowOn(arc) > 0)?.week);
  return { weeks: chosen, cost };
};
