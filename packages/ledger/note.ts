/**
 * Signed notes as C2SP `signed-note` v1 describes them, with Ed25519 (RFC 8032) signatures. Parsing
 * is strict: what does not follow the format in every byte is refused.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { fromBase64, toBase64 } from "./base64.ts";
import { LedgerFault, malformed } from "./fault.ts";

/** The signature types of the specification that are used here. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** A public key under the name it signs with. `publicKey`: 32 bytes, RFC 8032, section 5.1.5. */
export type VerifierKey = {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
};

/**
 * Whoever holds a private key, here or elsewhere. `sign` gives the 64 bytes of RFC 8032, section
 * 5.1.6, and rejects with a LedgerFault `signer-away` where the key cannot be reached.
 */
export type Signer = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
};

/** A signer whose private key this process has read. */
export type KeyAtHand = Omit<Signer, "sign"> & {
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** One signature line: whose it claims to be, and what follows the key id. */
export type NoteSignature = {
  readonly name: string;
  /** The first four bytes of the key's hash, 8 hexadecimal digits. */
  readonly keyId: string;
  readonly bytes: Uint8Array;
};

/** `text` ends in a newline; the signatures are over it, that newline included. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** Whether these 64 bytes are the key's signature over the message. */
export type VerifySignature = (claim: {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly publicKey: Uint8Array;
}) => boolean;

/** Ed25519 as RFC 8032 asks, not the laxer ZIP 215: one signature for a message, no other. */
export const verifyEd25519: VerifySignature = ({ signature, message, publicKey }) => {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
};

/** The first four bytes of SHA-256 over name, newline, type and key, as 8 hexadecimal digits. */
export const keyIdOf = ({ name, type, publicKey }: VerifierKey): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey))).slice(
    0,
    8,
  );

/** A verifier key in one line: `<name>+<key id>+<base64 of type and key>`. */
export const writeVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${keyIdOf(key)}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;

/** Throws a LedgerFault for a line of another form, another type of key, or a wrong key id. */
export const parseVerifierKey = (line: string): VerifierKey => {
  const [name = "", keyId = "", ...rest] = line.split("+");
  const [type, ...bytes] = fromBase64(rest.join("+"));
  assertKeyName(name);
  if (type !== signatureTypes.ed25519 && type !== signatureTypes.cosignature) {
    throw malformed(`verifier key ${name} is of a type that is not used here`);
  }
  if (bytes.length !== 32) throw malformed(`verifier key ${name} has not 32 bytes`);
  const key: VerifierKey = { name, type, publicKey: Uint8Array.from(bytes) };
  if (keyIdOf(key) !== keyId) throw malformed(`verifier key ${name} has another id than ${keyId}`);
  return key;
};

export const verifierKeyOf = ({ name, publicKey }: Signer): VerifierKey => ({
  name,
  type: signatureTypes.ed25519,
  publicKey,
});

/** The same key signing or verifying under another name, such as the origin of one log. */
export const renamed = <Key extends { readonly name: string }>(key: Key, name: string): Key => ({
  ...key,
  name,
});

/** The note as it is written, signed by each of the signers in turn. */
export const signNote = (text: string, signers: readonly KeyAtHand[]): string => {
  assertNoteText(text);
  const message = utf8ToBytes(text);
  const signatures = signers.map((signer) => signatureOf(signer, signer.sign(message)));
  return writeNote({ text, signatures });
};

/** The note as it is written, signed by keys that may be elsewhere, one after the other. */
export const haveSigned = async (text: string, ...signers: readonly Signer[]): Promise<string> => {
  assertNoteText(text);
  const signatures: NoteSignature[] = [];
  for (const signer of signers)
    signatures.push(signatureOf(signer, await signer.sign(utf8ToBytes(text))));
  return writeNote({ text, signatures });
};

const signatureOf = (signer: Signer, bytes: Uint8Array): NoteSignature => ({
  name: signer.name,
  keyId: keyIdOf(verifierKeyOf(signer)),
  bytes,
});

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures
    .map(({ name, keyId, bytes }) => {
      assertKeyName(name);
      return `— ${name} ${toBase64(concatBytes(idBytes(keyId), bytes))}\n`;
    })
    .join("")}`;

/** Throws a LedgerFault unless the whole text has the form of a signed note. */
export const parseNote = (note: string): Note => {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw malformed("a note without a blank line before its signatures");
  const text = note.slice(0, end + 1);
  assertNoteText(text);
  const lines = note.slice(end + 2).split("\n");
  if (lines.pop() !== "") throw malformed("a note that does not end in a newline");
  if (lines.length === 0) throw malformed("a note without a signature");
  if (lines.length > maxSignatures) throw malformed(`a note with over ${maxSignatures} signatures`);
  return { text, signatures: lines.map(parseSignature) };
};

/**
 * The note's Ed25519 signatures by these keys; those of unknown keys are passed over. Throws a
 * LedgerFault when a known key's signature is wrong, or when no known key signed.
 */
export const verifyNote = (
  note: Note,
  keys: readonly VerifierKey[],
  verify: VerifySignature = verifyEd25519,
): readonly VerifierKey[] => {
  const message = utf8ToBytes(note.text);
  const signers: VerifierKey[] = [];
  for (const { name, keyId, bytes } of note.signatures) {
    const key = keys.find((known) => known.name === name && keyIdOf(known) === keyId);
    if (key === undefined || key.type !== signatureTypes.ed25519) continue;
    if (!verify({ signature: bytes, message, publicKey: key.publicKey })) {
      throw new LedgerFault("bad-signature", `the signature of ${name} (${keyId}) is wrong`);
    }
    signers.push(key);
  }
  if (signers.length === 0) {
    const names = note.signatures.map(({ name, keyId }) => `${name} (${keyId})`).join(", ");
    throw new LedgerFault("unknown-signer", `signed by no known key, only by ${names}`);
  }
  return signers;
};

/** The same where nobody else may sign: a line by an unknown key is refused. */
export const verifyWholeNote = (
  note: Note,
  keys: readonly VerifierKey[],
  verify?: VerifySignature,
): readonly VerifierKey[] => {
  const signers = verifyNote(note, keys, verify);
  const [stranger] = linesByOthers(note, keys);
  if (stranger !== undefined)
    throw new LedgerFault(
      "unknown-signer",
      `it has a signature line by an unknown key, ${stranger}`,
    );
  return signers;
};

/** The lines that are by none of these keys, as name and key id: nothing says what they are. */
export const linesByOthers = (
  { signatures }: Note,
  keys: readonly VerifierKey[],
): readonly string[] => {
  const known = new Set(keys.map((key) => `${key.name} (${keyIdOf(key)})`));
  return signatures
    .map(({ name, keyId }) => `${name} (${keyId})`)
    .filter((line) => !known.has(line));
};

/** The specification asks for at least 16. */
const maxSignatures = 64;

const parseSignature = (line: string): NoteSignature => {
  const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  if (name === undefined || encoded === undefined) throw malformed("not a note's signature line");
  assertKeyName(name);
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw malformed(`the signature of ${name} is too short`);
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
};

const idBytes = (keyId: string): Uint8Array =>
  Uint8Array.from(keyId.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const assertKeyName = (name: string): void => {
  if (name === "" || /[\s\u0085+]/u.test(name)) {
    throw malformed(`a key's name is neither empty nor holds spaces or a plus: "${name}"`);
  }
};

const assertNoteText = (text: string): void => {
  if (!text.endsWith("\n")) throw malformed("a note's text ends in a newline");
  if (!text.isWellFormed()) throw malformed("a note's text is valid Unicode");
  for (const character of text) {
    if (character < " " && character !== "\n") throw malformed("a control character in a note");
  }
};
