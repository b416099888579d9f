import { exampleOutcomes } from "@assay/embedded/carry-examples.ts";
import { expect, it } from "vitest";

import {
  cutOff,
  type Disturbance,
  type Found,
  freshPlots,
  historyIn,
  kill,
  loseEventStore,
  type Stage,
  tellDisturbed,
  undisturbed,
} from "./contract/disturbed.ts";

const patience = 900_000;

const ratings = [
  { score: 29, overall: "Good", equal: true },
  { score: 23, overall: "Good", equal: true },
];

/** What befalls the node that leads, where the nodes are ours. */
const leaders = {
  isKilled: async ({ cluster }: Stage) => (await cluster?.killLeader())?.(),
  isCutOff: async ({ cluster }: Stage) => (await cluster?.cutLeaderOff())?.(),
  hangs: async ({ cluster }: Stage) => (await cluster?.hangLeader())?.(),
  resigns: ({ cluster }: Stage) => cluster?.resign(),
};

/** Every event, the ratings, and the reports where the public looks for them. */
const areAsTold = async (
  { store, stage, published }: Pick<Found, "store" | "stage" | "published">,
  plots: ReturnType<typeof freshPlots>,
): Promise<void> => {
  const found = await exampleOutcomes(store, plots);
  expect(found.map(({ score, overall, equal }) => ({ score, overall, equal }))).toEqual(
    ratings.slice(0, plots.length),
  );
  expect(await historyIn(store, plots)).toEqual(await undisturbed(plots));
  for (const plot of plots) expect(await published(plot)).toBe(true);
  for (const { url } of stage.consoles()) {
    const page = await fetch(`${url}/public`);
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const { inspection } of plots) expect(text).toContain(inspection);
  }
};

it(
  "loses and doubles nothing, whichever process or server is killed, cut off or unheard",
  async () => {
    const plots = freshPlots().slice(0, 1);
    const disturbances: readonly Disturbance[] = [
      [5, ({ service }) => kill(service("announcement"))],
      [150, ({ service }) => kill(service("fieldwork"))],
      [250, ({ nats }) => kill(nats[0])],
      [350, ({ service }) => cutOff(service("fieldwork"), 4_000)],
      [450, loseEventStore],
      [550, ({ storeProxy }) => void storeProxy?.failNext("landed")],
      [600, ({ storeProxy }) => void storeProxy?.failNext("landed")],
      [650, ({ natsProxy }) => void natsProxy.failNext("landed")],
      [700, ({ natsProxy }) => void natsProxy.failNext("landed")],
      [820, ({ service }) => kill(service("panel"))],
      [830, ({ service }) => kill(service("console"))],
      [835, ({ service }) => cutOff(service("panel"), 4_000)],
      [840, ({ service }) => cutOff(service("publication"), 4_000)],
      [850, loseEventStore],
      [850, ({ nats }) => kill(nats[0])],
      [855, ({ service }) => kill(service("publication"))],
      [865, ({ service }) => kill(service("publication"))],
    ];
    await tellDisturbed({
      ...{ plots, replicas: 1, disturbances },
      check: async ({ store, stage, published }) => {
        expect(stage.service("publication").restarts).toBeGreaterThanOrEqual(2);
        await areAsTold({ store, stage, published }, plots);
      },
    });
  },
  patience,
);

it(
  "goes on with two of everything on three nodes and three NATS servers, whichever is lost",
  async () => {
    const plots = freshPlots();
    const { hangs, isCutOff, isKilled, resigns } = leaders;
    const disturbances: readonly Disturbance[] = [
      [50, isKilled],
      [100, ({ service }) => kill(service("fieldwork", 1))],
      [200, ({ nats }) => kill(nats[0])],
      [300, isCutOff],
      [400, ({ service }) => kill(service("fieldwork", 2))],
      [500, ({ nats }) => cutOff(nats[1]!, 4_000)],
      [600, ({ service }) => cutOff(service("fieldwork", 1), 3_000)],
      [650, hangs],
      [700, ({ service }) => kill(service("announcement", 1))],
      [780, ({ service }) => kill(service("panel", 1))],
      [800, ({ service }) => kill(service("console", 1))],
      [810, ({ nats }) => kill(nats[2]!)],
      [820, ({ service }) => kill(service("panel", 2))],
      [830, resigns],
      [840, ({ service }) => cutOff(service("console", 2), 2_000)],
      [850, isKilled],
      [855, ({ service }) => kill(service("publication", 1))],
      [860, ({ service }) => kill(service("announcement", 2))],
      [865, ({ service }) => cutOff(service("publication", 2), 2_000)],
      [1_300, hangs],
      [1_750, isKilled],
      [1_850, ({ service }) => kill(service("publication", 1))],
    ];
    await tellDisturbed({
      ...{ plots, replicas: 2, disturbances, keysIn: "nats", several: true },
      check: async ({ store, stage, published }) => {
        await areAsTold({ store, stage, published }, plots);
      },
    });
  },
  patience,
);
