/** Everything the node answers but events, as bytes (streams.proto, shared.proto, status.proto). */
import type { Expectation, Outcome } from "@assay/store/engine/commands.ts";

import { bytes, empty, type Field, integer, message, text } from "./wire.ts";

export const streamIdentifier = (name: string): Buffer => message(text(3, name));

export const confirmation = (id: string): Buffer => message(bytes(2, text(1, id)));

export const checkpoint = (position: number): Buffer => message(bytes(3, placed(position)));

export const streamNotFound = (name: string): Buffer =>
  message(bytes(4, bytes(1, streamIdentifier(name))));

export const lastStreamPosition = (revision: number): Buffer => message(integer(6, revision));

export const caughtUp = message(bytes(8, empty));

/** Commit and prepare position are one here, as for every event that EventStoreDB writes today. */
const placed = (position: number): Buffer => message(integer(1, position), integer(2, position));

type Done = Extract<Outcome, { kind: "done" }>;
type Conflict = Extract<Outcome, { kind: "conflict" }>;

/** An append of nothing leaves a stream that does not exist without a revision. */
const success = ({ revision, position }: Done): Buffer =>
  message(revision < 0 ? bytes(2, empty) : integer(1, revision), bytes(3, placed(position)));

export const appended = (outcome: Done): Buffer => message(bytes(1, success(outcome)));

export const appendConflict = ({ actual }: Conflict, expected: Expectation): Buffer =>
  message(
    bytes(
      2,
      message(
        actual < 0 ? bytes(2, empty) : integer(1, actual),
        // As clients before 20.6.1 read it: no stream is the largest revision.
        expected === "none"
          ? integer(3, -1)
          : expectedAs(expected, { revision: 3, any: 4, exists: 5 }),
        actual < 0 ? bytes(7, empty) : integer(6, actual),
        expectedAs(expected, { revision: 8, any: 9, exists: 10, none: 11 }),
      ),
    ),
  );

export const deleted = ({ position }: Done): Buffer => message(bytes(1, placed(position)));

/** What each answer of a batch append repeats of its request. */
export type BatchKey = { readonly correlation: Uint8Array; readonly stream: string };

const batchResponse = ({ correlation, stream }: BatchKey, result: Field): Buffer =>
  message(bytes(1, correlation), result, bytes(4, streamIdentifier(stream)));

export const batchAppended = (key: BatchKey, outcome: Done): Buffer =>
  batchResponse(key, bytes(3, success(outcome)));

export type BatchFailure =
  | { readonly kind: "conflict"; readonly actual: number; readonly expected: Expectation }
  | { readonly kind: "deleted" }
  | { readonly kind: "denied" }
  | { readonly kind: "timeout" }
  | { readonly kind: "not-ready" }
  | { readonly kind: "too-large"; readonly most: number }
  | { readonly kind: "bad-request"; readonly message: string }
  | { readonly kind: "unknown"; readonly message: string };

export const batchFailed = (key: BatchKey, failure: BatchFailure): Buffer => {
  const { code, words, type, details } = statusOf(key.stream, failure);
  const any = message(text(1, `type.googleapis.com/${typeUrl(type)}`), bytes(2, details));
  return batchResponse(key, bytes(2, message(integer(1, code), text(2, words), bytes(3, any))));
};

const typeUrl = (type: string): string =>
  type === "Empty" ? "google.protobuf.Empty" : `event_store.client.${type}`;

type Status = {
  /** google.rpc.Code. */
  readonly code: number;
  readonly words: string;
  readonly type: string;
  readonly details: Uint8Array;
};

const statusOf = (stream: string, failure: BatchFailure): Status => {
  switch (failure.kind) {
    case "conflict":
      return { code: 6, words: "WrongExpectedVersion", ...wrongVersion(failure) };
    case "deleted": {
      const details = bytes(1, streamIdentifier(stream));
      return { code: 5, words: "StreamDeleted", type: "StreamDeleted", details };
    }
    case "denied":
      return { code: 7, words: "Access Denied", type: "AccessDenied", details: empty };
    case "timeout":
      return { code: 4, words: "Timeout", type: "Timeout", details: empty };
    case "not-ready":
      // A server that resigns says so under the code that means well.
      return { code: 0, words: "Server Is Not Ready", type: "Empty", details: empty };
    case "too-large": {
      const type = "MaximumAppendSizeExceeded";
      return { code: 3, words: type, type, details: integer(1, failure.most) };
    }
    case "bad-request": {
      const details = text(1, failure.message);
      return { code: 3, words: "BadRequest", type: "BadRequest", details };
    }
    case "unknown":
      return { code: 2, words: failure.message, type: "Unknown", details: empty };
  }
};

const wrongVersion = ({
  actual,
  expected,
}: {
  readonly actual: number;
  readonly expected: Expectation;
}): Pick<Status, "type" | "details"> => ({
  type: "WrongExpectedVersion",
  details: message(
    actual < 0 ? bytes(2, empty) : integer(1, actual),
    expectedAs(expected, { revision: 3, any: 4, exists: 5, none: 6 }),
  ),
});

const expectedAs = <Known extends Expectation>(
  expected: Known,
  fields: Readonly<Record<Exclude<Known, number> | "revision", number>>,
): Field =>
  typeof expected === "number"
    ? integer(fields.revision, expected)
    : bytes(fields[expected as Exclude<Known, number>], empty);
