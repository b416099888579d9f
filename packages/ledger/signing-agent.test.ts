import { createServer, type Server, type Socket } from "node:net";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { handOver, keepKeyring, keyringOf, openKeyring, signerFrom } from "./keys.ts";
import { verifierKeyOf, writeVerifierKey } from "./note.ts";
import { signerAt } from "./signing-agent.ts";

let folder: string;
let server: Server | undefined;

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "assay-agent-"))));
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const held = signerFrom("assay.example", Buffer.alloc(32, 3).toString("base64"));
const text = (bytes: Uint8Array | string): Buffer => {
  const body = Buffer.from(bytes as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};
const line = `ssh-ed25519 ${Buffer.concat([text("ssh-ed25519"), text(held.publicKey)]).toString("base64")} me`;

/** Something at the socket that answers whatever it is asked with these bytes. */
const answering = async (answer: (connection: Socket) => void): Promise<string> => {
  const socket = join(folder, "agent.sock");
  server = createServer((connection) => {
    connection.on("error", () => undefined);
    connection.once("data", () => answer(connection));
  });
  await new Promise<void>((done) => server!.listen(socket, done));
  return socket;
};

const signed = (bytes: Uint8Array): Buffer =>
  text(Buffer.concat([Buffer.of(14), text(Buffer.concat([text("ssh-ed25519"), text(bytes)]))]));

const message = new Uint8Array([1, 2, 3]);
const asked = (socket: string) =>
  Promise.resolve(
    signerAt("assay.example", { socket, publicKey: line, patience: 500 }).sign(message),
  );

describe("an agent", () => {
  it("gives the signature of the key that it was asked for, in whatever pieces", async () => {
    const answer = signed(held.sign(message));
    const socket = await answering((connection) => {
      connection.write(answer.subarray(0, 3));
      setImmediate(() => connection.write(answer.subarray(3)));
    });
    expect(await asked(socket)).toEqual(held.sign(message));
  });

  it.each([
    [
      "another key's signature",
      /does not sign with that key/,
      (c: Socket) => c.write(signed(new Uint8Array(64))),
    ],
    ["a refusal", /does not sign with that key/, (c: Socket) => c.write(text(Buffer.of(5)))],
    ["nothing", /ended the connection/, (c: Socket) => c.end()],
    ["silence", /did not answer within/, () => undefined],
    ["too much", /something else/, (c: Socket) => c.write(Buffer.alloc(8, 0x7f))],
  ])("that answers with %s is away for now", async (_, why, answer) => {
    const socket = await answering(answer);
    await expect(asked(socket)).rejects.toMatchObject({
      code: "signer-away",
      retry: true,
      message: expect.stringMatching(why) as string,
    });
  });

  it("that is not there is away for now", async () => {
    await expect(asked(join(folder, "none.sock"))).rejects.toThrow(/cannot be reached: .*ENOENT/);
  });

  it.each(["", "ssh-rsa AAAA", "ssh-ed25519 AAAA", "ssh-ed25519 !"])(
    "is not asked for what is no Ed25519 key: %j",
    (publicKey) => {
      expect(() => signerAt("assay.example", { socket: "/none", publicKey })).toThrow(
        expect.objectContaining({ code: "key-unusable" }),
      );
    },
  );
});

describe("a folder whose key is elsewhere", () => {
  it("keeps the public part, and goes on with it", async () => {
    const ring = await keepKeyring(folder, held);
    expect(ring.keys).toEqual(keyringOf(held).keys);
    expect((await keepKeyring(folder, held)).keys).toEqual(ring.keys);
  });

  it("removes a private key that handed over and was left by a crash, and no other", async () => {
    const own = await openKeyring(folder, "assay.example");
    const path = join(folder, "signing-key.pem");
    const left = readFileSync(path);
    await handOver(folder, held, "2026-02-01T00:00:00.000Z");
    writeFileSync(path, left, { mode: 0o600 });
    expect((await keepKeyring(folder, held)).keys).toEqual([...own.keys, ...keyringOf(held).keys]);
    expect(existsSync(path)).toBe(false);
    const other = join(folder, "other");
    const { signer } = await openKeyring(other, "assay.example");
    await keepKeyring(other, signer);
    expect(existsSync(join(other, "signing-key.pem"))).toBe(true);
  });

  it("does not change from one key to another without a word", async () => {
    const own = await openKeyring(folder, "assay.example");
    await expect(keepKeyring(folder, held)).rejects.toThrow(/did not hand over/);
    const ring = await keepKeyring(folder, held, { keys: own.keys, rotations: [] });
    expect(ring.keys).toEqual([...own.keys, writeVerifierKey(verifierKeyOf(held))]);
  });
});
