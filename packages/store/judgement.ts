/** Whether an append may happen: the one rule of revisions and repeats, for every adapter. */
import assert from "node:assert/strict";

import { type ExpectedRevision, maxAppendBytes, type NewEvent, StoreFault } from "./port.ts";

export type Judgement = "append" | "repeat" | "conflict";

/** `last` is the stream's last revision, -1 when it is empty; beyond it `idAt` knows no id. */
export const judge = (stream: {
  readonly expected: ExpectedRevision;
  readonly last: number;
  readonly ids: readonly string[];
  readonly idAt: (revision: number) => string | undefined;
}): Judgement => {
  const base = stream.expected === "none" ? -1 : stream.expected;
  if (base === stream.last) return "append";
  const repeated = stream.ids.every((id, index) => stream.idAt(base + 1 + index) === id);
  return repeated ? "repeat" : "conflict";
};

/** The revision -1 in the words of the port. */
export const revisionOf = (last: number): ExpectedRevision => (last < 0 ? "none" : last);

/** An event as text, ready to be stored. */
export type WrittenEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
};

type Sized = { readonly [Part in "type" | "data" | "metadata"]: unknown };

/** Takes the events as they are now; refuses what is too large before anything is stored. */
export const write = (stream: string, events: readonly NewEvent[]): WrittenEvent[] => {
  assert(stream !== "" && !stream.startsWith("$"), `not a stream of ours: "${stream}"`);
  assert(events.length > 0, "an append needs an event");
  assert(new Set(events.map(({ id }) => id)).size === events.length, "an id appears twice");
  const written = events.map(({ id, type, data, metadata }) => ({
    id,
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify(metadata),
  }));
  refuseTooLarge(stream, written);
  return written;
};

/** Throws a StoreFault for more than one append may hold. */
export const refuseTooLarge = (stream: string, events: readonly Sized[]): void => {
  let bytes = 0;
  for (const { type, data, metadata } of events) {
    for (const part of [type, data, metadata])
      bytes += Buffer.byteLength(typeof part === "string" ? part : JSON.stringify(part));
  }
  if (bytes <= maxAppendBytes) return;
  const message = `an append to ${stream} holds ${bytes} bytes, more than ${maxAppendBytes}`;
  throw new StoreFault("too-large", message, { retry: false });
};
