/**
 * What has been folded from several streams into one state, and how far each of them was read. It
 * only ever moves forwards: an event already folded is passed over, however it comes.
 */
import { categoryOf, type StreamName } from "@assay/domain/kernel/stream.ts";
import {
  comparePositions,
  type EventStore,
  type NewEvent,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { cutOff } from "./read-inspection.ts";
import type { FactReader, Typed } from "./schema.ts";

export type Folding = {
  readonly evolve: (state: unknown, fact: Typed) => unknown;
  readonly factOf: FactReader;
};

/** What one command came to: the revision after its last event, and what was recorded. */
export type Carried = { readonly revision: number; readonly facts: readonly object[] };

export type Latest = {
  readonly id: string;
  readonly correlationId: string | undefined;
  readonly position: Position;
};

export class Knowledge {
  state: unknown;
  /** The last revision folded of each stream; a stream that was read and is empty has -1. */
  readonly revisions = new Map<string, number>();
  /** The commands that led to events of the stream in `own`. */
  readonly carried = new Map<string, Carried>();
  /** The newest event read or heard, of whichever stream. */
  latest: Latest | undefined;
  /** Events advanced over of which has yet to be seen whether they are the stored ones. */
  unproven: readonly NewEvent[] = [];
  /** How many events were folded: what it costs to keep, and to build again. */
  weight = 1;
  /** Streams of which something was heard that could not be folded: they have to be read on. */
  readonly #behind = new Set<string>();
  readonly #folding: Folding;
  readonly #own: string | undefined;

  constructor(initial: unknown, folding: Folding, own?: string) {
    this.state = initial;
    this.#folding = folding;
    this.#own = own;
  }

  revision(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }

  /** Whether everything heard of the stream has been folded. */
  isCurrent(stream: string): boolean {
    return this.revisions.has(stream) && !this.#behind.has(stream);
  }

  /** Takes an event as a subscription brings it, perhaps while its stream is being read. */
  hear(event: StoredEvent): void {
    const { stream, revision } = event;
    if (revision <= this.revision(stream)) return;
    if (this.revisions.has(stream) && revision === this.revision(stream) + 1)
      this.fold(stream, [event]);
    else this.#behind.add(stream);
  }

  /** What is heard from here on may be missed by a read that begins now. */
  beginReading(stream: string): void {
    this.#behind.delete(stream);
  }

  /** Folds the events that come next in their stream and leaves out those folded before. */
  fold(stream: string, events: readonly StoredEvent[]): void {
    for (const event of events) {
      const next = this.revision(stream) + 1;
      if (event.revision < next) continue;
      if (event.revision > next) throw cutOff(event, next);
      const fact = this.#folding.factOf(event);
      if (fact !== undefined) this.state = this.#folding.evolve(this.state, fact);
      this.revisions.set(stream, event.revision);
      this.weight += 1;
      if (fact !== undefined && stream === this.#own)
        this.carry(event.metadata["commandId"], event.revision, fact);
      // Reminders are not in an inspection's log, so they are no cause of what is.
      if (categoryOf(stream) !== "reminders") this.#remember(event);
    }
    if (!this.revisions.has(stream)) this.revisions.set(stream, -1);
  }

  /** Takes events that come after those folded; `state` is where they lead. */
  advance(state: unknown, stream: string, events: readonly NewEvent[]): void {
    let revision = this.revision(stream);
    for (const { metadata, data } of events)
      this.carry(metadata["commandId"], (revision += 1), data);
    this.state = state;
    this.revisions.set(stream, revision);
    this.weight += events.length;
  }

  /** Notes that one more fact, at this revision, came from that command. */
  carry(commandId: unknown, revision: number, fact: object): void {
    if (typeof commandId !== "string") return;
    const facts = [...(this.carried.get(commandId)?.facts ?? []), fact];
    this.carried.set(commandId, { revision, facts });
  }

  #remember({ id, metadata, position }: Pick<StoredEvent, "id" | "metadata" | "position">): void {
    if (this.latest !== undefined && comparePositions(position, this.latest.position) < 0) return;
    const correlationId = metadata["correlationId"];
    this.latest = {
      id,
      position,
      correlationId: typeof correlationId === "string" ? correlationId : undefined,
    };
  }
}

/** Reads on in these streams, all at once, and folds what is new. */
export const topUp = async (
  store: EventStore,
  knowledge: Knowledge,
  streams: readonly string[],
): Promise<void> => {
  const reads = streams.map(async (stream) => {
    knowledge.beginReading(stream);
    return { stream, events: await readFrom(store, stream, knowledge.revision(stream) + 1) };
  });
  for (const { stream, events } of await Promise.all(reads)) knowledge.fold(stream, events);
};

const readFrom = async (
  store: EventStore,
  stream: string,
  from: number,
): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.read(stream, { from })) events.push(...page);
  return events;
};

/** More rounds than any step needs: who asks for ever new streams is wrong. */
const mostRounds = 32;

/**
 * Asks which streams matter, reads those not in `fresh`, and asks again, because what is known says
 * what else matters. Returns every stream that was named.
 */
export const consult = async (
  store: EventStore,
  knowledge: Knowledge,
  asked: {
    readonly streams: (state: unknown) => readonly StreamName[];
    readonly fresh: (stream: string) => boolean;
  },
): Promise<ReadonlySet<StreamName>> => {
  const named = new Set<StreamName>();
  for (let round = 0; round < mostRounds; round += 1) {
    const unread: StreamName[] = [];
    const before = named.size;
    for (const stream of asked.streams(knowledge.state)) {
      if (named.has(stream)) continue;
      named.add(stream);
      if (!asked.fresh(stream)) unread.push(stream);
    }
    if (named.size === before) return named;
    if (unread.length > 0) await topUp(store, knowledge, unread);
  }
  throw new RangeError(`still asked for new streams after ${mostRounds} rounds`);
};
