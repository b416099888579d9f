/** A second process on the same data, and a second publisher: neither may begin. */
import { join } from "node:path";

import { startEngine } from "@assay/embedded/engine.ts";
import type { Clock } from "@assay/host/clock.ts";
import { codeOf } from "@assay/host/fault.ts";
import { createLog } from "@assay/host/log.ts";
import { takeOffice } from "@assay/publication/office.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Plant } from "./plants.ts";

type There = { readonly folder: string; readonly clock: Clock; readonly plant: Plant };

export const secondProcess = async ({
  folder,
  clock,
  plant,
}: There): Promise<readonly string[]> => {
  plant.files?.(folder);
  try {
    const log = createLog({ service: "faults", level: "silent" });
    const engine = await startEngine({ dataDir: folder, clock, log });
    await engine.close();
    return ["a second process began on the same data"];
  } catch (error) {
    return codeOf(error) === "locked" ? [] : [`a second process ended with ${String(error)}`];
  }
};

/** The first of this life records that it publishes; one on another folder comes after it. */
export const secondPublisher = async ({
  store: raw,
  folder,
  clock,
  plant,
}: There & { readonly store: EventStore }): Promise<readonly string[]> => {
  const store = plant.disk?.(raw) ?? raw;
  const begin = (place: string, begins: boolean) =>
    takeOffice({ store, folder: place, begins, now: () => clock.now() }, (options) =>
      openLedger(place, { mayMakeKey: options.mayMakeKey }),
    );
  try {
    await begin(join(folder, "office"), true);
    await begin(join(folder, "another-office"), false);
    return ["a second publisher began beside the first"];
  } catch (error) {
    return codeOf(error) === "misconfigured"
      ? []
      : [`a second publisher ended with ${String(error)}`];
  }
};
