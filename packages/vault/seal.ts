/**
 * Facts as they lie in the store: each text closed with the key of the case, or the inspection,
 * that it belongs to, together with a salt of its own. Everything outside `text` stays readable.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { assessmentStream, inspectionOf, streamsOf } from "@assay/domain/kernel/stream.ts";
import { isErased, mapTexts, type TextPlace } from "@assay/domain/kernel/text-places.ts";
import { type NewEvent, type StoredEvent, StoreFault } from "@assay/store/port.ts";

import { close, freshBytes, open } from "./box.ts";
import { caseOwner, everyCase, type Keys } from "./key-store.ts";

/** What stands under `text` in the store, in base64. */
type Sealed = { readonly sealed: string };

const erased = { erased: true } as const;
const saltBytes = 16;

/** Longer words are packed, so that base64 makes no append larger than it would have been. */
const shortest = 512;
const packed = 1;

type Placed = Pick<NewEvent, "type" | "data"> & { readonly stream: string };

/** Whose keys the texts of these events are closed with; those erased before need none. */
export const ownersIn = (events: Iterable<Placed>): ReadonlySet<string> => {
  const owners = new Set<string>();
  for (const event of events) {
    mapTexts(event.data, (text, place) => {
      if (!isErased(text)) owners.add(ownerOf(event, place));
      return text;
    });
  }
  return owners;
};

/**
 * The event with its texts closed. Where the owner's key was destroyed, the words are not kept. The
 * event's salt is not kept either: each text has its own in its box, which goes with it.
 */
export const sealed = (stream: string, event: NewEvent, keys: Keys): NewEvent => {
  const { salt: _, ...metadata } = event.metadata;
  const data = mapTexts(event.data, (text, place) => {
    if (isErased(text)) return text;
    const owner = ownerOf({ ...event, stream }, place);
    const key = keys.get(owner);
    if (key === undefined) throw keyLost(stream, owner);
    if (key === "destroyed") return erased;
    const box = close(key, contentOf(text), placeOf(event.id, owner, place));
    return { sealed: box.toString("base64") } satisfies Sealed;
  });
  return { ...event, data, metadata };
};

/**
 * The event as it was written, and `salts` in its metadata for those who prove what it says; where
 * a key was destroyed, the words are erased. Words that do not open, because their key is missing
 * or another one, or because they were changed, read as erased too, and `lost` in the metadata
 * names each with its owner: one missing key stops nothing but its own words. `successors` are the
 * keys in the places of those that were given up, by the same owners.
 */
export const opened = <Event extends StoredEvent>(
  event: Event,
  keys: Keys,
  successors: Keys = new Map(),
): Event => {
  const salts: Record<string, string> = {};
  const lost: Record<string, string> = {};
  let closed = false;
  const data = mapTexts(event.data, (text, place) => {
    if (!isSealed(text)) return text;
    closed = true;
    const owner = ownerOf(event, place);
    const key = keys.get(owner);
    const other = successors.get(owner);
    if (key === "destroyed" || other === "destroyed") return erased;
    const box = { text, owner, place };
    const content =
      (key && openBox(event, { ...box, key })) ?? (other && openBox(event, { ...box, key: other }));
    if (content === undefined) {
      lost[place.pointer] = owner;
      return erased;
    }
    salts[place.pointer] = content.toString("hex", 0, saltBytes);
    return wordsIn(content);
  });
  if (!closed) return event;
  const found = Object.keys(lost).length > 0 ? { salts, lost } : { salts };
  return { ...event, data, metadata: { ...event.metadata, ...found } };
};

/** A salt, how the words are written, and the words. */
const contentOf = (text: unknown): Buffer => {
  const json = Buffer.from(JSON.stringify(text));
  const words = json.length > shortest ? deflateRawSync(json, { level: 1 }) : json;
  const how = Buffer.of(json.length > shortest ? packed : 0);
  return Buffer.concat([freshBytes(saltBytes), how, words]);
};

const wordsIn = (content: Buffer): unknown => {
  const words = content.subarray(saltBytes + 1);
  const json = content[saltBytes] === packed ? inflateRawSync(words) : words;
  return JSON.parse(json.toString("utf8")) as unknown;
};

/** The event with sealed words as if they were erased, for those who have no keys. */
export const withoutWords = <Event extends StoredEvent>(event: Event): Event => ({
  ...event,
  data: mapTexts(event.data, (text) => (isSealed(text) ? erased : text)),
});

/** What of an event's words does not open, by its place in the data, with whose key would do so. */
export const lostIn = ({
  metadata,
}: Pick<StoredEvent, "metadata">): Readonly<Record<string, string>> =>
  (metadata["lost"] ?? {}) as Readonly<Record<string, string>>;

/** Undefined where the box does not open with this key. */
const openBox = (
  event: StoredEvent,
  box: {
    readonly key: Buffer;
    readonly text: Sealed;
    readonly owner: string;
    readonly place: TextPlace;
  },
): Buffer | undefined => {
  const { key, text, owner, place } = box;
  try {
    return open(key, Buffer.from(text.sealed, "base64"), placeOf(event.id, owner, place));
  } catch {
    return undefined;
  }
};

/** A key that is there and does not open, or was lost: nothing more is closed with another one. */
export const keyLost = (stream: string, owner: string): StoreFault => {
  const message =
    `the words of ${owner} do not open, so none are added to ${stream}: bring the keys back that ` +
    "belong to this data (assay vault lost, assay vault restore)";
  return new StoreFault("corrupt", message, { retry: false });
};

const ownerOf = ({ stream, type }: Placed, { case: named }: TextPlace): string => {
  const inspection = inspectionOf(stream);
  if (inspection === undefined) return `/${stream}`;
  const dot = stream.indexOf(".");
  const id = named ?? (dot < 0 ? undefined : stream.slice(dot + 1));
  if (id === undefined) return inspection;
  return caseOwner(inspection, type === "CaseListSubmitted" ? "list" : "words", id);
};

/** Where words of these owners may stand, if they are to be closed in this stream. */
export const streamsWith = (owners: readonly string[], stream: string): ReadonlySet<string> => {
  const inspection = inspectionOf(stream);
  if (inspection === undefined) return new Set([stream]);
  const begin = everyCase(inspection, "words");
  const cases = owners.filter((owner) => owner.startsWith(begin));
  return new Set([
    ...streamsOf(inspection),
    ...cases.map((owner) => assessmentStream(inspection, owner.slice(begin.length) as CaseId)),
  ]);
};

const placeOf = (id: string, owner: string, { pointer }: TextPlace): string =>
  `assay-seal/1\n${owner}\n${id}\n${pointer}`;

const isSealed = (text: unknown): text is Sealed =>
  typeof text === "object" &&
  text !== null &&
  "sealed" in text &&
  typeof text.sealed === "string" &&
  Object.keys(text).length === 1;
