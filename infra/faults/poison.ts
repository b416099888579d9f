/**
 * What does not belong into the store, put there while a story is told: by other programs, by an
 * administrator, by newer code, by damage. What cannot be dealt with has to be on the list of what
 * was set aside; everything else goes on.
 */
import { randomUUID } from "node:crypto";

import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionStream, panelStream, publicationStream } from "@assay/domain/kernel/stream.ts";
import { append, tombstone } from "@assay/store/engine/commands.ts";
import { openEngine } from "@assay/store/engine/engine.ts";
import { metastreamOf } from "@assay/store/engine/metadata.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";

/** Put there while services run, through the store as others reach it. */
export const poisons = ["hollow", "newer", "stranger", "foreign", "oddly-named", "large"] as const;
/** Put there while nobody runs, as an administrator or a damaged disk does. */
export const poisonsApart = ["binary", "tombstone", "no-beginning"] as const;

export type Poison = (typeof poisons)[number] | (typeof poisonsApart)[number];

/** Facts of this type are nobody's, and stand in the told inspection's own streams, too. */
export const foreignType = "SomebodyElses";

/** An inspection that has to be set aside; none where the poison is to be passed over. */
export type Victim = InspectionId | undefined;

const event = (type: string, data: object = {}, metadata: object = { version: 1 }): NewEvent => ({
  ...{ id: randomUUID(), type, data: { ...data }, metadata: { ...metadata } },
});

/** The beginning of a real inspection, under another name. */
const begin = async (store: EventStore, { first, victim }: Spoiling): Promise<void> => {
  await store.append(inspectionStream(victim), [{ ...first, id: randomUUID() }], "none");
};

type Spoiling = {
  /** The told inspection's first event, as stored. */
  readonly first: Pick<StoredEvent, "type" | "data" | "metadata">;
  readonly victim: InspectionId;
  /** A stream of the told inspection. */
  readonly own: string;
};

type Spoil = (store: EventStore, spoiling: Spoiling) => Promise<Victim>;

const passedOver = async (work: Promise<unknown>): Promise<undefined> => void (await work);

const spoils: Readonly<Record<(typeof poisons)[number], Spoil>> = {
  hollow: async (store, spoiling) => {
    await begin(store, spoiling);
    await store.append(publicationStream(spoiling.victim), [event("ReportPublished")], "none");
    return spoiling.victim;
  },
  newer: async (store, spoiling) => {
    await begin(store, spoiling);
    const newer = event(spoiling.first.type, spoiling.first.data, { version: 99 });
    await store.append(inspectionStream(spoiling.victim), [newer], 0);
    return spoiling.victim;
  },
  stranger: (store, { victim }) =>
    passedOver(store.append(publicationStream(victim), [event("ReportPublished")], "none")),
  foreign: (store, { own }) => passedOver(appendLast(store, own, event(foreignType, { n: 1 }))),
  "oddly-named": async (store) => {
    for (const name of ["inspection-", "panel-Ä ö/..", "assessment-x", "erasure-", "aside-", "-"])
      await appendLast(store, name, event("ReportPublished"));
    return undefined;
  },
  large: (store, { victim }) =>
    passedOver(
      store.append(
        inspectionStream(victim),
        [event("InspectionPostponed", { reason: "[".repeat(900_000) })],
        "none",
      ),
    ),
};

const appendLast = async (store: EventStore, stream: string, one: NewEvent): Promise<void> => {
  for (;;) {
    let last: number | "none" = "none";
    for await (const [end] of store.read(stream, { direction: "backwards", limit: 1 }))
      last = end?.revision ?? "none";
    if ((await store.append(stream, [one], last)).appended) return;
  }
};

export const poisonRunning = async (
  store: EventStore,
  poison: (typeof poisons)[number],
  { inspection, victim }: { readonly inspection: InspectionId; readonly victim: InspectionId },
): Promise<Victim> => {
  for await (const [first] of store.read(inspectionStream(inspection), { limit: 1 }))
    if (first) return spoils[poison](store, { first, victim, own: panelStream(inspection) });
  return undefined;
};

/** On the file itself, with nobody there. */
export const poisonApart = async (
  path: string,
  poison: (typeof poisonsApart)[number],
  { inspection, victim }: { readonly inspection: InspectionId; readonly victim: InspectionId },
): Promise<Victim> => {
  const engine = openEngine({ path });
  try {
    const put = (stream: string, entry: object, json = true) =>
      engine.change((writer) => {
        const one = { id: randomUUID(), type: foreignType, json, data: "{}", metadata: "{}" };
        const entries = [{ ...one, ...entry }];
        return append(writer, { stream, expected: "any", entries, now: engine.now() });
      });
    const found = engine.streams.find(inspectionStream(inspection));
    if (poison === "binary" || !found) {
      await put(panelStream(victim), { data: Uint8Array.of(0, 255, 1) }, false);
      return undefined;
    }
    const from = { name: "", stream: found, from: 0, to: 0, since: 0, forwards: true, limit: 1 };
    const [first] = engine.reader.inStream(from);
    if (!first) return undefined;
    const [, , , , type, , , data, metadata] = first;
    await put(inspectionStream(victim), { type, data, metadata });
    if (poison === "tombstone") {
      const stream = publicationStream(victim);
      await put(stream, {});
      await engine.change((writer) =>
        tombstone(writer, { stream, expected: "any", now: engine.now() }),
      );
    } else {
      const stream = inspectionStream(victim);
      await put(stream, { type, data, metadata });
      await put(metastreamOf(stream), { type: "$metadata", data: '{"$tb":1}' });
    }
    return victim;
  } finally {
    await engine.close();
  }
};
