/**
 * Cosignatures of C2SP `tlog-cosignature`, the Ed25519 kind (`cosignature/v1`): a witness states
 * that, at a moment, this was the largest consistent tree it had seen of the log.
 */
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { LedgerFault, malformed } from "./fault.ts";
import {
  type KeyAtHand,
  keyIdOf,
  type Note,
  parseNote,
  type Signer,
  signatureTypes,
  type VerifierKey,
  verifyEd25519,
  type VerifySignature,
  writeNote,
} from "./note.ts";

/** `time` is in whole seconds since 1970-01-01T00:00:00Z. */
export type Cosignature = { readonly witness: string; readonly time: number };

/** The key under which a witness's cosignatures are verified. */
export const witnessKeyOf = ({ name, publicKey }: Omit<Signer, "sign">): VerifierKey => ({
  name,
  type: signatureTypes.cosignature,
  publicKey,
});

/**
 * The checkpoint's note with the witness's line added. A witness calls this only after checking
 * that the checkpoint is consistent with the largest one it has cosigned of the same log.
 */
export const cosign = (note: string, witness: KeyAtHand, time: number): string => {
  const parsed = parseNote(note);
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const line = {
    name: witness.name,
    keyId: keyIdOf(witnessKeyOf(witness)),
    bytes: concatBytes(stamp, witness.sign(messageOf(parsed.text, time))),
  };
  return writeNote({ ...parsed, signatures: [...parsed.signatures, line] });
};

/**
 * What the known witnesses state; lines of others are passed over. Throws a LedgerFault when a
 * known witness's line is wrong. No answer means that no known witness has seen the checkpoint.
 */
export const verifyCosignatures = (
  note: Note,
  witnesses: readonly VerifierKey[],
  verify: VerifySignature = verifyEd25519,
): readonly Cosignature[] => {
  const found: Cosignature[] = [];
  for (const { name, keyId, bytes } of note.signatures) {
    const key = witnesses.find((known) => known.name === name && keyIdOf(known) === keyId);
    if (key === undefined || key.type !== signatureTypes.cosignature) continue;
    const time = timeOf(bytes);
    const message = messageOf(note.text, time);
    if (!verify({ signature: bytes.subarray(8), message, publicKey: key.publicKey })) {
      throw new LedgerFault("bad-signature", `the cosignature of ${name} (${keyId}) is wrong`);
    }
    found.push({ witness: name, time });
  }
  return found;
};

/** What a note says of its cosignatures, whoever made them: nothing here verifies a line. */
export const cosignaturesTold = ({ signatures }: Note): readonly Cosignature[] =>
  signatures
    .filter(({ bytes }) => bytes.length === 72)
    .map(({ name, bytes }) => ({ witness: name, time: timeOf(bytes) }));

const timeOf = (bytes: Uint8Array): number => {
  if (bytes.length !== 72) throw malformed("a cosignature has 8 bytes of time and 64 of signature");
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed("a cosignature's time is too large");
  return Number(time);
};

const messageOf = (text: string, time: number): Uint8Array =>
  utf8ToBytes(`cosignature/v1\ntime ${time}\n${text}`);
