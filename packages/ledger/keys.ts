/**
 * The signing key: made on first start in a folder of its own, or handed in. Former public keys are
 * kept for ever, so that everything they signed can still be verified; former private keys are not.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { link, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { readIfThere, replaceFile, syncFolder } from "./durable-file.ts";
import { LedgerFault } from "./fault.ts";
import { type KeyAtHand, type Signer, verifierKeyOf, writeVerifierKey } from "./note.ts";
import { signRotation } from "./rotation.ts";

/** `keys` are verifier keys, the current one last; `rotations` are the notes that link them. */
export type Keyring<By extends Signer = Signer> = {
  readonly signer: By;
  readonly keys: readonly string[];
  readonly rotations: readonly string[];
};

/** The part of a keyring that anybody may have. */
export type PublicFile = Pick<Keyring, "keys" | "rotations">;

const files = { key: "signing-key.pem", next: "next-key.pem", public: "verifier-keys.json" };

/**
 * A signer from a private key as text: PKCS#8 in PEM, or the 32-byte seed of RFC 8032 in base64.
 * Throws a LedgerFault `key-unusable` for anything else.
 */
export const signerFrom = (name: string, privateKey: string): KeyAtHand => {
  const key = readPrivateKey(privateKey);
  const { x } = key.export({ format: "jwk" });
  return {
    name,
    publicKey: new Uint8Array(Buffer.from(x!, "base64url")),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
};

/** The keyring of a signer, with the keys before it and how each led to the next. */
export const keyringOf = <By extends Signer>(
  signer: By,
  { keys, rotations }: PublicFile = { keys: [], rotations: [] },
): Keyring<By> => ({
  signer,
  keys: [...keys, writeVerifierKey(verifierKeyOf(signer))],
  rotations,
});

/**
 * The keyring of a signer whose private key is elsewhere. The folder keeps its public part, for
 * those who only read. Throws a LedgerFault `key-unusable` where the folder knows a key that did
 * not hand over to this one and is not among the `former` ones.
 */
export const keepKeyring = async (
  folder: string,
  signer: Signer,
  former: PublicFile = { keys: [], rotations: [] },
): Promise<Keyring> => {
  const known = await readPublicFile(folder);
  const ring = keyringOf(signer, former);
  const current = ring.keys.at(-1);
  if (known.keys.at(-1) === current) {
    await forgetFormer(folder, signer);
    return { signer, ...known };
  }
  const lost = known.keys.find((key) => !ring.keys.includes(key));
  if (lost !== undefined) {
    const message =
      `${folder} knows the key ${lost}, which did not hand over to ${current}. Let it: assay ` +
      "keys rotate --to-agent; or name it among FORMER_KEYS";
    throw new LedgerFault("key-unusable", message);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writePublicFile(folder, { keys: ring.keys, rotations: ring.rotations });
  return ring;
};

/**
 * The keyring in `folder`, made there when the folder has none. Processes that start at once agree
 * on one key. Throws a LedgerFault `key-exposed` when others on the machine can read the key,
 * `key-missing` where there was one, or where none may be made.
 */
export const openKeyring = async (
  folder: string,
  name: string,
  { mayMake = true }: { readonly mayMake?: boolean } = {},
): Promise<Keyring<KeyAtHand>> => {
  const known = await readPublicFile(folder);
  const present = await readSigner(join(folder, files.key), name);
  // What a key signed is not signed again by a new one without a word.
  if (!present && (!mayMake || known.keys.length > 0)) throw keyMissing(folder, known);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signer = present ?? (await readOrMakeSigner(folder, name));
  const current = writeVerifierKey(verifierKeyOf(signer));
  if (known.keys.at(-1) === current) return { signer, ...known };
  if (known.keys.length === 0) {
    await writePublicFile(folder, { keys: [current], rotations: [] });
    return { signer, keys: [current], rotations: [] };
  }
  const next = await readSigner(join(folder, files.next), name);
  const finished = next && writeVerifierKey(verifierKeyOf(next)) === known.keys.at(-1);
  if (!finished) {
    throw new LedgerFault("key-unusable", `the key in ${folder} is not the last of its known keys`);
  }
  await rename(join(folder, files.next), join(folder, files.key));
  await syncFolder(folder);
  return { signer: next, ...known };
};

/**
 * A new signing key that the old one vouches for. The private file is replaced last: after a crash
 * on the way, `openKeyring` either finishes the rotation or knows nothing of it.
 */
export const rotateKeyring = async (
  folder: string,
  name: string,
  at: string,
): Promise<Keyring<KeyAtHand>> => {
  const { signer, keys, rotations } = await openKeyring(folder, name);
  await rm(join(folder, files.next), { force: true });
  await writeNewKey(join(folder, files.next));
  const next = (await readSigner(join(folder, files.next), name))!;
  const after = {
    keys: [...keys, writeVerifierKey(verifierKeyOf(next))],
    rotations: [...rotations, await signRotation(signer, next, at)],
  };
  await writePublicFile(folder, after);
  await rename(join(folder, files.next), join(folder, files.key));
  await syncFolder(folder);
  return { signer: next, ...after };
};

/** A private key that has handed over is of no use but to a thief; a crash may have left it. */
const forgetFormer = async (folder: string, current: Signer): Promise<void> => {
  const path = join(folder, files.key);
  const left = await readSigner(path, current.name);
  if (!left || Buffer.from(left.publicKey).equals(current.publicKey)) return;
  await rm(path);
  await syncFolder(folder);
};

/** The folder's key hands over to one that is elsewhere, and is removed. */
export const handOver = async (folder: string, next: Signer, at: string): Promise<void> => {
  const { signer, keys, rotations } = await openKeyring(folder, next.name);
  const key = writeVerifierKey(verifierKeyOf(next));
  const rotation = await signRotation(signer, next, at);
  await writePublicFile(folder, { keys: [...keys, key], rotations: [...rotations, rotation] });
  await forgetFormer(folder, next);
};

const keyMissing = (folder: string, { keys }: PublicFile): LedgerFault => {
  const which = keys.at(-1) ?? "of this installation";
  const message =
    `the signing key ${which} is not in ${folder}, and something was signed with it. Bring it ` +
    "back from a copy: it is never replaced by a new one by itself";
  return new LedgerFault("key-missing", message);
};

/** What the folder says of its keys, for those who only read: no private key is touched or made. */
export const knownKeys = (folder: string): Promise<PublicFile> => readPublicFile(folder);

/** The same file in a folder without any private key, which others may read. */
export const tellKeys = async (folder: string, { keys, rotations }: PublicFile): Promise<void> => {
  const told = await readPublicFile(folder);
  if (told.keys.at(-1) !== keys.at(-1)) await writePublicFile(folder, { keys, rotations });
};

const readOrMakeSigner = async (folder: string, name: string): Promise<KeyAtHand> => {
  const path = join(folder, files.key);
  const present = await readSigner(path, name);
  if (present) return present;
  const draft = join(folder, `draft-${crypto.randomUUID()}.pem`);
  await writeNewKey(draft);
  try {
    await link(draft, path);
  } catch (cause) {
    if (!isCode(cause, "EEXIST")) throw cause;
  }
  await rm(draft);
  await syncFolder(folder);
  return (await readSigner(path, name))!;
};

const readSigner = async (path: string, name: string): Promise<KeyAtHand | undefined> => {
  const text = (await readIfThere(path))?.toString("utf8");
  if (text === undefined) return undefined;
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new LedgerFault("key-exposed", `${path} can be read by others: its mode must be 0600`);
  }
  return signerFrom(name, text);
};

const readPublicFile = async (folder: string): Promise<PublicFile> => {
  const text = (await readIfThere(join(folder, files.public)))?.toString("utf8");
  if (text === undefined) return { keys: [], rotations: [] };
  try {
    const { keys, rotations } = JSON.parse(text) as PublicFile;
    if (Array.isArray(keys) && Array.isArray(rotations)) return { keys, rotations };
  } catch (cause) {
    throw new LedgerFault("key-unusable", `${folder}/${files.public} is damaged`, { cause });
  }
  throw new LedgerFault("key-unusable", `${folder}/${files.public} is damaged`);
};

const writePublicFile = async (folder: string, content: PublicFile): Promise<void> => {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  await replaceFile(join(folder, files.public), text, { mode: 0o644 });
};

const writeNewKey = (path: string): Promise<void> => {
  const key = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" });
  return writeFile(path, key, { flag: "wx", mode: 0o600, flush: true });
};

/** What stands before a seed in PKCS#8 (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

const readPrivateKey = (text: string): KeyObject => {
  try {
    const seed = Buffer.from(text, "base64");
    const key = text.includes("-----BEGIN")
      ? createPrivateKey(text)
      : createPrivateKey({
          key: Buffer.concat([pkcs8Prefix, seed]),
          format: "der",
          type: "pkcs8",
        });
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (cause) {
    throw new LedgerFault("key-unusable", "the signing key cannot be read", { cause });
  }
  throw new LedgerFault("key-unusable", "the signing key is not an Ed25519 key");
};

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
