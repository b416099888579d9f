/**
 * Facts folded a second by the rules and charts of every step, in memory: the step's own streams,
 * and all that it relies on of whole inspections.
 */
import { openHistory } from "@assay/embedded/recorded-history.ts";
import { factsOf } from "@assay/publication/told.ts";
import { fold } from "@assay/domain/kernel/decider.ts";
import { categories, categoryOf, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { registry } from "@assay/domain/steps.ts";
import { schemasByType } from "@assay/host/schema.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { round, row, spreadOf, told } from "./measure.ts";
import { type Contender, inTurns } from "./rounds.ts";

/** For each contender in each round. */
const seconds = 0.5;

type Folding = {
  readonly initial: unknown;
  readonly evolve: (state: never, fact: never) => unknown;
};

export const run = async ({ rounds = 5 }: { readonly rounds?: number } = {}) => {
  const { store } = await openHistory();
  const events: StoredEvent[] = [];
  for await (const page of store.readAll()) events.push(...page);
  await store.close();
  const contenders = categories.flatMap((category) => {
    const own = events.filter(({ stream }) => categoryOf(stream) === category);
    const { aggregate, events: owned, relies } = registry[category];
    const relied = new Set(
      [owned, ...relies].flatMap((schema) => [...schemasByType(schema).keys()]),
    );
    return [
      contender(
        `${category}, its own facts`,
        aggregate,
        groupsOf(own, ({ stream }) => stream),
      ),
      contender(
        `${category}, whole inspections`,
        aggregate,
        groupsOf(
          events.filter(({ type }) => relied.has(type)),
          ({ stream }) => inspectionOf(stream),
        ),
      ),
    ];
  });
  const { figures } = await inTurns({
    ...{ contenders: contenders.flatMap((each) => each ?? []), rounds },
    folder: process.cwd(),
  });
  const widths = [-32, 34];
  console.log(row(widths, ["", "facts a second of the processor"]));
  return [...figures].map(([name, all]) => {
    const rate = spreadOf(all);
    console.log(row(widths, [name, told(rate)]));
    return { name, median: round(rate.median), least: round(rate.least), most: round(rate.most) };
  });
};

type Groups = readonly (readonly StoredEvent[])[];

const groupsOf = (
  events: readonly StoredEvent[],
  by: (event: StoredEvent) => string | undefined,
): Groups =>
  [...Map.groupBy(events, by)].flatMap(([name, group]) => (name === undefined ? [] : [group]));

/** Undefined where the history has nothing for it. */
const contender = (name: string, step: Folding, groups: Groups): Contender<number> | undefined => {
  const facts = groups.map((group) => factsOf(group));
  const count = facts.reduce((sum, each) => sum + each.length, 0);
  if (count === 0) return undefined;
  return {
    name,
    run: () => {
      const [begun, before] = [performance.now(), process.cpuUsage()];
      let folded = 0;
      while (performance.now() - begun < seconds * 1000) {
        for (const each of facts) fold(step as Parameters<typeof fold>[0], each as never);
        folded += count;
      }
      const { user, system } = process.cpuUsage(before);
      return (folded / (user + system)) * 1_000_000;
    },
  };
};
