/**
 * Proof files of C2SP `tlog-proof` v1: that one leaf is in a log, checkable by anyone who holds the
 * leaf and the log's public key, without this software and without a network.
 */
import { fromBase64, toBase64 } from "./base64.ts";
import { openCheckpoint, type OpenedCheckpoint, parseDecimal } from "./checkpoint.ts";
import { type Cosignature, verifyCosignatures } from "./cosignature.ts";
import { LedgerFault, malformed } from "./fault.ts";
import { linesByOthers, renamed, type VerifierKey, type VerifySignature } from "./note.ts";
import { readLeaf, type RedactedEvent } from "./leaf.ts";
import { type Hash, hashLeaf, verifyInclusion } from "./tree.ts";

/** `checkpoint` is the signed note as issued. `extra` is carried along and proves nothing. */
export type TlogProof = {
  readonly index: number;
  readonly hashes: readonly Hash[];
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
};

/** A proof of ours opened: what it proves, of which log, and by whose signature. */
export type OpenedProof = OpenedCheckpoint & {
  readonly index: number;
  readonly event: RedactedEvent;
  /** What the witnesses among the keys state. */
  readonly cosignatures: readonly Cosignature[];
  /** The signature lines by none of the keys, as name and key id: nothing checked them. */
  readonly unchecked: readonly string[];
};

/**
 * The event that a proof file of ours carries, proven to be in the log. Throws a LedgerFault as
 * `verifyProof` does, and where the file carries no leaf of this format.
 */
export const openProof = (
  text: string,
  keys: readonly VerifierKey[],
  verify?: VerifySignature,
): OpenedProof => {
  const { index, extra } = parseProof(text);
  if (extra === undefined) throw malformed("the proof does not carry its event");
  const event = readLeaf(extra);
  const opened = verifyProof(text, hashLeaf(extra), keys, verify);
  const { note, checkpoint } = opened;
  const cosignatures = verifyCosignatures(note, keys, verify);
  const known = keys.flatMap((key) => [key, renamed(key, checkpoint.origin)]);
  return { ...opened, index, event, cosignatures, unchecked: linesByOthers(note, known) };
};

const firstLine = "c2sp.org/tlog-proof@v1";

export const writeProof = ({ index, hashes, checkpoint, extra }: TlogProof): string => {
  const head = extra === undefined ? [firstLine] : [firstLine, `extra ${toBase64(extra)}`];
  const lines = [...head, `index ${index}`, ...hashes.map(toBase64), "", checkpoint];
  return lines.join("\n");
};

/** Throws a LedgerFault unless the whole text has the form of a proof file. */
export const parseProof = (text: string): TlogProof => {
  const end = text.indexOf("\n\n");
  if (end < 0) throw malformed("a proof without an empty line before its checkpoint");
  const [first, ...lines] = text.slice(0, end).split("\n");
  if (first !== firstLine) throw malformed(`a proof begins with ${firstLine}`);
  const extra = lines[0]?.startsWith("extra ") ? lines.shift()!.slice("extra ".length) : undefined;
  const index = lines.shift();
  if (!index?.startsWith("index ")) throw malformed("a proof names the index of its entry");
  const hashes = lines.map(fromBase64);
  if (hashes.length > 63) throw malformed("a proof has more hashes than any tree has levels");
  if (hashes.some((hash) => hash.length !== 32)) throw malformed("a proof's hashes have 32 bytes");
  return {
    index: parseDecimal(index.slice("index ".length)),
    hashes,
    checkpoint: text.slice(end + 2),
    ...(extra === undefined ? {} : { extra: fromBase64(extra) }),
  };
};

/**
 * The checkpoint under which the leaf is proven to be in the log. Throws a LedgerFault when the
 * proof is malformed, was signed by none of the keys, or does not lead from the leaf to the root.
 */
export const verifyProof = (
  text: string,
  leaf: Hash,
  keys: readonly VerifierKey[],
  verify?: VerifySignature,
): OpenedCheckpoint => {
  const { index, hashes, checkpoint } = parseProof(text);
  const opened = openCheckpoint(checkpoint, keys, verify);
  const { size, root } = opened.checkpoint;
  if (!verifyInclusion({ index, size, leaf, root, proof: hashes })) {
    throw new LedgerFault("inconsistent", `the proof does not lead from leaf ${index} to the root`);
  }
  return opened;
};
