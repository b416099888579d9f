/**
 * Holds everything that was ever signed against what the store says today. A changed, missing,
 * reordered or added event is named.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { parseCheckpoint } from "@assay/ledger/checkpoint.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { inspect, type LogRecord, type Tampering } from "@assay/ledger/integrity.ts";
import { parseNote, parseVerifierKey } from "@assay/ledger/note.ts";
import type { RecordFolder } from "@assay/ledger/record-folder.ts";
import type { EventStore } from "@assay/store/port.ts";

export type Watched = {
  readonly inspection: string;
  /** How many checkpoints were signed over it; 0: its ratings are concluded, and nothing signed. */
  readonly checkpoints: number;
  /** Events since the last checkpoint: new, and not yet under any signature. */
  readonly unsigned: number;
  /** Nothing, when the store still says what was signed. */
  readonly tampering: readonly Tampering[];
};

/** What the store is held against: the verifier keys, the current one last, and the records. */
export type Evidence = {
  readonly keyring: { readonly keys: readonly string[] };
  readonly records: RecordFolder;
};

/**
 * Every inspection that has a record, or has ratings and ought to have one, in alphabetical order.
 */
export const watchIntegrity = async (
  store: Pick<EventStore, "read" | "readAll">,
  { keyring, records }: Evidence,
): Promise<readonly Watched[]> => {
  const recorded = await records.inspections();
  const all = new Set([...recorded, ...(await concludedIn(store))]);
  const watched: Watched[] = [];
  for (const inspection of [...all].toSorted())
    watched.push(await watchOne(inspection, store, { keyring, records }));
  return watched;
};

/** One inspection. Its record is read first, so that the store holds whatever was signed. */
export const watchOne = async (
  inspection: string,
  store: Pick<EventStore, "read">,
  { keyring, records }: Evidence,
): Promise<Watched> => {
  const record = await records.read(inspection);
  const events = await readInspection(store, inspection as InspectionId);
  if (!record) return { inspection, checkpoints: 0, unsigned: events.length, tampering: [] };
  const { tampering } = inspect(events, record, keyring.keys.map(parseVerifierKey));
  const unsigned = Math.max(0, events.length - signedIn(record));
  return { inspection, checkpoints: record.checkpoints.length, unsigned, tampering };
};

/** How many events the record's last checkpoint covers, if that can be read. */
const signedIn = ({ checkpoints }: LogRecord): number => {
  try {
    const last = checkpoints.at(-1);
    return last ? parseCheckpoint(parseNote(last.note).text).size : 0;
  } catch (error) {
    if (error instanceof LedgerFault) return 0;
    throw error;
  }
};

/** The inspections whose ratings the store says were concluded. */
const concludedIn = async (store: Pick<EventStore, "readAll">): Promise<readonly string[]> => {
  const found = new Set<string>();
  for await (const page of store.readAll({ prefixes: ["panel-"] })) {
    for (const { type, stream } of page) {
      const inspection = inspectionOf(stream);
      if (type === "RatingsConcluded" && inspection) found.add(inspection);
    }
  }
  return [...found];
};

/** Findings beyond these are only counted, of one inspection. */
const mostTold = 20;

/** One line where all is well; else a line for each thing that is wrong. */
export const integrityInWords = (watched: readonly Watched[]): string => {
  const signed = watched.filter(({ checkpoints }) => checkpoints > 0);
  const total = signed.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  const sound = signed.every(({ tampering }) => tampering.length === 0);
  return [
    ...(sound
      ? [`The store holds what ${total} signed checkpoints over ${signed.length} inspections say.`]
      : watched.flatMap(tamperingInWords)),
    ...watched
      .filter(({ checkpoints }) => checkpoints === 0)
      .map(({ inspection }) => `NOT SIGNED ${inspection}: no checkpoint stands for its ratings.`),
  ].join("\n");
};

const tamperingInWords = ({ inspection, tampering }: Watched): readonly string[] => {
  const told = tampering
    .slice(0, mostTold)
    .map(({ kind, what }) => `TAMPERED ${inspection}: ${kind}: ${what}`);
  const more = tampering.length - told.length;
  return more > 0 ? [...told, `TAMPERED ${inspection}: and ${more} findings more`] : told;
};
