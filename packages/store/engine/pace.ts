/**
 * How many events to read at once: from 64 up to the most asked for, fewer where they are large, so
 * that a page stays within a few megabytes whatever its events hold.
 */
import type { Row } from "./reader.ts";

const first = 64;
const fewest = 4;
const comfortable = 4 * 1024 * 1024;

export class Pace {
  readonly #most: number;
  #limit = first;

  constructor(most: number) {
    this.#most = most;
  }

  get limit(): number {
    return this.#limit;
  }

  observe(rows: readonly Row[]): void {
    let size = 0;
    for (const row of rows) size += row[7].length + row[8].length;
    if (size > comfortable) this.#limit = Math.max(fewest, Math.floor(this.#limit / 2));
    else if (rows.length >= this.#limit && size * 2 <= comfortable) {
      this.#limit = Math.min(this.#most, this.#limit * 2);
    }
  }
}
