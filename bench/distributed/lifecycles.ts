/** Whole inspections told to the distributed engine, until the public finds their reports. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { pause } from "@assay/host/fault.ts";
import { siteFolder } from "@assay/publication/publishing.ts";
import { historyIn } from "@assay/services/contract/disturbed.ts";
import { openTelling } from "@assay/services/telling.ts";
import { untilReady } from "@assay/services/topology.ts";

import type { Stage } from "./stage.ts";

/** In milliseconds. */
const patience = 120_000;

/** How many a minute. Every event has to be the expected one, in its stream, with its words. */
export const carried = async (
  { store, natsUrl, edges, services, dataDir }: Stage,
  { plots, expected }: { readonly plots: readonly Plot[]; readonly expected: readonly string[] },
): Promise<number> => {
  const telling = await openTelling({ store, natsUrl, edge: edges.teller, plots });
  try {
    await untilReady(services);
    const begun = performance.now();
    await telling.tell();
    for (const { inspection } of plots)
      await untilThere(join(siteFolder(dataDir), "reports", inspection, "1", "report.json"));
    const minutes = (performance.now() - begun) / 60_000;
    if (!isDeepStrictEqual(await historyIn(store, plots), expected))
      throw new Error("the facts are not those that one undisturbed process records");
    return plots.length / minutes;
  } finally {
    await telling.close();
  }
};

const untilThere = async (path: string): Promise<void> => {
  for (const until = Date.now() + patience; !existsSync(path); await pause(20))
    if (Date.now() > until) throw new Error(`${path} was not published`);
};
