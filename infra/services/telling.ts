/**
 * Tells published inspections to services in other processes. Time is told over NATS and waits at
 * each moment for which Assay owes something, until the store shows that it was done.
 */
import { type TimeTeller, openTimeTeller } from "@assay/bus/nats-clock.ts";
import { openNatsBus } from "@assay/bus/nats.ts";
import { type CommandBus, mayRetry } from "@assay/bus/port.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import type { SteppedClock } from "@assay/host/clock.ts";
import { pause } from "@assay/host/fault.ts";
import { type Edge, sealing } from "@assay/host/seal.ts";
import { carry, type Carrying } from "@assay/embedded/carry.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { createOwed, type Owed } from "./owed.ts";

export type Telling = {
  readonly store: EventStore;
  readonly natsUrl: string;
  /** In whose name the story's people are vouched for. */
  readonly edge: Edge;
  readonly plots: readonly Plot[];
  readonly onCommand?: Carrying["onCommand"];
  /** How the story's people send; straight over NATS by default. */
  readonly by?: Pick<CommandBus, "send">;
};

/** Before any inspection of these frameworks. */
const longAgo = "2018-01-01T00:00:00.000Z" as Instant;

/** How long the services may take for what they owe, in milliseconds. */
const patience = 120_000;

/** Long enough for a slow answer, short enough that one lost with its service is not waited for. */
const answers = { answer: 3_000, command: patience };

/** The services start once they know the time: tell it first, then start them. */
export const openTelling = async (telling: Telling) => {
  const { store, natsUrl, edge, plots, onCommand } = telling;
  const bus = sealing(await openNatsBus({ url: natsUrl, name: "assay-teller" }), edge);
  const teller = await openTimeTeller({ url: natsUrl, name: "assay-clock" });
  const owed = createOwed(
    store,
    plots.map(({ inspection }) => inspection),
  );
  const clock = createToldClock(teller, () => patiently(owed));
  const { by = bus } = telling;
  const engine = { store: readingPatiently(store), bus: by, idle: () => clock.settle() };
  return {
    bus,
    tell: () => carry({ engine, clock, plots, patience: answers, ...(onCommand && { onCommand }) }),
    close: async (): Promise<void> => {
      await teller.close();
      await bus.close();
    },
  };
};

/** The teller sees a store that is away for a while as one that is slow. */
const patiently = async <Got>(work: () => Promise<Got>): Promise<Got> => {
  for (const until = Date.now() + patience; ; await pause(100)) {
    try {
      return await work();
    } catch (error) {
      if (!mayRetry(error) || Date.now() > until) throw error;
    }
  }
};

const readingPatiently = (store: EventStore): Pick<EventStore, "read"> => ({
  read: async function* (stream, options) {
    yield await patiently(async () => {
      const events: StoredEvent[] = [];
      for await (const page of store.read(stream, options)) events.push(...page);
      return events;
    });
  },
});

type ToldClock = Pick<SteppedClock, "now" | "moveTo"> & {
  /** Resolves once nothing is owed for now or before. */
  settle(): Promise<void>;
};

const createToldClock = (teller: TimeTeller, owed: Owed): ToldClock => {
  let now = longAgo;
  teller.tell(now);

  const settle = async (): Promise<void> => {
    const until = Date.now() + patience;
    for (let wait = 2; ; wait = Math.min(wait * 2, 200)) {
      const [first] = await owed();
      if (first === undefined || first > now) return;
      if (Date.now() > until) throw new Error(`what is owed for ${first || "now"} was not done`);
      await pause(wait);
    }
  };
  return {
    now: () => now,
    settle,
    moveTo: async (instant) => {
      await settle();
      for (let [due] = await owed(); due && due <= instant; [due] = await owed()) {
        now = due as Instant;
        teller.tell(now);
        await settle();
      }
      now = instant;
      teller.tell(now);
    },
  };
};
