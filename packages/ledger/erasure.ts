/**
 * The certificate of an erasure: which words are gone, by which fact and on what ground, signed by
 * the authority. It names words by their place and their hash, and holds none of them.
 */
import { trustedThrough, openRotation } from "./rotation.ts";
import { LedgerFault, malformed } from "./fault.ts";
import type { Keyring } from "./keys.ts";
import { canonical } from "./leaf.ts";
import {
  haveSigned,
  parseNote,
  parseVerifierKey,
  verifyWholeNote,
  writeVerifierKey,
} from "./note.ts";

/** Words that are gone. `hash` is what the ledger committed to, where it saw them in time. */
export type ErasedText = {
  readonly stream: string;
  readonly revision: number;
  readonly event: string;
  readonly pointer: string;
  readonly hash?: string;
};

export type ErasureStatement = {
  readonly inspection: string;
  /** The fact that erased them, and where it stands. */
  readonly fact: {
    readonly stream: string;
    readonly revision: number;
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly by: { readonly id: string; readonly role: string };
    readonly of?: string;
    readonly ground?: string;
    readonly keptMonths?: number;
  };
  /** In the order of the store. */
  readonly texts: readonly ErasedText[];
};

export const erasureFormat = "assay-erasure/1";

type Certificate = {
  readonly format: typeof erasureFormat;
  readonly statement: ErasureStatement;
  readonly signature: string;
  readonly keys: readonly string[];
  readonly rotations: readonly string[];
};

/** The certificate as a file; the same statement and key give the same bytes. */
export const certifyErasure = async (
  statement: ErasureStatement,
  keyring: Keyring,
): Promise<string> => {
  const text = textOf(statement);
  const note = await haveSigned(text, keyring.signer);
  const certificate: Certificate = {
    format: erasureFormat,
    statement,
    signature: note.slice(text.length + 1),
    keys: keyring.keys,
    rotations: keyring.rotations,
  };
  return `${JSON.stringify(certificate, undefined, 2)}\n`;
};

export type ErasureReport = {
  readonly holds: boolean;
  readonly detail: string;
  readonly statement: ErasureStatement | undefined;
  readonly caveats: readonly string[];
};

/** Whether this is, by its format, the certificate of an erasure. */
export const isErasureCertificate = (file: string): boolean => {
  try {
    return (JSON.parse(file) as Partial<Certificate> | null)?.format === erasureFormat;
  } catch {
    return false;
  }
};

/** Never throws for what the file says; throws a LedgerFault for a malformed trusted key. */
export const verifyErasure = (file: string, trusted: readonly string[] = []): ErasureReport => {
  const known = trusted.map(parseVerifierKey);
  try {
    const { statement, signature, keys, rotations } = readCertificate(file);
    const links = rotations.map((note) => openRotation(note));
    const own = keys.map(parseVerifierKey);
    const [signer] = verifyWholeNote(parseNote(`${textOf(statement)}\n${signature}`), own);
    const name = writeVerifierKey(signer!);
    const { holds, detail } = judged(name, known.length > 0, () =>
      trustedThrough(known, links).map(writeVerifierKey),
    );
    const caveats =
      known.length > 0 ? [] : [`no trusted key was given: compare ${name} with a published one`];
    return { holds, detail, statement, caveats };
  } catch (cause) {
    if (!(cause instanceof LedgerFault)) throw cause;
    return { holds: false, detail: cause.message, statement: undefined, caveats: [] };
  }
};

const judged = (signer: string, compared: boolean, trusted: () => readonly string[]) => {
  if (!compared) return { holds: true, detail: `signed by ${signer}` };
  const holds = trusted().includes(signer);
  return { holds, detail: `signed by ${signer}, ${holds ? "" : "not "}by a key that you trust` };
};

const textOf = (statement: ErasureStatement): string =>
  `${erasureFormat}\n${canonical(statement)}\n`;

const readCertificate = (file: string): Certificate => {
  let read: Partial<Certificate> | null;
  try {
    read = JSON.parse(file) as Partial<Certificate> | null;
  } catch (cause) {
    throw malformed("not JSON", cause);
  }
  const strings = (values: unknown): values is readonly string[] =>
    Array.isArray(values) && values.every((value) => typeof value === "string");
  const readable =
    read?.format === erasureFormat &&
    typeof read.signature === "string" &&
    strings(read.keys) &&
    strings(read.rotations) &&
    isStatement(read.statement);
  if (!readable) throw malformed("not a certificate of an erasure");
  return read as Certificate;
};

const isStatement = (statement: unknown): boolean => {
  const { inspection, fact, texts } = (statement ?? {}) as Partial<ErasureStatement>;
  return (
    typeof inspection === "string" &&
    typeof fact?.id === "string" &&
    typeof fact.by?.id === "string" &&
    Array.isArray(texts)
  );
};
