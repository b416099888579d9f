/**
 * How one signing key hands over to the next: a note that names both, signed by both. Whoever
 * trusted the old key can follow it to the new one, and old signatures stay verifiable.
 */
import { malformed } from "./fault.ts";
import {
  haveSigned,
  parseNote,
  parseVerifierKey,
  type Signer,
  type VerifierKey,
  verifierKeyOf,
  verifyNote,
  verifyWholeNote,
  type VerifySignature,
  writeVerifierKey,
} from "./note.ts";

export type Rotation = {
  readonly from: VerifierKey;
  readonly to: VerifierKey;
  /** ISO 8601, as the one who rotated the key states it. */
  readonly at: string;
};

const firstLine = "assay-key-rotation/1";

export const signRotation = (from: Signer, to: Signer, at: string): Promise<string> => {
  const [old, next] = [from, to].map((signer) => writeVerifierKey(verifierKeyOf(signer)));
  return haveSigned(`${firstLine}\n${old}\n${next}\n${at}\n`, from, to);
};

/** Throws a LedgerFault unless both keys signed a note of this form. */
export const openRotation = (written: string, verify?: VerifySignature): Rotation => {
  const note = parseNote(written);
  const [first, old = "", next = "", at = "", end, ...rest] = note.text.split("\n");
  if (first !== firstLine || end !== "" || rest.length > 0 || !/^[-0-9T:.]+Z$/.test(at)) {
    throw malformed("not a key's rotation");
  }
  const [from, to] = [parseVerifierKey(old), parseVerifierKey(next)];
  for (const key of [from, to]) verifyNote(note, [key], verify);
  verifyWholeNote(note, [from, to], verify);
  return { from, to, at };
};

/** The trusted keys and every key that they lead to, hand-over by hand-over. */
export const trustedThrough = (
  trusted: readonly VerifierKey[],
  rotations: readonly Rotation[],
): readonly VerifierKey[] => {
  const lines = new Set(trusted.map(writeVerifierKey));
  const reached = [...trusted];
  let grew = true;
  while (grew) {
    const next = rotations.find(
      ({ from, to }) => lines.has(writeVerifierKey(from)) && !lines.has(writeVerifierKey(to)),
    );
    grew = next !== undefined;
    if (next === undefined) continue;
    lines.add(writeVerifierKey(next.to));
    reached.push(next.to);
  }
  return reached;
};
