/**
 * Catch-up subscriptions. Each looks before it waits and moves only forwards, so that going live
 * leaves no gap and repeats nothing; a slow client holds up only itself.
 */
import { isTombstoned } from "@assay/store/engine/commands.ts";
import type { Engine } from "@assay/store/engine/engine.ts";
import { Pace } from "@assay/store/engine/pace.ts";
import { randomUUID } from "node:crypto";

import { invalidArgument, streamDeleted, tooSlow } from "./faults.ts";
import type { Outlet } from "./outlet.ts";
import type { AllRead, StreamRead } from "./read-request.ts";
import { pageSize, resolve, streamPage } from "./read.ts";
import { encodeEvent } from "./recorded-event.ts";
import { caughtUp, checkpoint, confirmation } from "./responses.ts";

/** How many positions are looked at before the client hears how far that went. */
const window = 10_000;

/**
 * A subscription that is so many events late has fallen behind, and hears when it has caught up.
 */
const far = 1000;

export const subscribeToStream = async (
  engine: Engine,
  asked: StreamRead,
  outlet: Outlet,
): Promise<void> => {
  const { stream: name } = asked;
  if (isTombstoned(engine, name)) throw streamDeleted(name);
  const last = engine.streams.find(name)?.last ?? -1;
  let at = typeof asked.from === "number" ? asked.from : asked.from === "end" ? last : -1;
  let behind = true;
  const pace = new Pace(pageSize);
  outlet.send(confirmation(randomUUID()));
  while (!outlet.closed) {
    if (isTombstoned(engine, name)) throw streamDeleted(name);
    const { limit } = pace;
    const rows = streamPage(engine, { name, from: at + 1, forwards: true, limit });
    pace.observe(rows);
    for (const row of rows) outlet.send(encodeEvent(resolve(engine, row, asked), asked.form));
    at = rows.at(-1)?.[2] ?? at;
    const late = (engine.streams.find(name)?.last ?? -1) - at > far;
    if (late && !behind && outlet.full) throw tooSlow();
    behind ||= late;
    if (rows.length > 0) {
      await outlet.ready();
    } else if (behind) {
      behind = false;
      outlet.send(caughtUp);
    } else {
      await somethingNew(engine, outlet);
    }
  }
};

export const subscribeToAll = async (
  engine: Engine,
  asked: AllRead,
  outlet: Outlet,
): Promise<void> => {
  const end = engine.reader.end();
  let at = typeof asked.from === "number" ? asked.from : asked.from === "end" ? end : 0;
  const marks = new Checkpoints(asked.checkpointInterval, at);
  let behind = true;
  const pace = new Pace(pageSize);
  outlet.send(confirmation(randomUUID()));
  if (asked.lost) throw invalidArgument("Trying to read from an invalid position.");
  while (!outlet.closed) {
    const now = engine.reader.end();
    if (at < now) {
      const below = Math.min(at + window, now) + 1;
      const scan = { above: at, below, forwards: true, limit: pace.limit, filters: asked.filters };
      const rows = engine.reader.scan(scan);
      const full = rows.length === pace.limit;
      pace.observe(rows);
      for (const row of rows) {
        marks.before(row[0], outlet);
        outlet.send(encodeEvent(resolve(engine, row, asked), asked.form));
      }
      at = full ? rows.at(-1)![0] : below - 1;
      marks.before(at + 1, outlet);
      const late = now - at > far;
      if (late && !behind && outlet.full) throw tooSlow();
      behind ||= late;
      await outlet.ready();
    } else if (behind) {
      behind = false;
      marks.at(at, outlet);
      outlet.send(caughtUp);
    } else {
      await somethingNew(engine, outlet);
    }
  }
};

/** Tells a filtered subscription how far it has come, each so many events looked at. */
class Checkpoints {
  readonly #interval: number | undefined;
  readonly #start: number;
  #told: number;

  constructor(interval: number | undefined, start: number) {
    this.#interval = interval;
    this.#start = start;
    this.#told = start;
  }

  /** All that are due before this position. */
  before(position: number, outlet: Outlet): void {
    if (this.#interval === undefined) return;
    const told = Math.floor((this.#told - this.#start) / this.#interval);
    let next = this.#start + (told + 1) * this.#interval;
    for (; next < position; next += this.#interval) this.at(next, outlet);
  }

  at(position: number, outlet: Outlet): void {
    if (this.#interval === undefined || position <= this.#told) return;
    this.#told = position;
    outlet.send(checkpoint(position));
  }
}

const somethingNew = (engine: Engine, { signal }: Outlet): Promise<void> =>
  new Promise((done) => {
    const finish = (): void => {
      stop();
      signal.removeEventListener("abort", finish);
      done();
    };
    const stop = engine.wake(finish);
    signal.addEventListener("abort", finish, { once: true });
  });
