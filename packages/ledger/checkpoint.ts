/**
 * Checkpoints of C2SP `tlog-checkpoint` v1: a log's size and root, signed. What this file signs, a
 * log stands by for ever: every later checkpoint must be of a tree that begins with this one.
 */
import { fromBase64, toBase64 } from "./base64.ts";
import { malformed } from "./fault.ts";
import {
  type KeyAtHand,
  type Note,
  parseNote,
  renamed,
  signNote,
  type VerifierKey,
  verifyNote,
  type VerifySignature,
} from "./note.ts";
import type { Hash } from "./tree.ts";

/** `origin` names the log; `size` counts its leaves. Extension lines are kept and mean nothing. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly extensions: readonly string[];
};

export type OpenedCheckpoint = { readonly checkpoint: Checkpoint; readonly note: Note };

/** The origin of one inspection's log: a path below its authority's name. */
export const originOf = (authority: string, inspection: string): string =>
  `${authority}/${inspection}`;

/** The note's text: origin, size, root, then any extension lines, each on a line of its own. */
export const writeCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string => {
  const covered = { origin: [origin], size: [String(size)], root: [toBase64(root)], extensions };
  const lines: Readonly<Record<keyof Checkpoint, readonly string[]>> = covered;
  return Object.values(lines)
    .flat()
    .map((line) => `${line}\n`)
    .join("");
};

/** Throws a LedgerFault unless every line is as the specification says. */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw malformed("a checkpoint ends in a newline");
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined) {
    throw malformed("a checkpoint has three lines at least");
  }
  if (lines.includes("")) throw malformed("a checkpoint has no empty line");
  const hash = fromBase64(root);
  if (hash.length !== 32) throw malformed("a checkpoint's root has 32 bytes");
  return { origin, size: parseDecimal(size), root: hash, extensions };
};

/** A note over the checkpoint, signed under the log's origin as the specification advises. */
export const signCheckpoint = (checkpoint: Checkpoint, signer: KeyAtHand): string =>
  signNote(writeCheckpoint(checkpoint), [renamed(signer, checkpoint.origin)]);

/**
 * The checkpoint in a note that one of the keys signed under the checkpoint's own origin, whatever
 * name the key was given with. Throws a LedgerFault otherwise.
 */
export const openCheckpoint = (
  written: string,
  keys: readonly VerifierKey[],
  verify?: VerifySignature,
): OpenedCheckpoint => {
  const note = parseNote(written);
  const checkpoint = parseCheckpoint(note.text);
  verifyNote(
    note,
    keys.map((key) => renamed(key, checkpoint.origin)),
    verify,
  );
  return { checkpoint, note };
};

/** A whole number from 0 in its one decimal spelling. Throws a LedgerFault for anything else. */
export const parseDecimal = (text: string): number => {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw malformed(`not a whole number: ${text}`);
  return value;
};
