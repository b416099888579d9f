/**
 * The process of `looking-back.ts`: reads every inspection beside the engine, holds it against its
 * signed record, and replays what is over, where this code has not done so before.
 */
import { setPriority } from "node:os";

import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf, inspectionStream } from "@assay/domain/kernel/stream.ts";
import { codeFingerprint } from "@assay/host/code.ts";
import { openRecordFolder, recordState } from "@assay/ledger/record-folder.ts";
import { integrityInWords, type Watched, watchOne } from "@assay/publication/integrity-watch.ts";
import { recordsFolder } from "@assay/publication/publishing.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { openKeysToRead } from "@assay/vault/key-folder.ts";
import { openedReader } from "@assay/vault/sealed-store.ts";

import { type CheckBook, openCheckBook } from "../check-book.ts";
import { breaksUnder, eventsOf } from "../check-upgrade.ts";
import { masterKeyIn } from "../config.ts";
import { storePath } from "../data-folder.ts";

/** Milliseconds between two words on how far it has come. */
const rhythm = 10_000;

const say = (text: string): void => void process.send?.(text);

type Means = {
  readonly book: CheckBook;
  readonly store: Pick<EventStore, "read">;
  readonly code: string;
};

const look = async (dataDir: string, known: readonly string[]): Promise<void> => {
  const reader = openSqliteReader(storePath(dataDir));
  const keys = openKeysToRead(dataDir, { secret: masterKeyIn(process.env) });
  const store = openedReader(reader, keys);
  const book = openCheckBook(dataDir);
  await book.hear(store);
  await replayAll({ book, store, code: codeFingerprint() });
  const watched = await watchAll(dataDir, { book, store, known });
  if (watched.length > 0) say(integrityInWords(watched));
  book.close();
  keys.close();
  reader.close();
};

/** What is over, once for each code. What is under way was replayed before this code began. */
const replayAll = async ({ book, store, code }: Means): Promise<void> => {
  const due = book.all().filter((each) => each.over && each.code !== code);
  const tell = progressOf(due.length, "inspections that are over were replayed by this code");
  for (const { name } of due) {
    tell();
    const breaks = breaksUnder(await eventsOf(store, name));
    for (const { kind, what, stream, revision } of breaks)
      say(`OTHERWISE ${inspectionOf(name)}: ${kind}: ${what} (${stream} at ${revision})`);
    if (breaks.length === 0) book.keepCode(name, code);
  }
};

/** Every inspection that has a record, or ought to have one. */
const watchAll = async (
  dataDir: string,
  { book, store, known }: Omit<Means, "code"> & { readonly known: readonly string[] },
): Promise<readonly Watched[]> => {
  const folder = recordsFolder(dataDir);
  const records = await openRecordFolder(folder);
  const evidence = { keyring: { keys: known }, records };
  const recorded = new Set<string>(await records.inspections());
  const concluded = book.all().flatMap((each) => (each.concluded ? inspectionOf(each.name)! : []));
  const all = [...new Set([...recorded, ...concluded])].toSorted();
  const tell = progressOf(all.length, "inspections were held against what was signed");
  const watched: Watched[] = [];
  for (const inspection of all) {
    tell();
    const state = recorded.has(inspection) && (await recordState(folder, inspection));
    const found = await watchOne(inspection, store, evidence);
    watched.push(found);
    if (state && found.tampering.length === 0)
      book.keepHeld(inspectionStream(inspection as InspectionId), state);
  }
  return watched;
};

/** To be called before each; says from time to time how many were. */
const progressOf = (all: number, what: string): (() => void) => {
  let done = 0;
  let told = performance.now();
  return () => {
    if (performance.now() - told > rhythm) {
      told = performance.now();
      say(`${done} of ${all} ${what}.`);
    }
    done += 1;
  };
};

setPriority(10);
process.on("disconnect", () => process.exit());
const [dataDir, ...keys] = process.argv.slice(2);
await look(dataDir!, keys);
process.disconnect?.();
