/**
 * A data folder in which many inspections were carried to their end long ago: their words under
 * lock, their checkpoints signed, and everything handled by every service. Each is the history of
 * one that was carried, under an id of its own.
 */
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { systemClock } from "@assay/host/clock.ts";
import { openDatabase } from "@assay/host/database.ts";
import { confirmClock } from "@assay/host/timekeeper.ts";
import { originOf, writeCheckpoint } from "@assay/ledger/checkpoint.ts";
import { recordOf } from "@assay/ledger/integrity.ts";
import { logOf, nextCheckpoint } from "@assay/ledger/log.ts";
import { haveSigned, renamed as forLog } from "@assay/ledger/note.ts";
import { stageAfter } from "@assay/ledger/stages.ts";
import type { Ledger } from "@assay/publication/ledger-keeper.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import type { KeyStore } from "@assay/vault/key-store.ts";
import { opened, ownersIn, sealed } from "@assay/vault/seal.ts";

import { progress } from "../rounds.ts";

export type Grown = { readonly inspections: number; readonly events: number };

type Means = {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly ledger: Ledger;
  readonly history: readonly StoredEvent[];
};

/** Adds those that are missing from the first `count`; nothing may run on the folder meanwhile. */
export const grow = async (
  dataDir: string,
  history: readonly StoredEvent[],
  count: number,
): Promise<Grown> => {
  const store = openSqliteStore({ path: storePath(dataDir) });
  const keys = openKeys(dataDir);
  const ledger = await openLedger(dataDir);
  const known = new Set(await ledger.records.inspections());
  let events = 0;
  for (let number = 0; number < count; number += 1) {
    const to = InspectionId.parse(`grown-${String(number).padStart(5, "0")}`);
    if (known.has(to)) continue;
    progress(`${number + 1} of ${count} inspections`);
    events += await addCopy({ store, keys, ledger, history }, to);
  }
  progress("");
  if (events > 0) await everythingHandled(dataDir, store);
  // Their dates are long past, and a start would ask whether its clock is right.
  await confirmClock(store, assay, systemClock.now());
  await store.close();
  keys.close();
  return { inspections: count, events };
};

const addCopy = async (means: Means, to: InspectionId): Promise<number> => {
  const { store, keys, history } = means;
  const from = inspectionOf(history[0]!.stream)!;
  const told = history
    .filter(({ stream }) => inspectionOf(stream) === from)
    .map((event) => renamed(event, { from, to }));
  const found = await keys.findOrMake(ownersIn(told));
  const runs: { readonly stream: string; readonly first: number; readonly events: NewEvent[] }[] =
    [];
  for (const { stream, revision, ...event } of told) {
    const closed = sealed(stream, event, found);
    const last = runs.at(-1);
    if (last?.stream === stream) last.events.push(closed);
    else runs.push({ stream, first: revision, events: [closed] });
  }
  const answers = await Promise.all(
    runs.map(({ stream, first, events }) =>
      store.append(stream, events, first === 0 ? "none" : first - 1),
    ),
  );
  if (!answers.every(({ appended }) => appended)) throw new Error(`${to} was not stored whole`);
  await sign(means, to, await storedOf(means, told));
  return told.length;
};

const renamed = (
  { stream, revision, type, data, metadata }: StoredEvent,
  { from, to }: { readonly from: string; readonly to: string },
) => {
  const { salts: _, ...kept } = metadata;
  return {
    stream: stream.replace(from, to),
    revision,
    id: crypto.randomUUID(),
    type,
    data: JSON.parse(JSON.stringify(data).replaceAll(from, to)) as NewEvent["data"],
    metadata: kept,
  };
};

const storedOf = async (
  { store, keys }: Means,
  told: readonly { readonly stream: string }[],
): Promise<readonly StoredEvent[]> => {
  const found: StoredEvent[] = [];
  for (const stream of new Set(told.map((each) => each.stream)))
    for await (const page of store.read(stream)) found.push(...page);
  const all = await keys.find(ownersIn(found));
  return found.map((event) => opened(event, all));
};

const sign = async (
  { ledger }: Means,
  inspection: InspectionId,
  events: readonly StoredEvent[],
): Promise<void> => {
  const { keyring, records } = ledger;
  const log = logOf(inspection, events);
  const origin = originOf(keyring.signer.name, inspection);
  const staged = log.entries.flatMap(({ event, index }) => {
    const stage = stageAfter(event);
    return stage === undefined ? [] : [{ stage, after: event.id, size: index + 1 }];
  });
  const signer = forLog(keyring.signer, origin);
  const checkpoints = await Promise.all(
    staged.map(async ({ stage, after, size }) => {
      const checkpoint = writeCheckpoint(nextCheckpoint({ log, size, origin, earlier: [] }));
      return { stage, after, note: await haveSigned(checkpoint, signer), timestamps: [] };
    }),
  );
  const entries = log.entries.slice(0, staged.at(-1)?.size);
  await records.write(recordOf({ ...log, entries }, { origin, checkpoints }));
};

/** As if every service had followed all along. */
const everythingHandled = async (dataDir: string, store: EventStore): Promise<void> => {
  let last: StoredEvent | undefined;
  for await (const [end] of store.readAll({ direction: "backwards", limit: 1 })) last = end;
  for (const name of globSync("{announcement,fieldwork,panel,publication}.sqlite", {
    cwd: dataDir,
  })) {
    const database = openDatabase(join(dataDir, name));
    database.transaction(() => {
      for (const { follower } of database.sqlite.prepare("select follower from position").all())
        database.keepPosition(String(follower), last!.position, last);
    });
    database.close();
  }
  if (!existsSync(join(dataDir, "publication.sqlite")))
    throw new Error(`no service ever ran in ${dataDir}`);
};
