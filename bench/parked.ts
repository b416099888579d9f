/**
 * Ten thousand inspections parked in every stage, and everything stopped: the engine is killed
 * while it pays what fell due meanwhile, and started again. None may be stranded, and nothing paid
 * twice.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { chanceOf } from "@assay/faults/scenario.ts";
import { smallPlot } from "@assay/faults/small-plot.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { historyOf, storeCopy } from "./lifecycles/copies.ts";
import { startOn } from "./lifecycles/start.ts";
import { round } from "./measure.ts";
import { progress } from "./rounds.ts";

const inspections = 10_000;
const kills = [200, 2_000];

/** The history up to the end of each command: every place where it may have come to rest. */
const restsIn = (history: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] =>
  history.flatMap(({ metadata }, index) =>
    history[index + 1]?.metadata["commandId"] === metadata["commandId"]
      ? []
      : [history.slice(0, index + 1)],
  );

const nameOf = (number: number): string => `parked-${String(number).padStart(5, "0")}`;

const park = async (
  store: EventStore,
  rests: readonly (readonly StoredEvent[])[],
  from: string,
): Promise<number> => {
  let events = 0;
  for (let number = 0; number < inspections; number += 1) {
    if (number % 100 === 0) progress(`parking ${number} of ${inspections}`);
    events += await storeCopy(store, rests[number % rests.length]!, { from, to: nameOf(number) });
  }
  progress("");
  return events;
};

/** What is recorded of each inspection, in no order. */
const recordedIn = async (store: EventStore): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, string[]>();
  for await (const page of store.readAll())
    for (const { stream, type } of page) {
      const inspection = inspectionOf(stream) ?? stream;
      const facts = found.get(inspection) ?? [];
      facts.push(`${stream.replace(inspection, "")} ${type}`);
      found.set(inspection, facts);
    }
  return found;
};

/** Of those that rested in the same place, every one must have come to the same facts. */
const strangers = (
  found: ReadonlyMap<string, readonly string[]>,
  rests: number,
): { readonly stranded: number; readonly doubled: number } => {
  let [stranded, doubled] = [0, 0];
  for (let number = rests; number < inspections; number += 1) {
    const own = found.get(nameOf(number)) ?? [];
    const model = found.get(nameOf(number % rests)) ?? [];
    if (own.length > model.length) doubled += 1;
    else if (own.toSorted().join() !== model.toSorted().join()) stranded += 1;
  }
  return { stranded, doubled };
};

export const run = async (): Promise<Readonly<Record<string, unknown>>> => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-"));
  try {
    const plot = smallPlot(chanceOf(1, "plot"));
    const rests = restsIn(await historyOf(plot));
    let store = openSqliteStore({ path: storePath(dataDir) });
    const parked = await park(store, rests, plot.inspection);
    await store.close();
    for (const after of kills) {
      progress(`starting, to be killed after ${after} ms`);
      await startOn(dataDir, after);
    }
    progress("starting for good");
    const started = await startOn(dataDir);
    const again = await startOn(dataDir);
    progress("");
    if (!started || !again) throw new Error("the engine did not start");
    store = openSqliteStore({ path: storePath(dataDir) });
    const found = await recordedIn(store);
    await store.close();
    const facts = [...found.values()].reduce((sum, { length }) => sum + length, 0);
    const wrong = strangers(found, rests.length);
    const left = again.timers + started.refused;
    if (wrong.stranded + wrong.doubled + left > 0)
      throw new Error(JSON.stringify({ ...wrong, left }));
    console.log(
      `${inspections} inspections in ${rests.length} places, ${parked} events; killed ${kills.length} times.\n` +
        `Ready after ${round(started.ready)} ms; all that had fallen due was paid (${facts - parked} facts) ` +
        `after ${round(started.idle)} ms; started once more, nothing left to do after ${round(again.idle)} ms.\n` +
        `Stranded ${wrong.stranded}, doubled ${wrong.doubled}. Memory ${round(started.residentMegabytes)} MB.`,
    );
    return {
      inspections,
      places: rests.length,
      parked,
      paid: facts - parked,
      started,
      again,
      wrong,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
