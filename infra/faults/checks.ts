/**
 * What must hold however a story went: nothing acknowledged is lost, nothing is doubled, the facts
 * are those of an undisturbed telling, every view is what a fold from the beginning gives, every
 * rating what its replay gives, and every signed checkpoint still true.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { Held } from "@assay/console/reading/held.ts";
import { createLibrary } from "@assay/console/reading/library.ts";
import { replay } from "@assay/domain/audit/replay.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { recordedFrom } from "@assay/publication/told.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { callsForCheckpoint } from "@assay/publication/ledger-keeper.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { foreignType } from "./poison.ts";
import { isUnhurried, type Scenario } from "./scenario.ts";

export type History = readonly StoredEvent[];

/** The inspection's facts, as the store has them. */
export const historyOf = (store: Pick<EventStore, "read">, plot: Plot): Promise<History> =>
  readInspection(store, plot.inspection);

export type Found = {
  /** The data folder as the last life left it. */
  readonly folder: string;
  readonly acknowledged: ReadonlySet<string>;
  /** The inspection as a reader held it who followed along. */
  readonly followed: Held | undefined;
  /** What went wrong on the way. */
  readonly wrong: readonly string[];
};

export const violationsIn = async (
  { folder, acknowledged, followed, wrong }: Found,
  { scenario, expected }: { readonly scenario: Scenario; readonly expected: History },
): Promise<readonly string[]> => {
  // Begun again from the event store alone: every agenda is built from the beginning.
  for (const file of serviceFiles(folder)) rmSync(join(folder, file));
  const engine = await startEngine({
    dataDir: folder,
    clock: createSteppedClock("2030-01-01T00:00:00.000Z" as never),
    log: createLog({ service: "faults", level: "silent" }),
  });
  try {
    await engine.idle();
    const history = await historyOf(engine.store, scenario.plot);
    const ledger = await openLedger(folder);
    const watched = await watchIntegrity(engine.store, ledger);
    return [
      ...wrong,
      ...lost(acknowledged, history),
      ...disordered(history),
      ...different(history, expected, isUnhurried(scenario)),
      ...early(history),
      ...misrated(history),
      ...unsigned(history, await ledger.records.read(scenario.plot.inspection)),
      ...watched.flatMap(({ tampering }) => tampering.map(({ what }) => `checkpoint: ${what}`)),
      ...unlike(followed, await createLibrary(engine.store).one(scenario.plot.inspection)),
    ];
  } finally {
    await engine.close();
  }
};

const lost = (acknowledged: ReadonlySet<string>, history: History): readonly string[] => {
  const kept = new Set(history.map(({ metadata }) => metadata["commandId"]));
  return [...acknowledged].filter((id) => !kept.has(id)).map((id) => `lost: command ${id}`);
};

const disordered = (history: History): readonly string[] => {
  const next = new Map<string, number>();
  const gaps = history.flatMap(({ stream, revision }) => {
    const wanted = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision === wanted ? [] : [`gap: ${stream} has ${revision} instead of ${wanted}`];
  });
  const ids = new Set(history.map(({ id }) => id));
  return ids.size === history.length ? gaps : [...gaps, "doubled: an event id comes twice"];
};

/** With the same words and times, where the clock was right and nobody was away for long. */
const different = (history: History, expected: History, timed: boolean): readonly string[] => {
  const named = ({ stream, type, id }: StoredEvent): string => `${stream} ${type} ${id}`;
  const ours = history.filter(({ type }) => type !== foreignType);
  const found = new Map(ours.map((event) => [named(event), JSON.stringify(event.data)]));
  const wanted = new Map(expected.map((event) => [named(event), JSON.stringify(event.data)]));
  return [
    ...[...wanted.keys()].filter((name) => !found.has(name)).map((name) => `missing: ${name}`),
    ...[...found.keys()].filter((name) => !wanted.has(name)).map((name) => `added: ${name}`),
    ...[...(timed ? found : [])].flatMap(([name, data]) => {
      const told = wanted.get(name) ?? data;
      return told === data ? [] : [`changed: ${name}: ${whereDifferent(data, told)}`];
    }),
  ];
};

const whereDifferent = (found: string, wanted: string): string => {
  const at = [...found].findIndex((sign, index) => sign !== wanted[index]);
  const around = (text: string): string => text.slice(Math.max(0, at - 40), at + 40);
  return `…${around(found)}… instead of …${around(wanted)}…`;
};

const early = (history: History): readonly string[] =>
  history.flatMap(({ type, data }) =>
    type === "ReportPublished" && String(data["at"]) < String(data["publishAt"])
      ? [`early: published at ${String(data["at"])}`]
      : [],
  );

const misrated = (history: History): readonly string[] => {
  const replayed = replay(recordedFrom(history));
  if (!replayed?.concluded) return ["no ratings were concluded"];
  return replayed.discrepancies.map(
    ({ what, of = "", concluded, replayed: again }) =>
      `rating: ${what} ${of}: ${concluded} on record, ${again} replayed`,
  );
};

/** Whatever calls for a checkpoint has one, even if nothing that came later asked for it. */
const unsigned = (history: History, record: LogRecord | undefined): readonly string[] => {
  const signed = new Set(record?.checkpoints.map(({ after }) => after));
  return history
    .filter((event) => callsForCheckpoint(event) && !signed.has(event.id))
    .map(({ stream, revision }) => `no checkpoint was signed after ${stream}@${revision}`);
};

const serviceFiles = (folder: string): readonly string[] =>
  readdirSync(folder).filter(
    (file) => file.includes(".sqlite") && !join(folder, file).startsWith(storePath(folder)),
  );

/** What readers held who followed along, beside what somebody holds who begins to read now. */
const unlike = (followed: Held | undefined, read: Held | undefined): readonly string[] =>
  isDeepStrictEqual(followed, read) ? [] : ["view: not what a fold from the beginning gives"];
