/**
 * What a witness cosigned, in one file that only grows: a line for each note, on the disk before
 * anybody is answered. A line that a crash cut short was answered to nobody, and is left out.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

import { malformed } from "./fault.ts";
import type { Memory } from "./witness.ts";

export type WitnessFile = Memory & {
  /** The last note of each log, by its origin. */
  readonly all: () => ReadonlyMap<string, string>;
  readonly close: () => void;
};

/** Throws a LedgerFault `malformed` where a line is damaged that is not the last. */
export const openWitnessFile = (path: string): WitnessFile => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const last = new Map<string, string>();
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  for (const [at, line] of whole.split("\n").slice(0, -1).entries()) {
    const [origin, note] = pairIn(line, `${path}, line ${at + 1}`);
    last.set(origin, note);
  }
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  const file = openSync(path, "a", 0o600);
  return {
    last: (origin) => last.get(origin),
    all: () => last,
    keep: (origin, note) => {
      writeSync(file, `${JSON.stringify([origin, note])}\n`);
      fsyncSync(file);
      last.set(origin, note);
    },
    close: () => closeSync(file),
  };
};

const pairIn = (line: string, place: string): readonly [string, string] => {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch (cause) {
    throw malformed(`${place} is damaged`, cause);
  }
  const [origin, note] = Array.isArray(read) ? (read as readonly unknown[]) : [];
  if (typeof origin !== "string" || typeof note !== "string")
    throw malformed(`${place} is no origin and note`);
  return [origin, note];
};
