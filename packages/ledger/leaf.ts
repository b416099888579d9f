/**
 * An event as the ledger commits to it. Words and whatever may be erased enter only as salted
 * hashes, so that a leaf stays verifiable after its words are gone and betrays nothing of them.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import { isErased, mapTexts } from "@assay/domain/kernel/text-places.ts";
import type { JsonObject, StoredEvent } from "@assay/store/port.ts";

import { malformed } from "./fault.ts";
import { type Hash, hashLeaf } from "./tree.ts";

/** What stands under `text` once only the commitment is shown: 64 hexadecimal digits. */
export type TextHash = { readonly hash: string };

/**
 * An event without its words, its salt and its place in one particular store. Every value under a
 * key `text` is a `TextHash`, or `{erased: true}` where the words were gone before the ledger saw
 * them and nobody kept their hash.
 */
export type RedactedEvent = {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
};

/** The hash of each text in an event, by the JSON pointer (RFC 6901) of its place in `data`. */
export type TextHashes = Readonly<Record<string, string>>;

/** One text laid open: with it, anyone can see that the ledger committed to exactly these words. */
export type Disclosure = { readonly pointer: string; readonly key: string; readonly text: unknown };

type Recordable = Omit<StoredEvent, "position" | "unreadable">;

/** Canonical JSON (RFC 8785). Throws a LedgerFault for what JSON cannot say. */
export const canonical = (value: unknown): string => {
  try {
    return canonicalJson(value);
  } catch (cause) {
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    throw malformed(`no canonical JSON for this value${why}`, cause);
  }
};

/** SHA-256 over the canonical JSON, 64 lower-case hexadecimal digits. */
export const digestOf = (value: unknown): string =>
  bytesToHex(sha256(utf8ToBytes(canonical(value))));

/**
 * The event with each text replaced by its salted hash. `kept` supplies the hashes of texts that
 * have been erased since; a wrong one only leads to another leaf, so it need not be trusted.
 */
export const redact = (event: Recordable, kept: TextHashes = {}): RedactedEvent => {
  const { salt: _, salts: __, lost: ___, ...metadata } = event.metadata;
  const data = mapTexts(event.data, (text, { pointer }) => {
    if (!isErased(text)) return { hash: hashText(text, textKey(event, pointer)) };
    const hash = kept[pointer];
    return hash === undefined ? { erased: true } : { hash };
  });
  const { stream, revision, id, type } = event;
  const covered = { stream, revision, id, type, data, metadata };
  return covered satisfies Readonly<Record<keyof Recordable, unknown>>;
};

/**
 * The leaf's bytes: the canonical JSON of the redacted event, marked with the format's name. A
 * different format would have another mark, so that no leaf can be read in two ways.
 */
export const leafBytes = (event: RedactedEvent): Uint8Array =>
  utf8ToBytes(canonical({ ...event, format: "assay-leaf/1" }));

/**
 * The event whose leaf these bytes are. Throws a LedgerFault unless they are one, byte for byte.
 */
export const readLeaf = (bytes: Uint8Array): RedactedEvent => {
  let leaf: RedactedEvent & { readonly format?: unknown };
  try {
    leaf = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed("not a leaf of an inspection's log", cause);
  }
  const { format: _format, ...event } = leaf;
  if (bytesToHex(leafBytes(event)) !== bytesToHex(bytes)) {
    throw malformed("not a leaf of an inspection's log");
  }
  return event;
};

/** The leaf's hash in the tree (RFC 6962, section 2.1). */
export const leafOf = (event: RedactedEvent): Hash => hashLeaf(leafBytes(event));

/** The hashes to keep, so that the leaf can be made again once words are erased. */
export const textHashesOf = (event: RedactedEvent): TextHashes => {
  const hashes: Record<string, string> = {};
  mapTexts(event.data, (text, { pointer }) => {
    if (isTextHash(text)) hashes[pointer] = text.hash;
    return text;
  });
  return hashes;
};

/** The event as the domain reads it, each hashed text being one that was erased. */
export const asErased = (event: RedactedEvent): RedactedEvent => ({
  ...event,
  data: mapTexts(event.data, () => ({ erased: true })),
});

/** The places, as JSON pointers into `data`, whose words are erased. */
export const erasedTexts = (data: JsonObject): readonly string[] => {
  const erased: string[] = [];
  mapTexts(data, (text, { pointer }) => {
    if (isErased(text)) erased.push(pointer);
    return text;
  });
  return erased;
};

/** The places, as JSON pointers into `data`, where something stands that is no hash of a text. */
export const openTexts = (event: RedactedEvent): readonly string[] => {
  const open: string[] = [];
  mapTexts(event.data, (text, { pointer }) => {
    if (!isTextHash(text) && !isErased(text)) open.push(pointer);
    return text;
  });
  return open;
};

/**
 * One text laid open. The key belongs to this place alone, so that it says nothing of other texts
 * in the same event. Throws a LedgerFault where there are no words at `pointer`.
 */
export const disclose = (event: Recordable, pointer: string): Disclosure => {
  let found: Disclosure | undefined;
  mapTexts(event.data, (text, place) => {
    if (place.pointer === pointer && !isErased(text)) {
      found = { pointer, key: bytesToHex(textKey(event, pointer)), text };
    }
    return text;
  });
  if (found === undefined) throw malformed(`no text at ${pointer} of event ${event.id}`);
  return found;
};

/** Whether the event committed to these words in this place. */
export const isDisclosedBy = (event: RedactedEvent, disclosure: Disclosure): boolean => {
  const hash = textHashesOf(event)[disclosure.pointer];
  const { key } = disclosure;
  return /^[0-9a-f]{64}$/.test(key) && hashText(disclosure.text, hexToBytes(key)) === hash;
};

/**
 * HMAC-SHA256 (RFC 2104) keyed by the salt, over the place: one key for each text. The salt is the
 * text's own where the store gives one to each, else the event's.
 */
const textKey = ({ metadata }: Pick<Recordable, "metadata">, pointer: string): Uint8Array => {
  const { salts } = metadata as { readonly salts?: Readonly<Record<string, unknown>> };
  const salt = salts?.[pointer] ?? metadata["salt"];
  if (typeof salt !== "string" || !/^[0-9a-f]{32}$/.test(salt)) {
    throw malformed("an event with text has no salt of 32 hexadecimal digits");
  }
  return hmac(sha256, hexToBytes(salt), utf8ToBytes(`assay-text/1\n${pointer}`));
};

const hashText = (text: unknown, key: Uint8Array): string =>
  bytesToHex(hmac(sha256, key, utf8ToBytes(canonical(text))));

const isTextHash = (text: unknown): text is TextHash =>
  typeof text === "object" &&
  text !== null &&
  Object.keys(text).length === 1 &&
  "hash" in text &&
  typeof text.hash === "string" &&
  /^[0-9a-f]{64}$/.test(text.hash);
