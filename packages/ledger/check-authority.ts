/** Checks who made a bundle: that it is sealed whole, and by a key that the reader trusts. */
import { originOf } from "./checkpoint.ts";
import { sealText } from "./bundle.ts";
import {
  keyIdOf,
  parseNote,
  parseVerifierKey,
  signatureTypes,
  type VerifierKey,
  verifyWholeNote,
  writeVerifierKey,
} from "./note.ts";
import { openRotation, trustedThrough } from "./rotation.ts";
import type { Case, Finding } from "./check.ts";

/** The authority's keys that the bundle brings along. Throws a LedgerFault for a malformed one. */
export const keysOf = ({ bundle }: Pick<Case, "bundle">): readonly VerifierKey[] =>
  bundle.keys.map((line) => {
    const key = parseVerifierKey(line);
    if (key.name !== bundle.authority || key.type !== signatureTypes.ed25519) {
      throw new Error(`the key ${line} is not a signing key of ${bundle.authority}`);
    }
    return key;
  });

/** Every member has the digest that the seal lists, and a key of the authority signed the seal. */
export const checkSeal = (matter: Case): Finding => {
  const { seal, ...members } = matter.bundle;
  const note = parseNote(seal);
  const expected = sealText(members).split("\n");
  const sealed = new Set(note.text.split("\n"));
  const problems = expected
    .filter((line) => !sealed.has(line))
    .map((line) => `${line.split(" ")[0]} is not as it was sealed`);
  if (problems.length === 0 && note.text !== expected.join("\n")) {
    problems.push("the seal lists what the bundle does not hold");
  }
  verifySealSignature(problems, () => verifyWholeNote(note, keysOf(matter), matter.verify));
  const recomputed = expected.length - 3;
  return { problems, summary: `${recomputed} parts sealed by ${members.authority}`, recomputed };
};

/** The bundle's keys are ones that the reader trusts, or lead there through signed rotations. */
export const checkAuthority = (matter: Case): Finding => {
  const { bundle, verify } = matter;
  const keys = keysOf(matter);
  const rotations = bundle.rotations.map((note) => openRotation(note, verify));
  const trusted = matter.trusted.filter(({ type }) => type === signatureTypes.ed25519);
  const ids = keys.map(keyIdOf).join(", ");
  if (trusted.length === 0) {
    const caveat =
      "no trusted key was given: the signatures prove that one party made this bundle, not who; " +
      `compare ${bundle.keys.at(-1)} with what ${bundle.authority} publishes`;
    const trust = ["whoever gave you this file, that it is the inspectorate's"];
    return { problems: [], summary: `keys ${ids}, not compared`, caveats: [caveat], trust };
  }
  const reached = new Set(trustedThrough(trusted, rotations).map(writeVerifierKey));
  const problems = keys
    .filter((key) => !reached.has(writeVerifierKey(key)))
    .map((key) => `the key ${keyIdOf(key)} is not trusted for ${originOf(key.name, "…")}`);
  return { problems, summary: `keys ${ids} are trusted`, compared: keys.length };
};

const verifySealSignature = (problems: string[], verify: () => unknown): void => {
  try {
    verify();
  } catch (cause) {
    problems.push(`the seal's signature: ${cause instanceof Error ? cause.message : "wrong"}`);
  }
};
