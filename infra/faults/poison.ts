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
export type Spoilt = InspectionId | undefined;

const event = (type: string, data: object = {}, metadata: object = { version: 1 }): NewEvent => ({
  ...{ id: randomUUID(), type, data: { ...data }, metadata: { ...metadata } },
});

/** The beginning of a real inspection, under another name. */
const begin = async (store: EventStore, { first, other }: Spoiling): Promise<void> => {
  await store.append(inspectionStream(other), [{ ...first, id: randomUUID() }], "none");
};

type Spoiling = {
  /** The told inspection's first event, as stored. */
  readonly first: Pick<StoredEvent, "type" | "data" | "metadata">;
  readonly other: InspectionId;
  /** A stream of the told inspection. */
  readonly own: string;
};

type Spoil = (store: EventStore, spoiling: Spoiling) => Promise<Spoilt>;

const passedOver = async (work: Promise<unknown>): Promise<undefined> => void (await work);

const spoils: Readonly<Record<(typeof poisons)[number], Spoil>> = {
  hollow: async (store, spoiling) => {
    await begin(store, spoiling);
    await store.append(publicationStream(spoiling.other), [event("ReportPublished")], "none");
    return spoiling.other;
  },
  newer: async (store, spoiling) => {
    await begin(store, spoiling);
    const newer = event(spoiling.first.type, spoiling.first.data, { version: 99 });
    await store.append(inspectionStream(spoiling.other), [newer], 0);
    return spoiling.other;
  },
  stranger: (store, { other }) =>
    passedOver(store.append(publicationStream(other), [event("ReportPublished")], "none")),
  foreign: (store, { own }) => passedOver(appendLast(store, own, event(foreignType, { n: 1 }))),
  "oddly-named": async (store) => {
    for (const name of ["inspection-", "panel-Ä ö/..", "assessment-x", "erasure-", "aside-", "-"])
      await appendLast(store, name, event("ReportPublished"));
    return undefined;
  },
  large: (store, { other }) =>
    passedOver(
      store.append(
        inspectionStream(other),
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
  { inspection, other }: { readonly inspection: InspectionId; readonly other: InspectionId },
): Promise<Spoilt> => {
  for await (const [first] of store.read(inspectionStream(inspection), { limit: 1 }))
    if (first) return spoils[poison](store, { first, other, own: panelStream(inspection) });
  return undefined;
};

/** On the file itself, with nobody there. */
export const poisonApart = async (
  path: string,
  poison: (typeof poisonsApart)[number],
  { inspection, other }: { readonly inspection: InspectionId; readonly other: InspectionId },
): Promise<Spoilt> => {
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
      await put(panelStream(other), { data: Uint8Array.of(0, 255, 1) }, false);
      return undefined;
    }
    const from = { name: "", stream: found, from: 0, to: 0, since: 0, forwards: true, limit: 1 };
    const [first] = engine.reader.inStream(from);
    if (!first) return undefined;
    const [, , , , type, , , data, metadata] = first;
    await put(inspectionStream(other), { type, data, metadata });
    if (poison === "tombstone") {
      const stream = publicationStream(other);
      await put(stream, {});
      await engine.change((writer) =>
        tombstone(writer, { stream, expected: "any", now: engine.now() }),
      );
    } else {
      const stream = inspectionStream(other);
      await put(stream, { type, data, metadata });
      await put(metastreamOf(stream), { type: "$metadata", data: '{"$tb":1}' });
    }
    return other;
  } finally {
    await engine.close();
  }
};
