/**
 * What is tried on a copy of a data folder before the system goes on from the folder itself: a
 * start has to refuse what was lost, in words, or to hold everything that was acknowledged.
 */
import { cpSync, existsSync, rmSync } from "node:fs";
import { basename } from "node:path";

import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import type { Clock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { damagePage } from "./damage.ts";
import type { Plant } from "./plants.ts";
import type { Trial } from "./scenario.ts";

export type Tried = {
  readonly trial: Trial;
  /** As the system left it. */
  readonly from: string;
  /** With the store of an earlier moment, if there was one. */
  readonly earlier: string | undefined;
  readonly plot: Plot;
  readonly acknowledged: ReadonlySet<string>;
  readonly clock: Clock;
  readonly chance: RandomStream;
  readonly plant: Plant;
};

/** Services are so many acknowledged commands behind at most: nothing of theirs tells of these. */
const behind = 20;

/** What is wrong, if anything: lost without a word, or told as a stack. */
export const tryOut = async (tried: Tried): Promise<readonly string[]> => {
  const folder = `${tried.from}-${tried.trial}`;
  cpSync(tried.from, folder, { recursive: true });
  try {
    await spoil(folder, tried);
    tried.plant.files?.(folder);
    const missing = await missingIn(folder, tried);
    const allowed = tried.trial === "earlier" ? behind : 0;
    return missing > allowed
      ? [`${tried.trial}: ${missing} acknowledged commands are gone, and nothing said so`]
      : [];
  } catch (error) {
    return isTold(error, folder)
      ? []
      : [`${tried.trial}: told as a stack: ${(error as Error).stack}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const spoil = async (folder: string, { trial, earlier, chance }: Tried): Promise<void> => {
  const store = storePath(folder);
  if (trial === "headless") return rmSync(`${store}-wal`, { force: true });
  if (trial === "page") {
    await openSqliteStore({ path: store }).close();
    return damagePage(store, chance);
  }
  if (earlier === undefined) return;
  for (const end of ["", "-wal", ".open"]) {
    rmSync(`${store}${end}`, { force: true });
    const former = `${earlier}/${basename(store)}${end}`;
    if (existsSync(former)) cpSync(former, `${store}${end}`, { force: true });
  }
};

const missingIn = async (folder: string, tried: Tried): Promise<number> => {
  const { clock, plot, acknowledged, plant } = tried;
  const engine = await startEngine({
    dataDir: folder,
    clock: { now: () => clock.now(), at: () => () => undefined },
    log: createLog({ service: "faults", level: "silent" }),
    between: {
      disk: (store) => plant.disk?.(store) ?? store,
      store: (store) => store,
      bus: (bus) => bus,
    },
  });
  try {
    const found = new Set<unknown>();
    for (const { metadata, unreadable } of await readInspection(engine.store, plot.inspection))
      if (unreadable === undefined) found.add(metadata["commandId"]);
    return [...acknowledged].filter((id) => !found.has(id)).length;
  } finally {
    await engine.close();
  }
};

/** Whether it says in words what is wrong, and with which file. */
const isTold = (error: unknown, folder: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  "retry" in error &&
  error.message.includes(folder) &&
  error.message.length > folder.length + 20;
