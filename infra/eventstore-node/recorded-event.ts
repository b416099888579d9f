/**
 * A stored event as the bytes of a `ReadResp` (streams.proto). This is the hot path: lengths are
 * computed first, then everything is written once into one buffer.
 */
import { endOfTime } from "@assay/store/engine/metadata.ts";
import type { Content, Row } from "@assay/store/engine/reader.ts";

import { bytes, integer, message, text } from "./wire.ts";

export type UuidForm = "text" | "structured";

/** What a read yields: an event, and the link that led to it where links are resolved. */
export type Resolved = { readonly event: Row | undefined; readonly link?: Row };

export const encodeEvent = ({ event, link }: Resolved, form: UuidForm): Buffer => {
  if (link === undefined && event !== undefined && form === "text") return encodePlain(event);
  const position = (link ?? event)![0];
  const fields = [
    ...(event ? [bytes(1, encodeRecorded(event, form))] : []),
    ...(link ? [bytes(2, encodeRecorded(link, form))] : []),
    integer(3, position),
  ];
  return message(bytes(1, message(...fields)));
};

const ticksPerMillisecond = 10_000;

/** The prefix of each event of one type: its map entries for the type and the kind of content. */
const kinds = new Map<string, Buffer>();

const kindOf = (row: Row): Buffer => {
  const key = `${row[6]}${row[4]}`;
  const known = kinds.get(key);
  if (known) return known;
  const content = row[6] === 1 ? "application/json" : "application/octet-stream";
  const kind = message(entry("type", row[4]), entry("content-type", content));
  if (kinds.size >= 1000) kinds.clear();
  kinds.set(key, kind);
  return kind;
};

const entry = (key: string, value: string): Uint8Array =>
  bytes(6, message(text(1, key), text(2, value)));

const createdEntry = (created: number): string => String(created * ticksPerMillisecond);

const sizeOf = (content: Content): number =>
  typeof content === "string" ? Buffer.byteLength(content) : content.length;

/** An event that is no link, with its id as text. */
const encodePlain = (row: Row): Buffer => {
  const [position, stream, revision, id, , created, , data, metadata] = row;
  const kind = kindOf(row);
  const when = createdEntry(created);
  const name = Buffer.byteLength(stream);
  const sizes = { data: sizeOf(data), metadata: sizeOf(metadata), id: Buffer.byteLength(id) };
  const whenSize = 2 + createdKey.length + 2 + when.length;
  const recorded =
    2 +
    2 +
    sizes.id +
    (1 + sizeOfVarint(name + 1 + sizeOfVarint(name)) + 1 + sizeOfVarint(name) + name) +
    (1 + sizeOfRevision(revision)) +
    2 * (1 + sizeOfVarint(position)) +
    kind.length +
    (2 + whenSize) +
    (1 + sizeOfVarint(sizes.metadata) + sizes.metadata) +
    (1 + sizeOfVarint(sizes.data) + sizes.data);
  const event = 1 + sizeOfVarint(recorded) + recorded + 1 + sizeOfVarint(position);
  const cursor = new Cursor(1 + sizeOfVarint(event) + event);
  cursor.head(0x0a, event);
  cursor.head(0x0a, recorded);
  cursor.head(0x0a, 2 + sizes.id);
  cursor.content(0x12, id, sizes.id);
  cursor.head(0x12, name + 1 + sizeOfVarint(name));
  cursor.content(0x1a, stream, name);
  cursor.revision(revision);
  cursor.number(0x20, position);
  cursor.number(0x28, position);
  cursor.raw(kind);
  cursor.head(0x32, whenSize);
  cursor.content(0x0a, createdKey, createdKey.length);
  cursor.content(0x12, when, when.length);
  cursor.content(0x3a, metadata, sizes.metadata);
  cursor.content(0x42, data, sizes.data);
  cursor.number(0x18, position);
  return cursor.buffer;
};

const createdKey = "created";

/** The revision of the event that ends a deleted stream is the largest of 64 bits with a sign. */
const largestRevision = 9_223_372_036_854_775_807n;

const sizeOfRevision = (revision: number): number =>
  revision === endOfTime ? 9 : sizeOfVarint(revision);

const sizeOfVarint = (value: number): number => {
  let size = 1;
  for (let left = value; left >= 0x80; left = Math.floor(left / 0x80)) size += 1;
  return size;
};

class Cursor {
  readonly buffer: Buffer;
  #at = 0;

  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  head(tag: number, length: number): void {
    this.buffer[this.#at++] = tag;
    this.#varint(length);
  }

  number(tag: number, value: number): void {
    this.head(tag, value);
  }

  content(tag: number, content: Content, size: number): void {
    this.head(tag, size);
    if (typeof content === "string") this.buffer.write(content, this.#at, size, "utf8");
    else this.buffer.set(content, this.#at);
    this.#at += size;
  }

  raw(content: Buffer): void {
    this.buffer.set(content, this.#at);
    this.#at += content.length;
  }

  revision(revision: number): void {
    if (revision === endOfTime) this.raw(Buffer.from(integer(3, largestRevision)));
    else this.number(0x18, revision);
  }

  #varint(value: number): void {
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) {
      this.buffer[this.#at++] = (left % 0x80) | 0x80;
    }
    this.buffer[this.#at++] = left;
  }
}

/** Any event, the long way round. */
const encodeRecorded = (row: Row, form: UuidForm): Buffer => {
  const [position, stream, revision, id, , created, , data, metadata] = row;
  return message(
    bytes(1, encodeUuid(id, form)),
    bytes(2, text(3, stream)),
    integer(3, revision === endOfTime ? largestRevision : revision),
    integer(4, position),
    integer(5, position),
    kindOf(row),
    entry(createdKey, createdEntry(created)),
    bytes(7, bytesOf(metadata)),
    bytes(8, bytesOf(data)),
  );
};

const bytesOf = (content: Content): Uint8Array =>
  typeof content === "string" ? Buffer.from(content, "utf8") : content;

export const encodeUuid = (id: string, form: UuidForm): Uint8Array => {
  if (form === "text") return text(2, id);
  const hex = id.replaceAll("-", "");
  const half = (digits: string): bigint => BigInt.asIntN(64, BigInt(`0x${digits}`));
  return bytes(1, message(integer(1, half(hex.slice(0, 16))), integer(2, half(hex.slice(16)))));
};
