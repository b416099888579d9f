/**
 * How many events to read at once: from 64 up to the most asked for, fewer where they are large, so
 * that a page stays within a few megabytes whatever its events hold.
 */
import type { Row } from "./reader.ts";

const first = 64;
const fewest = 4;
/** In bytes or characters of content, whichever it is held as. */
export const comfortable = 4 * 1024 * 1024;

export const sizeOf = (row: Row): number => row[7].length + row[8].length;

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
    const size = rows.reduce((sum, row) => sum + sizeOf(row), 0);
    if (size > comfortable) this.#limit = Math.max(fewest, Math.floor(this.#limit / 2));
    else if (rows.length >= this.#limit && size * 2 <= comfortable) {
      this.#limit = Math.min(this.#most, this.#limit * 2);
    }
  }
}
