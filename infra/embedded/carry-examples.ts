/**
 * Brings the examples into a data folder. An interrupted attempt goes on where it was, because
 * every command of the story keeps its id.
 */
import { outcomeOf, type Outcome } from "@assay/domain/reconstruction/outcome.ts";
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { inspectionStream, publicationStream } from "@assay/domain/kernel/stream.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { EventStore } from "@assay/store/port.ts";

import { carry, type Carrying } from "./carry.ts";
import { type Engine, type EngineOptions, startEngine } from "./engine.ts";
import { factsOf } from "@assay/publication/told.ts";

/** Before every inspection that there can be: commands bring their own days. */
export const longAgo = "2000-01-01T00:00:00.000Z" as Instant;

/** An engine in which only the teller moves time. */
export type Story = { readonly engine: Engine; readonly clock: SteppedClock };

/** Opens an engine for telling, and closes it when `tell` is done or has failed. */
export const inStory = async <Told>(
  options: Omit<EngineOptions, "clock">,
  tell: (story: Story) => Promise<Told>,
): Promise<Told> => {
  const clock = createSteppedClock(longAgo);
  const engine = await startEngine({ ...options, clock });
  try {
    return await tell({ engine, clock });
  } finally {
    await engine.close();
  }
};

export type TellingExamples = {
  readonly plots: readonly PublishedPlot[];
  readonly onCommand?: Carrying["onCommand"];
};

/** Into an empty store, or one in which they were begun and not finished; else nothing happens. */
export const tellExamples = async (
  story: Story,
  { plots, onCommand }: TellingExamples,
): Promise<void> => {
  if (await isWanted(story.engine.store, plots))
    await carry({ ...story, plots, ...(onCommand && { onCommand }) });
};

export const carryExamples = ({
  plots,
  onCommand,
  ...options
}: Omit<EngineOptions, "clock"> & TellingExamples): Promise<void> =>
  inStory(options, (story) => tellExamples(story, { plots, ...(onCommand && { onCommand }) }));

/** Whether the store is empty, or holds examples that were begun and not finished. */
export const isWanted = async (store: EventStore, plots: readonly Plot[]): Promise<boolean> => {
  for await (const page of store.readAll({ limit: 1 })) {
    if (page.length === 0) continue;
    const begun = await Promise.all(
      plots.map(({ inspection }) => has(store, inspectionStream(inspection))),
    );
    const closed = await Promise.all(plots.map(({ inspection }) => isClosed(store, inspection)));
    return begun.includes(true) && closed.includes(false);
  }
  return true;
};

const has = async (store: EventStore, stream: string): Promise<boolean> => {
  for await (const page of store.read(stream, { limit: 1 })) if (page.length > 0) return true;
  return false;
};

const isClosed = async (store: EventStore, inspection: Plot["inspection"]): Promise<boolean> => {
  const last = { direction: "backwards", limit: 1 } as const;
  for await (const page of store.read(publicationStream(inspection), last)) {
    if (page.some(({ type }) => type === "InspectionClosed")) return true;
  }
  return false;
};

/** What each example came to, computed from its stored facts. */
export const exampleOutcomes = async (
  store: EventStore,
  plots: readonly PublishedPlot[],
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { file, counts, inspection } of plots) {
    const events = await readInspection(store, inspection);
    if (events.length > 0) outcomes.push(outcomeOf(file, counts, factsOf(events)));
  }
  return outcomes;
};
