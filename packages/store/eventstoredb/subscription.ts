/**
 * The catch-up subscription over the wire. It remembers how far it came and begins again there when
 * the connection is lost, so that nothing is missed and nothing repeated.
 */
import type { Readable } from "node:stream";

import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  type Filter,
  START,
  streamNameFilter,
  type SubscribeToAllOptions,
} from "@eventstore/db-client";

import { comparePositions, type Delivery, type Position, type SubscribeOptions } from "../port.ts";
import type { Client } from "./either-client.ts";
import { eventOf, placeOf, positionOf } from "./events.ts";
import { faultOf } from "./faults.ts";
import { endedByServer, incoming } from "./incoming.ts";
import { Trial, within } from "./patience.ts";
import { Silence, Watch, type Watched } from "./watch.ts";

/** What comes in: an event, or a mark that was put among the events where it belongs. */
type Item =
  | AllStreamResolvedEvent
  | { readonly mark: "caughtUp" }
  | { readonly mark: "checkpoint"; readonly position: Position };

const pageSize = 1000;

/** How many events the server looks at in one go; it tells how far it came after 32 of these. */
const searchWindow = 32;
const checkpointInterval = 32;

export type Source = {
  readonly client: Client;
  /** How long to wait for an answer, in milliseconds. */
  readonly deadline: number;
};

/** Throws what has gone on for longer than the deadline, so that somebody hears of it. */
export const subscription = async function* (
  source: Source,
  { after, prefixes, signal }: SubscribeOptions,
): AsyncGenerator<Delivery> {
  let at = after;
  const trial = new Trial(source.deadline, signal);
  while (!signal.aborted) {
    try {
      for await (const delivery of subscribeOnce(source, { after: at, prefixes, signal })) {
        at = delivery.through ?? at;
        trial.progressed();
        yield delivery;
      }
    } catch (error) {
      if (error instanceof Silence) throw error;
      await trial.failed(faultOf(error));
    }
  }
};

type Asked = {
  readonly after: Position | undefined;
  readonly prefixes: readonly string[] | undefined;
  readonly signal: AbortSignal;
  /** Whether silence beyond the deadline is a fault: not once there is nothing left to read. */
  readonly hurried?: boolean;
};

/** Until the signal is given; throws when the connection is lost. */
export const subscribeOnce = async function* (
  source: Source,
  { after, prefixes, signal, hurried = false }: Asked,
): AsyncGenerator<Delivery> {
  const { client, deadline } = source;
  // What the store holds now has been looked at when the server says that it has caught up.
  const end = await within(deadline, lastPosition(client), signal);
  if (signal.aborted) return;
  const stream = open(client, after, prefixes);
  const items = incoming<Item>(stream, signal);
  const watch = new Watch(watchedWith(source, { prefixes, signal }), end);
  let at = after;
  try {
    while (!signal.aborted) {
      const next = items.next(pageSize);
      const taken = hurried ? await within(deadline, next) : await watch.over(next, at);
      if (signal.aborted) return;
      if (taken.length === 0) throw endedByServer();
      for (const delivery of deliveriesOf(taken, at, end)) {
        at = delivery.through ?? at;
        yield delivery;
      }
    }
  } catch (error) {
    throw faultOf(error, "read $all");
  } finally {
    items.close();
  }
};

/** Another subscription, with all that this one asks for, tells whether this one still lives. */
const watchedWith = (source: Source, asked: Pick<Asked, "prefixes" | "signal">): Watched => ({
  quiet: source.deadline,
  newest: () => within(source.deadline, lastPosition(source.client), asked.signal),
  beyond: (after) => subscribeOnce(source, { ...asked, after, hurried: true }),
});

/** The marks travel through the same queue as the events, because the client's own do not. */
const open = (
  client: Client,
  after: Position | undefined,
  prefixes: readonly string[] | undefined,
): Readable => {
  const filter: Filter = streamNameFilter({
    ...(prefixes ? { prefixes: [...prefixes] } : { regex: "^[^$]" }),
    maxSearchWindow: searchWindow,
    checkpointInterval,
    checkpointReached: (_subscription, place) => {
      if (place.commit !== place.prepare) return;
      stream.push({ mark: "checkpoint", position: positionOf(place) } satisfies Item);
    },
  } as Parameters<typeof streamNameFilter>[0]);
  const options: SubscribeToAllOptions = {
    fromPosition: after === undefined ? START : placeOf(after),
    filter,
    // The end that was read is the leader's: a follower that lags would catch up short of it.
    requiresLeader: true,
  };
  const stream = client.subscribeToAll(options, {
    highWaterMark: pageSize,
  }) as unknown as Readable;
  stream.on("caughtUp", () => stream.push({ mark: "caughtUp" } satisfies Item));
  return stream;
};

/** The items in order: events between two marks together, nothing that came before `after`. */
const deliveriesOf = function* (
  items: readonly Item[],
  after: Position | undefined,
  end: Position | undefined,
): Generator<Delivery> {
  let through = after;
  let events: ReturnType<typeof eventOf>[] = [];
  const flush = function* (): Generator<Delivery> {
    if (events.length > 0) yield { kind: "events", events, through: events.at(-1)!.position };
    events = [];
  };
  for (const item of items) {
    if ("mark" in item) {
      yield* flush();
      const reached = item.mark === "caughtUp" ? later(through, end) : item.position;
      if (item.mark === "caughtUp") yield { kind: "caughtUp", through: reached };
      else if (isAfter(item.position, through)) {
        yield { kind: "events", events: [], through: item.position };
      }
      through = later(through, reached);
    } else if (item.event) {
      const event = eventOf(item.event);
      if (!isAfter(event.position, through)) continue;
      events.push(event);
      through = event.position;
    }
  }
  yield* flush();
};

const isAfter = (position: Position, other: Position | undefined): boolean =>
  other === undefined || comparePositions(position, other) > 0;

const later = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  b !== undefined && isAfter(b, a) ? b : a;

/** Of the newest event in the store, whoever wrote it. Throws a StoreFault. */
export const lastPosition = async (client: Client): Promise<Position | undefined> => {
  const newest = client.readAll({
    ...{ direction: BACKWARDS, fromPosition: END, maxCount: 1 },
    requiresLeader: true,
  }) as unknown as Readable;
  const items = incoming<AllStreamResolvedEvent>(newest);
  try {
    let last: AllStreamResolvedEvent | undefined;
    // To the end of the call: a server ends the connection of who gives up calls all the time.
    for (;;) {
      const [item] = await items.next(1);
      if (!item) return last && positionOf((last.link ?? last.event)?.position);
      last = item;
    }
  } catch (error) {
    throw faultOf(error, "read $all");
  } finally {
    items.close();
  }
};
