/**
 * A signing key that never enters this process: it stays with an agent on this machine that speaks
 * the SSH agent protocol (draft-ietf-sshm-ssh-agent). OpenSSH's `ssh-agent` is one; `gpg-agent` is
 * another and signs with a key on a smart card or a security token.
 */
import { connect } from "node:net";

import { LedgerFault } from "./fault.ts";
import { type Signer, verifyEd25519 } from "./note.ts";

export type SigningAgent = {
  /** The path of the agent's socket, as `SSH_AUTH_SOCK` names it. */
  readonly socket: string;
  /** The key that the agent is to sign with: one line, `ssh-ed25519 AAAA…`, as `ssh-add -L` has. */
  readonly publicKey: string;
  /** Milliseconds for one answer; somebody may have to touch a token. */
  readonly patience?: number;
};

/** The agent cannot be reached or refuses: asked again later, it may sign. */
export class SignerAway extends Error {
  readonly code = "signer-away";
  readonly retry = true;

  constructor(socket: string, why: string, options: { readonly cause?: unknown } = {}) {
    super(`the signing agent at ${socket} ${why}`, options);
    this.name = "SignerAway";
  }
}

/** The numbers of the messages, from section 6.1 of the draft. */
const asks = { sign: 13 };
const answers = { signed: 14 };
const algorithm = "ssh-ed25519";
const mostBytes = 16_384;

/**
 * Each signature that the agent gives is checked before it is used. Throws a LedgerFault
 * `key-unusable` when the public key is no Ed25519 key in SSH's form.
 */
export const signerAt = (
  name: string,
  { socket, publicKey, patience = 30_000 }: SigningAgent,
): Signer => {
  const blob = blobIn(publicKey);
  const key = keyIn(blob);
  return {
    name,
    publicKey: key,
    sign: async (message) => {
      const flags = Buffer.alloc(4);
      const asked = [Buffer.of(asks.sign), written(blob), written(message), flags];
      const answer = await ask(socket, Buffer.concat(asked), patience);
      const signature = signatureIn(answer);
      if (signature && verifyEd25519({ signature, message, publicKey: key })) return signature;
      throw new SignerAway(socket, "does not sign with that key: see what `ssh-add -L` lists");
    },
  };
};

/** One message to the agent and its answer, without the lengths before them. */
const ask = (socket: string, message: Buffer, patience: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const connection = connect(socket);
    const parts: Buffer[] = [];
    const fail = (why: string, cause?: unknown): void => {
      connection.destroy();
      reject(new SignerAway(socket, why, { cause }));
    };
    connection.setTimeout(patience, () => fail(`did not answer within ${patience / 1000} seconds`));
    connection.on("error", (cause) => fail(`cannot be reached: ${cause.message}`, cause));
    connection.on("close", () => fail("ended the connection without an answer"));
    connection.on("data", (part: Buffer) => {
      parts.push(part);
      const answer = Buffer.concat(parts);
      const length = answer.length < 4 ? 0 : answer.readUInt32BE();
      if (length > mostBytes) fail("answered with something else than a signature");
      if (length === 0 || answer.length < 4 + length) return;
      resolve(answer.subarray(4, 4 + length));
      connection.destroy();
    });
    connection.write(written(message));
  });

/** The 64 bytes of an answer that holds a signature, undefined for any other answer. */
const signatureIn = (answer: Buffer): Uint8Array | undefined => {
  if (answer[0] !== answers.signed) return undefined;
  const [whole] = strings(answer.subarray(1));
  const [kind, bytes] = whole ? strings(whole) : [];
  if (kind?.toString() !== algorithm || bytes?.length !== 64) return undefined;
  return new Uint8Array(bytes);
};

const blobIn = (line: string): Buffer => {
  const [kind, encoded = ""] = line.trim().split(/\s+/);
  return kind === algorithm ? Buffer.from(encoded, "base64") : Buffer.alloc(0);
};

const keyIn = (blob: Buffer): Uint8Array => {
  const [kind, bytes, ...rest] = strings(blob);
  if (kind?.toString() === algorithm && bytes?.length === 32 && rest.length === 0)
    return new Uint8Array(bytes);
  throw new LedgerFault("key-unusable", `the public key is not a line that begins ${algorithm}`);
};

/** A string of the protocol: its length in four bytes, then its bytes. */
const written = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** The strings that stand one after the other; those that are cut off are left out. */
const strings = (bytes: Buffer): readonly Buffer[] => {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
};
