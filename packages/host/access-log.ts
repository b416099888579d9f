/**
 * Who signed in, who was denied, and who looked at what: written before the answer goes out, never
 * changed, and under signed checkpoints of a Merkle tree (RFC 6962), so that an entry which is
 * altered, removed or slipped in later is found. It names people and things, and quotes nothing.
 */
import { DatabaseSync } from "node:sqlite";

import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { Role } from "@assay/domain/kernel/actor.ts";
import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { openCheckpoint, signCheckpoint } from "@assay/ledger/checkpoint.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import {
  type KeyAtHand,
  parseVerifierKey,
  type VerifierKey,
  verifierKeyOf,
} from "@assay/ledger/note.ts";
import {
  append,
  type CompactRange,
  emptyRange,
  equal,
  hashLeaf,
  rootOf,
} from "@assay/ledger/tree.ts";
import { faultOf } from "@assay/store/engine/faults.ts";
import { z } from "zod";

import { isOutOfRoom } from "./fault.ts";

export const AccessEntry = z.strictObject({
  at: Instant,
  act: z.enum(["signed-in", "sign-in-refused", "signed-out", "looked", "asked", "denied"]),
  person: PersonId.optional(),
  role: Role.optional(),
  service: ServiceId.optional(),
  /** Names a session or a token without opening it. */
  session: z.string().max(64).optional(),
  inspection: z.string().max(80).optional(),
  /** A path without its query, a command's type, or why a sign-in was refused. */
  what: z.string().max(300),
  status: z.int().optional(),
  correlationId: z.uuid(),
  /** The address that asked, as the server saw it. */
  from: z.string().max(64),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

export type AccessLog = {
  /** Resolves once the entry is on disk. What cannot be noted should not be shown. */
  note(entry: AccessEntry): Promise<void>;
  /** Signs what there is and closes. */
  close(): void;
};

export type AccessLogOptions = {
  /** A path, or `:memory:`. */
  readonly file: string;
  readonly signer: KeyAtHand;
  /** Told of every checkpoint, so that a copy of it is kept where this file is not. */
  readonly signed?: (checkpoint: { readonly size: number; readonly note: string }) => void;
  readonly now?: () => number;
};

/** The log's name in its checkpoints. */
const origin = "access-log.assay.example";

/** A checkpoint is signed after so many entries, or so many milliseconds, whichever comes first. */
const mostUnsigned = 256;
const longestUnsigned = 60_000;

const tables = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma busy_timeout = 5000;
  create table if not exists entry (place integer primary key, line text not null) strict;
  create table if not exists checkpoint
    (size integer primary key, note text not null, peaks text not null) strict;
  create trigger if not exists entry_stays before update on entry
    begin select raise(abort, 'entries are never changed'); end;
  create trigger if not exists entry_remains before delete on entry
    begin select raise(abort, 'entries are never removed'); end;
`;

export const openAccessLog = (options: AccessLogOptions): AccessLog => {
  const { file, signer, signed, now = Date.now } = options;
  const sqlite = new DatabaseSync(file);
  sqlite.exec(tables);
  const addEntry = sqlite.prepare("insert into entry (place, line) values (?, ?)");
  const addCheckpoint = sqlite.prepare("insert into checkpoint values (?, ?, ?)");
  let { range, signedSize } = standing(sqlite, verifierKeyOf(signer));
  let signedAt = now();
  let waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];

  const sign = (): void => {
    if (range.size === signedSize) return;
    const { size } = range;
    const note = signCheckpoint({ origin, size, root: rootOf(range), extensions: [] }, signer);
    addCheckpoint.run(size, note, JSON.stringify(range.peaks.map((peak) => toHex(peak))));
    signedSize = size;
    signedAt = now();
    signed?.({ size, note });
  };

  /** Everything that was noted in one turn of the event loop becomes durable together. */
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    const before = range;
    try {
      sqlite.exec("begin immediate");
      for (const { line } of batch) {
        addEntry.run(range.size, line);
        range = append(range, leafOf(line));
      }
      sqlite.exec("commit");
    } catch (error) {
      range = before;
      if (sqlite.isTransaction) sqlite.exec("rollback");
      for (const { failed } of batch) failed(faultOf(file, error));
      return;
    }
    for (const { done } of batch) done();
    const unsigned = range.size - signedSize;
    if (unsigned >= mostUnsigned || now() - signedAt >= longestUnsigned) signIfThereIsRoom();
  };

  /** What could not be signed for want of room is signed with what comes next. */
  const signIfThereIsRoom = (): void => {
    try {
      sign();
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
    }
  };

  sign();
  return {
    note: (entry) =>
      new Promise((done, failed) => {
        waiting.push({ line: canonicalJson(AccessEntry.parse(entry)), done, failed });
        if (waiting.length === 1) setImmediate(flush);
      }),
    close: () => {
      if (waiting.length > 0) flush();
      signIfThereIsRoom();
      sqlite.close();
    },
  };
};

/** For a process that keeps nothing. */
export const accessLogInMemory = (): AccessLog =>
  openAccessLog({
    file: ":memory:",
    signer: signerFrom("access-log", Buffer.alloc(32, 1).toString("base64")),
  });

const leafOf = (line: string): Uint8Array => hashLeaf(Buffer.from(line));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Goes on from the last checkpoint, whose peaks count only where they lead to its signed root. */
const standing = (
  sqlite: DatabaseSync,
  key: VerifierKey,
): { readonly range: CompactRange; readonly signedSize: number } => {
  const last = sqlite.prepare("select * from checkpoint order by size desc limit 1").get();
  let range = last === undefined ? emptyRange : rangeUnder(last, key);
  const signedSize = last === undefined ? 0 : Number(last["size"]);
  const later = sqlite.prepare("select line from entry where place >= ? order by place");
  for (const { line } of later.iterate(range.size)) range = append(range, leafOf(String(line)));
  return { range, signedSize };
};

const rangeUnder = (row: Record<string, unknown>, key: VerifierKey): CompactRange => {
  const { checkpoint } = openCheckpoint(String(row["note"]), [key]);
  const hexes = z.array(z.string()).parse(JSON.parse(String(row["peaks"])));
  const peaks = hexes.map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
  const range = { size: checkpoint.size, peaks };
  if (!equal(rootOf(range), checkpoint.root))
    throw new Error("the access log does not follow from its last checkpoint: assay access verify");
  return range;
};

export type AccessLogState = {
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries after the last checkpoint: nothing speaks for them yet. */
  readonly unsigned: number;
  /** The last checkpoint, to be kept elsewhere and shown to `verify` later. */
  readonly last: string | undefined;
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
    const roots = new Map<number, Uint8Array>();
    for (const note of [...notes, ...kept]) {
      try {
        const { checkpoint } = openCheckpoint(note, verifiers);
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
      problems,
    };
  } finally {
    sqlite.close();
  }
};

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

export type AccessQuery = {
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
