/**
 * What a ledger lacks that is behind its store, because its folder was brought back from an
 * earlier copy. A start finds where the ledger ends, and what comes after that is handled again,
 * which gives the same checkpoints. A record that is lost amid others is not found here: the daily
 * look at the integrity names its ratings.
 */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";

import { everythingSigned } from "./checkpoints.ts";
import { callsForCheckpoint, type Ledger, stands } from "./ledger-keeper.ts";

type Reading = Pick<EventStore, "readAll">;

/** Every event after the last one for which the ledger has its checkpoint, in order. */
export async function* missedBy(
  store: Reading,
  ledger: Pick<Ledger, "records">,
): AsyncGenerator<StoredEvent> {
  const { prefixes } = everythingSigned;
  const last = await lastSigned(store, ledger);
  const after = last === undefined ? {} : { after: last };
  for await (const page of store.readAll({ ...after, prefixes })) yield* page;
}

/** Found from the end of the store: nothing is missing as a rule, and little is read. */
const lastSigned = async (
  store: Reading,
  { records }: Pick<Ledger, "records">,
): Promise<Position | undefined> => {
  const { prefixes } = everythingSigned;
  for await (const page of store.readAll({ direction: "backwards", prefixes }))
    for (const event of page.filter(callsForCheckpoint)) {
      const inspection = inspectionOf(event.stream);
      const record = inspection && (await records.read(inspection));
      if (record && stands(event, record)) return event.position;
    }
  return undefined;
};
