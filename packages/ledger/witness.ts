/**
 * A witness by the protocol of C2SP `tlog-witness`: it cosigns a checkpoint only when the tree
 * extends the largest one that it cosigned of the same log before, and keeps what it cosigned. So
 * nobody can show two histories of one inspection under its name.
 */
import { fromBase64 } from "./base64.ts";
import { type Checkpoint, openCheckpoint, parseCheckpoint, parseDecimal } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { LedgerFault } from "./fault.ts";
import { type KeyAtHand, parseNote, type VerifierKey } from "./note.ts";
import { emptyRange, equal, type Hash, rootOf, verifyConsistency } from "./tree.ts";

/** What the witness remembers of a log: the last note that it cosigned, its own line included. */
export type Memory = {
  readonly last: (origin: string) => string | undefined;
  /** Keeps it before anybody is answered. */
  readonly keep: (origin: string, note: string) => void;
};

export type WitnessOptions = {
  readonly signer: KeyAtHand;
  /** The authorities whose logs it watches: all origins below a key's name are that key's. */
  readonly authorities: readonly VerifierKey[];
  readonly memory: Memory;
};

/** An HTTP status, what is said, and for 409 in which form. */
export type WitnessAnswer = { readonly status: number; readonly body: string };

const answer = (status: number, body: string): WitnessAnswer => ({ status, body: `${body}\n` });

/** What the witness answers to the body of `add-checkpoint`; `time` in whole seconds since 1970. */
export const addCheckpoint = (
  body: string,
  time: number,
  options: WitnessOptions,
): WitnessAnswer => {
  let asked: Asked;
  try {
    asked = read(body);
  } catch (error) {
    if (error instanceof LedgerFault) return answer(400, error.message);
    throw error;
  }
  const { origin } = asked.checkpoint;
  const keys = options.authorities.filter(({ name }) => origin.startsWith(`${name}/`));
  if (keys.length === 0) return answer(404, `${origin} is not a log that is watched here`);
  try {
    openCheckpoint(asked.note, keys);
  } catch (error) {
    if (error instanceof LedgerFault) return answer(403, error.message);
    throw error;
  }
  return consistent(asked, time, options);
};

type Asked = {
  readonly old: number;
  readonly proof: readonly Hash[];
  readonly note: string;
  readonly checkpoint: Checkpoint;
};

/** `old SIZE`, the proof's hashes, a blank line and the note. Throws a LedgerFault. */
const read = (body: string): Asked => {
  const end = body.indexOf("\n\n");
  if (end < 0) throw new LedgerFault("malformed", "there is no blank line before the checkpoint");
  const [first = "", ...proof] = body.slice(0, end).split("\n");
  if (!first.startsWith("old ")) throw new LedgerFault("malformed", "the first line is old SIZE");
  if (proof.length > 63) throw new LedgerFault("malformed", "more than 63 hashes");
  const note = body.slice(end + 2);
  const checkpoint = parseCheckpoint(parseNote(note).text);
  const old = parseDecimal(first.slice("old ".length));
  if (old > checkpoint.size) throw new LedgerFault("malformed", "the old size is the larger one");
  return { old, proof: proof.map(fromBase64), note, checkpoint };
};

const consistent = (
  { old, proof, note, checkpoint }: Asked,
  time: number,
  { signer, memory }: WitnessOptions,
): WitnessAnswer => {
  const { origin, size, root } = checkpoint;
  const known = memory.last(origin);
  const from = known ? parseCheckpoint(parseNote(known).text) : { size: 0, root: emptyRoot };
  if (old !== from.size) return answer(409, String(from.size));
  if (size === from.size && !equal(root, from.root)) return answer(409, String(from.size));
  if (!verifyConsistency({ from, to: { size, root }, proof }))
    return answer(422, "the tree does not begin with the one that was cosigned before");
  const own = parseNote(note);
  const bare = `${own.text}\n${note.slice(own.text.length + 1).split("\n")[0]}\n`;
  const cosigned = cosign(bare, signer, time);
  memory.keep(origin, cosigned);
  return answer(200, cosigned.trimEnd().split("\n").at(-1)!);
};

const emptyRoot = rootOf(emptyRange);
