/**
 * Holds everything that was ever signed against what the store says today. A changed, missing,
 * reordered or added event is named.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { inspect, type Tampering } from "@assay/ledger/integrity.ts";
import { parseVerifierKey } from "@assay/ledger/note.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Ledger } from "./ledger-keeper.ts";

export type Watched = {
  readonly inspection: string;
  /** How many checkpoints were signed over it. */
  readonly checkpoints: number;
  /** Nothing, when the store still says what was signed. */
  readonly tampering: readonly Tampering[];
};

/** Every inspection that has a record, in alphabetical order. */
export const watchIntegrity = async (
  store: Pick<EventStore, "read">,
  { keyring, records }: Ledger,
): Promise<readonly Watched[]> => {
  const keys = keyring.keys.map(parseVerifierKey);
  const watched: Watched[] = [];
  for (const inspection of await records.inspections()) {
    const record = await records.read(inspection);
    if (!record) continue;
    const events = await readInspection(store, inspection as InspectionId);
    const { tampering } = inspect(events, record, keys);
    watched.push({ inspection, checkpoints: record.checkpoints.length, tampering });
  }
  return watched;
};

/** One line where all is well; else a line for each thing that is wrong. */
export const integrityInWords = (watched: readonly Watched[]): string => {
  const broken = watched.filter(({ tampering }) => tampering.length > 0);
  if (broken.length === 0) {
    const signed = watched.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
    return `The store holds what ${signed} signed checkpoints over ${watched.length} inspections say.`;
  }
  return broken
    .flatMap(({ inspection, tampering }) =>
      tampering.map(({ kind, what }) => `TAMPERED ${inspection}: ${kind}: ${what}`),
    )
    .join("\n");
};
