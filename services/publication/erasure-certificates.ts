/**
 * Certifies each erasure, once the words that it names can no longer be read. A certificate is a
 * file beside the ledger's records; making it again gives the same one.
 */
import {
  ErasureEvent,
  erasureIn,
  type Erasing,
  isErasureEvent,
} from "@assay/domain/announcement/erasure/events.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { isErased, mapTexts } from "@assay/domain/kernel/text-places.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { isScheduled, readInspection } from "@assay/host/read-inspection.ts";
import { replaceFile } from "@assay/ledger/durable-file.ts";
import { certifyErasure, type ErasedText, type ErasureStatement } from "@assay/ledger/erasure.ts";
import { keptHashesOf } from "@assay/ledger/integrity.ts";
import { type EventStore, type StoredEvent, StoreFault } from "@assay/store/port.ts";
import { join } from "node:path";

import type { Ledger } from "./ledger-keeper.ts";

export const certificateName = ({ stream, revision }: Pick<StoredEvent, "stream" | "revision">) =>
  `${stream}.${revision}.json`;

export const erasureCertificates = (options: {
  readonly store: Pick<EventStore, "read">;
  readonly ledger: Ledger;
  readonly folder: string;
}): Reaction => ({
  name: "erasure certificates",
  prefixes: ["erasure-"],
  facts: [ErasureEvent],
  react: async (event) => {
    const inspection = inspectionOf(event.stream);
    const erasing = erasureIn({ type: event.type, ...event.data });
    if (!inspection || !erasing || !(await isScheduled(options.store, inspection))) return;
    const events = await readInspection(options.store, inspection);
    const record = await options.ledger.records.read(inspection);
    const kept = record
      ? keptHashesOf(record)
      : new Map<string, Readonly<Record<string, string>>>();
    const texts = events.flatMap((one) =>
      textsIn(one, erasing).map((text): ErasedText => {
        const hash = kept.get(one.id)?.[text.pointer];
        return hash === undefined ? text : { ...text, hash };
      }),
    );
    const statement = { inspection, fact: factIn(event), texts };
    const file = await certifyErasure(statement, options.ledger.keyring);
    await replaceFile(join(options.folder, certificateName(event)), file, { mode: 0o644 });
  },
});

/** Throws a StoreFault while any of the words that the fact names can still be read. */
const textsIn = (event: StoredEvent, { of, what }: Erasing): readonly ErasedText[] => {
  const part = event.type === "CaseListSubmitted" ? "list" : "words";
  const { stream, revision, id } = event;
  const found: ErasedText[] = [];
  if (!what.includes(part)) return found;
  mapTexts(event.data, (text, { pointer, case: named }) => {
    if (named === undefined || (of !== "every case" && of !== named)) return text;
    if (!isErased(text)) {
      const message = `${stream}@${revision}${pointer} was erased, and can still be read`;
      throw new StoreFault("unavailable", message, { retry: true });
    }
    found.push({ stream, revision, event: id, pointer });
    return text;
  });
  return found;
};

const factIn = (event: StoredEvent): ErasureStatement["fact"] => {
  const { stream, revision, id, type, data } = event;
  const fact = { type, ...data };
  if (!isErasureEvent(fact)) throw new TypeError(`${type} erases nothing`);
  const { at, by } = fact;
  const told =
    fact.type === "CaseErased"
      ? { of: fact.of, ground: fact.ground }
      : { keptMonths: fact.keptMonths };
  return { stream, revision, id, type, at, by: { id: by.id, role: by.role }, ...told };
};
