/** Whether a service can be sent work now, and if not, why. */
import type { CommandBus } from "@assay/bus/port.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Aside } from "./aside-facts.ts";
import { type Disk, diskOf } from "./disk.ts";
import { codeOf } from "./fault.ts";
import type { Metrics } from "./metrics.ts";
import type { Subscription, SubscriptionHealth } from "./subscription.ts";

export type Phase = "starting" | "ready" | "draining" | "closed";

export type Health = {
  readonly name: string;
  readonly phase: Phase;
  readonly live: boolean;
  readonly ready: boolean;
  /** `ok`, or the code of what is wrong. */
  readonly store: string;
  readonly bus: string;
  /** Of the keys that open words; `ok` where there are none apart from the store. */
  readonly keys: string;
  /** That of its own folder; `ok` where it keeps nothing. */
  readonly disk: Disk;
  readonly subscriptions: readonly SubscriptionHealth[];
  readonly timers: number;
  /** Inspections of which something is owed for more than a minute, or is tried again. */
  readonly late: number;
  /** What was set aside and waits for somebody: everything else goes on. */
  readonly aside: readonly Pick<Aside, "item" | "what" | "inspection" | "event" | "code">[];
};

type Examined = {
  readonly name: string;
  readonly phase: Phase;
  readonly store: EventStore;
  readonly bus: CommandBus;
  readonly metrics: Metrics;
  readonly dataDir: string | undefined;
  readonly subscriptions: readonly Subscription[];
  readonly timers: number;
  readonly late: number;
  readonly aside: readonly Aside[];
};

export const healthOf = async (examined: Examined): Promise<Health> => {
  const { name, phase, timers, late, dataDir } = examined;
  const [store, bus, keys, disk] = await Promise.all([
    outcomeOf(() => examined.store.ping()),
    outcomeOf(() => examined.bus.ping()),
    outcomeOf(async () => examined.store.pingKeys?.()),
    dataDir === undefined ? ("ok" as const) : diskOf(dataDir),
  ]);
  const subscriptions = gauge(examined);
  for (const [what, code] of Object.entries({ store, bus, keys }))
    examined.metrics.reachable.set({ service: name, what }, code === "ok" ? 1 : 0);
  const ready =
    phase === "ready" &&
    store === "ok" &&
    bus === "ok" &&
    keys === "ok" &&
    disk === "ok" &&
    subscriptions.every(({ caughtUp, failing }) => caughtUp && failing === undefined);
  const live = phase !== "closed";
  const aside = examined.aside.map(({ item, what, inspection, event, code }) => ({
    ...{ item, what, code },
    ...(inspection !== undefined && { inspection }),
    ...(event !== undefined && { event }),
  }));
  return { name, phase, live, ready, store, bus, keys, disk, subscriptions, timers, late, aside };
};

/** Sets the gauges to what is found, which happens at least as often as somebody looks. */
export const gauge = (
  examined: Omit<Examined, "phase" | "store" | "bus" | "dataDir" | "aside">,
) => {
  const { name, metrics, subscriptions, timers, late } = examined;
  metrics.timers.set({ service: name }, timers);
  metrics.late.set({ service: name }, late);
  return subscriptions.map((subscription) => {
    const health = subscription.health();
    metrics.lagSeconds.set({ service: name, subscription: health.name }, health.lagSeconds);
    return health;
  });
};

/** How long store and bus may take to answer, in milliseconds, before they are taken to hang. */
const patience = 4000;

const outcomeOf = async (ping: () => Promise<void>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("timeout"), patience);
  });
  try {
    return await Promise.race([ping().then(() => "ok", codeOf), late]);
  } finally {
    clearTimeout(timer);
  }
};
