/** The access log read by somebody else: what fits a question, and whether all holds. */
import { DatabaseSync } from "node:sqlite";

import { parseNote, parseVerifierKey } from "@assay/ledger/note.ts";
import { append, emptyRange, equal, rootOf } from "@assay/ledger/tree.ts";

import { AccessEntry, leafOf, openedBy } from "./access-log.ts";

export type AccessLogState = {
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries after the last checkpoint: nothing speaks for them yet. */
  readonly unsigned: number;
  /** The last checkpoint, to be kept elsewhere and shown to `verify` later. */
  readonly last: string | undefined;
  /** Who signed checkpoints with keys that were not named, so that nobody can check them. */
  readonly strangers: readonly string[];
  /** What is wrong; nothing where every entry is as it was signed. */
  readonly problems: readonly string[];
};

/**
 * Holds every entry against every checkpoint, and against the `kept` ones that somebody wrote down
 * elsewhere, which a file that was put back to an earlier state cannot answer.
 */
export const verifyAccessLog = (
  file: string,
  keys: readonly string[],
  kept: readonly string[] = [],
): AccessLogState => {
  const sqlite = new DatabaseSync(file, { readOnly: true });
  try {
    const verifiers = keys.map(parseVerifierKey);
    const own = sqlite.prepare("select note from checkpoint order by size").all();
    const notes = own.map(({ note }) => String(note));
    const problems: string[] = [];
    const strangers = new Set<string>();
    const roots = new Map<number, Uint8Array>();
    for (const note of [...notes, ...kept]) {
      try {
        const opened = openedBy(note, verifiers);
        if (opened === undefined) {
          strangers.add(signersOf(note));
          continue;
        }
        const { checkpoint } = opened;
        const known = roots.get(checkpoint.size);
        if (known && !equal(known, checkpoint.root))
          problems.push(`two checkpoints at ${checkpoint.size} disagree`);
        roots.set(checkpoint.size, checkpoint.root);
      } catch (error) {
        problems.push(`a checkpoint does not hold: ${(error as Error).message}`);
      }
    }
    const { range, found } = replay(sqlite, roots);
    problems.push(...found);
    for (const size of roots.keys())
      if (size > range.size)
        problems.push(`${size} entries were signed, and only ${range.size} are left`);
    const signed = Math.max(0, ...roots.keys());
    return {
      entries: range.size,
      checkpoints: notes.length,
      unsigned: Math.max(0, range.size - signed),
      last: notes.at(-1),
      strangers: [...strangers],
      problems,
    };
  } finally {
    sqlite.close();
  }
};

const signersOf = (note: string): string =>
  parseNote(note)
    .signatures.map(({ name, keyId }) => `${name}+${keyId}`)
    .join(", ");

const replay = (sqlite: DatabaseSync, roots: ReadonlyMap<number, Uint8Array>) => {
  const found: string[] = [];
  let range = emptyRange;
  for (const { place, line } of sqlite.prepare("select * from entry order by place").iterate()) {
    if (Number(place) !== range.size)
      found.push(`entry ${range.size} is missing, the next is ${Number(place)}`);
    range = append(range, leafOf(String(line)));
    const root = roots.get(range.size);
    if (root && !equal(root, rootOf(range)))
      found.push(`the first ${range.size} entries are not those that were signed`);
    if (found.length > 0) break;
  }
  return { range, found };
};

type AccessQuery = {
  readonly inspection?: string;
  readonly person?: string;
  readonly act?: string;
  readonly correlationId?: string;
};

/** The entries that fit, the newest first. */
export const readAccessLog = (
  file: string,
  query: AccessQuery,
  most: number,
): readonly AccessEntry[] => {
  const sqlite = new DatabaseSync(file, { readOnly: true });
  try {
    const asked = Object.entries(query);
    const found: AccessEntry[] = [];
    const lines = sqlite.prepare("select line from entry order by place desc");
    for (const { line } of lines.iterate()) {
      const entry = AccessEntry.parse(JSON.parse(String(line)));
      const fits = asked.every(([name, value]) => entry[name as keyof AccessQuery] === value);
      if (fits) found.push(entry);
      if (found.length === most) break;
    }
    return found;
  } finally {
    sqlite.close();
  }
};
