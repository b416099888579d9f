/**
 * The newest events, read once for everybody who follows the store at its end: those who do get the
 * same objects. Whoever is further behind reads for themselves.
 */
import type { StoredEvent } from "../port.ts";
import { comfortable, Pace, sizeOf } from "./pace.ts";
import type { Reader } from "./reader.ts";
import { revive } from "./stored.ts";

/** So many events are held at most, and fewer where they are large. */
const most = 1024;

type Held = { readonly position: number; readonly event: StoredEvent; readonly size: number };

export class Tail {
  readonly #reader: Reader;
  readonly #pace = new Pace(most);
  /** Whatever lies beyond this position, up to `#through`, is held. */
  #beyond = 0;
  #through = 0;
  #held: Held[] = [];
  #size = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** All after `at` up to `end`, which is the store's; undefined where not so much is held. */
  since(at: number, end: number): readonly StoredEvent[] | undefined {
    if (end - at > most) return undefined;
    this.#readOn(end);
    if (at < this.#beyond) return undefined;
    const first = this.#held.findLastIndex(({ position }) => position <= at) + 1;
    return this.#held.slice(first).map(({ event }) => event);
  }

  #readOn(end: number): void {
    const { limit } = this.#pace;
    if (end - this.#through > limit) {
      this.#beyond = this.#through = end - limit;
      this.#held = [];
      this.#size = 0;
    }
    if (end === this.#through) return;
    const rows = this.#reader.scan({
      ...{ above: this.#through, below: end + 1 },
      ...{ forwards: true, limit, filters: [] },
    });
    this.#pace.observe(rows);
    this.#through = end;
    for (const row of rows) {
      const size = sizeOf(row);
      this.#held.push({ position: row[0], event: revive(row), size });
      this.#size += size;
    }
    this.#letGo();
  }

  #letGo(): void {
    let count = Math.max(0, this.#held.length - most);
    for (const { size } of this.#held.slice(0, count)) this.#size -= size;
    while (this.#size > comfortable) this.#size -= this.#held[count++]!.size;
    const gone = this.#held.splice(0, count);
    this.#beyond = gone.at(-1)?.position ?? this.#beyond;
  }
}
