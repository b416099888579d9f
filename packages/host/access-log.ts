/**
 * Who signed in, who was denied, and who looked at what: written before the answer goes out, never
 * changed, and under signed checkpoints of a Merkle tree (RFC 6962), so that an entry which is
 * altered, removed or slipped in later is found. It names people and things, and quotes nothing.
 */
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { Role } from "@assay/domain/kernel/actor.ts";
import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { openCheckpoint, parseCheckpoint, signCheckpoint } from "@assay/ledger/checkpoint.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { type KeyAtHand, parseNote, type VerifierKey, verifierKeyOf } from "@assay/ledger/note.ts";
import {
  append,
  type CompactRange,
  emptyRange,
  equal,
  hashLeaf,
  rootOf,
} from "@assay/ledger/tree.ts";
import { faultOf, guarded } from "@assay/store/engine/faults.ts";
import { StoreFault } from "@assay/store/port.ts";
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

/** The last that is signed: so many entries, and the checkpoint over them. */
export type AccessHead = { readonly size: number; readonly note: string };

export type AccessLog = {
  /** Of its file, for as long as that lives. */
  readonly id: string;
  /** Resolves once the entry is on disk. What cannot be noted should not be shown. */
  note(entry: AccessEntry): Promise<void>;
  entries(): number;
  /** Signs what there is; undefined where nothing was ever noted. */
  head(): AccessHead | undefined;
  /** The checkpoint that it has at this size. */
  noteAt(size: number): string | undefined;
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
  create table if not exists identity (one integer primary key check (one = 1), id text not null)
    strict;
  create trigger if not exists entry_stays before update on entry
    begin select raise(abort, 'entries are never changed'); end;
  create trigger if not exists entry_remains before delete on entry
    begin select raise(abort, 'entries are never removed'); end;
`;

/** Throws a StoreFault where the file is damaged, or does not follow from its last checkpoint. */
export const openAccessLog = (options: AccessLogOptions): AccessLog =>
  guarded(options.file, () => openedLog(options));

const openedLog = (options: AccessLogOptions): AccessLog => {
  const { file, signer, signed, now = Date.now } = options;
  const { sqlite, id, noteAt } = tablesIn(file);
  const addEntry = sqlite.prepare("insert into entry (place, line) values (?, ?)");
  const addCheckpoint = sqlite.prepare("insert into checkpoint values (?, ?, ?)");
  let { range, signedSize } = standing(sqlite, verifierKeyOf(signer), file);
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
    id,
    noteAt,
    entries: () => range.size,
    head: () => {
      signIfThereIsRoom();
      const note = noteAt(signedSize);
      return note === undefined ? undefined : { size: signedSize, note };
    },
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

const tablesIn = (file: string) => {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(tables);
  sqlite.prepare("insert or ignore into identity values (1, ?)").run(randomUUID());
  const id = String(sqlite.prepare("select id from identity").get()!["id"]);
  const noteOf = sqlite.prepare("select note from checkpoint where size = ?");
  const noteAt = (size: number): string | undefined => {
    const row = noteOf.get(size);
    return row && String(row["note"]);
  };
  return { sqlite, id, noteAt };
};

/** For a process that keeps nothing. */
export const accessLogInMemory = (): AccessLog =>
  openAccessLog({
    file: ":memory:",
    signer: signerFrom("access-log", Buffer.alloc(32, 1).toString("base64")),
  });

export const leafOf = (line: string): Uint8Array => hashLeaf(Buffer.from(line));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Goes on from the last checkpoint, whose peaks count only where they lead to its signed root. */
const standing = (
  sqlite: DatabaseSync,
  key: VerifierKey,
  file: string,
): { readonly range: CompactRange; readonly signedSize: number } => {
  const last = sqlite.prepare("select * from checkpoint order by size desc limit 1").get();
  const under = last === undefined ? undefined : rangeUnder(last, key, file);
  let range = under ?? emptyRange;
  // What a former key signed is read again from its beginning.
  const signedSize = last === undefined ? 0 : Number(last["size"]);
  const former = last && !under ? parseCheckpoint(parseNote(String(last["note"])).text) : undefined;
  const kept = sqlite.prepare("select count(*) as entries from entry where place < ?");
  if (Number(kept.get(signedSize)!["entries"]) !== signedSize) throw notFollowing(file);
  const later = sqlite.prepare("select line from entry where place >= ? order by place");
  for (const { line } of later.iterate(range.size)) {
    range = append(range, leafOf(String(line)));
    if (former?.size === range.size && !equal(rootOf(range), former.root)) throw notFollowing(file);
  }
  return { range, signedSize };
};

/** Undefined where another key signed it. */
const rangeUnder = (
  row: Record<string, unknown>,
  key: VerifierKey,
  file: string,
): CompactRange | undefined => {
  const opened = openedBy(String(row["note"]), [key]);
  if (opened === undefined) return undefined;
  const { checkpoint } = opened;
  const hexes = z.array(z.string()).parse(JSON.parse(String(row["peaks"])));
  const peaks = hexes.map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
  const range = { size: checkpoint.size, peaks };
  if (!equal(rootOf(range), checkpoint.root)) throw notFollowing(file);
  return range;
};

const notFollowing = (file: string): StoreFault =>
  new StoreFault(
    "corrupt",
    `${file}: the access log does not follow from its last checkpoint. Bring the right file back; ` +
      "assay access verify says what differs. Where it is lost, keep this file elsewhere as " +
      "evidence: another one is begun, and what is lost stays on record",
    { retry: false },
  );

/** Undefined where none of these keys signed it. */
export const openedBy = (note: string, keys: readonly VerifierKey[]) => {
  try {
    return openCheckpoint(note, keys);
  } catch (error) {
    if (error instanceof LedgerFault && error.code === "unknown-signer") return undefined;
    throw error;
  }
};
