/**
 * The event store as every adapter must be. Acknowledged means durable; an event is never changed.
 * Streams are named `category-id`; revisions count from 0 within a stream.
 */

/** A place in the whole store, opaque but for its order (see `comparePositions`). */
export type Position = string & { readonly __brand: "Position" };

/**
 * The most bytes that one append may hold: type, data and metadata of all its events as JSON.
 * EventStoreDB refuses 1 MiB; the rest is left for its own headers.
 */
export const maxAppendBytes = 1_000_000;

export type JsonObject = { readonly [key: string]: unknown };

export type NewEvent = {
  /** A UUID in lower case. It is what tells a repeated append from a new one. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
};

export type StoredEvent = NewEvent & {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** Why its content could not be read, which is empty then: it is binary, or was damaged. */
  readonly unreadable?: string;
};

/** `none`: the stream must not exist yet. A number: its last revision. */
export type ExpectedRevision = number | "none";

export type Appended = {
  readonly appended: true;
  /** The stream's revision after the last of these events. */
  readonly revision: number;
  readonly position: Position;
  /** Whether this very call stored them. False, too, where a store cannot tell. */
  readonly fresh: boolean;
};

/** Somebody else wrote first. `actual` is the stream's last revision, `none` when it is empty. */
export type Conflict = { readonly appended: false; readonly actual: ExpectedRevision };

export type ReadOptions = {
  /** The first revision wanted: default the first forwards, the last backwards. */
  readonly from?: number;
  readonly direction?: "forwards" | "backwards";
  readonly limit?: number;
};

export type ReadAllOptions = {
  /** Strictly after this place (strictly before it, backwards). Default: the end that fits. */
  readonly after?: Position;
  readonly direction?: "forwards" | "backwards";
  readonly limit?: number;
  /** Only streams whose names begin with one of these, such as `panel-`. Default: all of ours. */
  readonly prefixes?: readonly string[];
};

/** Events in order, as pages, so that a long replay does not wait once for each event. */
export type Pages = AsyncIterable<readonly StoredEvent[]>;

/**
 * What a subscription yields. `caughtUp` comes once when the past has been delivered and again
 * after each time it had to catch up; `through` is how far everything has been looked at, which
 * may lie beyond the last matching event: store it as the checkpoint.
 */
export type Delivery =
  /** Events may be none, when much was looked at and nothing matched. */
  | { readonly kind: "events"; readonly events: readonly StoredEvent[]; readonly through: Position }
  | { readonly kind: "caughtUp"; readonly through: Position | undefined };

export type SubscribeOptions = {
  readonly after?: Position;
  readonly prefixes?: readonly string[];
  /** Ends the subscription without an error. */
  readonly signal: AbortSignal;
};

export interface EventStore {
  /**
   * All of the events (at least one) or none. When the stream already holds exactly these ids in a
   * row after the expected revision, nothing is appended, and the answer is the one first given but
   * not `fresh`; when it holds only some of them there, that is a conflict. A fault with `retry`
   * leaves open whether the events were stored: send the same append again.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict>;
  /** A stream that does not exist reads as empty. */
  read(stream: string, options?: ReadOptions): Pages;
  readAll(options?: ReadAllOptions): Pages;
  /**
   * Catches up, then goes live, with no gap and no repeat; outlives lost connections. The next page
   * is fetched when the last one has been taken, so that a slow reader holds up only itself.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Delivery>;
  /** Whether the store answers now; used by health checks. */
  ping(): Promise<void>;
  /** Whether the keys of its words answer now, where there are any apart from it. */
  pingKeys?(): Promise<void>;
  close(): Promise<void>;
}

/** Negative when `a` comes before `b`: both are whole numbers in decimal, perhaps very large. */
export const comparePositions = (a: Position, b: Position): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The store failed or cannot be reached. `retry` says whether the same call may succeed later. */
export class StoreFault extends Error {
  readonly code:
    | "unavailable"
    | "timeout"
    | "denied"
    | "too-large"
    | "disk-full"
    | "read-only"
    | "corrupt"
    /** The stream was deleted for good, which only an administrator of the store can do. */
    | "deleted"
    /** It does not hold what was read from it before. */
    | "other-store"
    /** Another process has this data open. */
    | "locked"
    /** The data was written by a version that this one does not understand. */
    | "unsupported"
    | "closed";
  readonly retry: boolean;

  constructor(
    code: StoreFault["code"],
    message: string,
    options: { readonly retry: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "StoreFault";
    this.code = code;
    this.retry = options.retry;
  }
}
