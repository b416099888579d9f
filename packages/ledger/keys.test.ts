import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { keyringOf, openKeyring, rotateKeyring, signerFrom } from "./keys.ts";
import { parseNote, parseVerifierKey, signNote, verifyNote } from "./note.ts";
import { openRotation, trustedThrough } from "./rotation.ts";

const name = "inspectorate.example/assay";
const at = "2026-01-01T00:00:00.000Z";
let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "assay-keys-")), "keys");
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

const sortedFiles = async (): Promise<readonly string[]> => (await readdir(folder)).toSorted();

describe("a keyring in a folder", () => {
  it("is made on first start, readable by its owner alone, and kept", async () => {
    const first = await openKeyring(folder, name);
    expect((await stat(join(folder, "signing-key.pem"))).mode & 0o777).toBe(0o600);
    expect(await sortedFiles()).toEqual(["signing-key.pem", "verifier-keys.json"]);
    const again = await openKeyring(folder, name);
    expect(again.keys).toEqual(first.keys);
    expect(again.signer.publicKey).toEqual(first.signer.publicKey);
  });

  it("signs what its verifier key verifies", async () => {
    const { signer, keys } = await openKeyring(folder, name);
    const note = parseNote(signNote("text\n", [signer]));
    expect(verifyNote(note, keys.map(parseVerifierKey)).length).toBe(1);
  });

  it("is one and the same for processes that start at once", async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openKeyring(folder, name)));
    expect(new Set(opened.map(({ keys }) => keys.join())).size).toBe(1);
    expect(await sortedFiles()).toEqual(["signing-key.pem", "verifier-keys.json"]);
  });

  it("is refused when others can read the key", async () => {
    await openKeyring(folder, name);
    await chmod(join(folder, "signing-key.pem"), 0o640);
    await expect(openKeyring(folder, name)).rejects.toMatchObject({ code: "key-exposed" });
  });

  it("is refused when the key is damaged, or was exchanged for another", async () => {
    await openKeyring(folder, name);
    const path = join(folder, "signing-key.pem");
    await writeFile(path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    await expect(openKeyring(folder, name)).rejects.toMatchObject({ code: "key-unusable" });
  });

  it("is never made again where there was one, or where none may be made", async () => {
    await expect(openKeyring(folder, name, { mayMake: false })).rejects.toMatchObject({
      code: "key-missing",
    });
    await openKeyring(folder, name);
    await rm(join(folder, "signing-key.pem"));
    await expect(openKeyring(folder, name)).rejects.toMatchObject({ code: "key-missing" });
    expect(await sortedFiles()).toEqual(["verifier-keys.json"]);
  });

  it("is refused when the list of public keys is damaged", async () => {
    await openKeyring(folder, name);
    await writeFile(join(folder, "verifier-keys.json"), "{}");
    await expect(openKeyring(folder, name)).rejects.toMatchObject({ code: "key-unusable" });
  });
});

describe("rotating", () => {
  it("makes a new key that whoever trusted the old one can follow", async () => {
    const before = await openKeyring(folder, name);
    const after = await rotateKeyring(folder, name, at);
    const last = await rotateKeyring(folder, name, at);
    expect(last.keys).toEqual([...before.keys, ...after.keys.slice(1), ...last.keys.slice(2)]);
    expect(new Set(last.keys).size).toBe(3);
    const rotations = last.rotations.map((note) => openRotation(note));
    const trusted = trustedThrough([parseVerifierKey(before.keys[0]!)], rotations.toReversed());
    expect(trusted).toEqual(last.keys.map(parseVerifierKey));
    expect(await openKeyring(folder, name)).toMatchObject({ keys: last.keys });
    expect(await sortedFiles()).toEqual(["signing-key.pem", "verifier-keys.json"]);
  });

  it("is finished at the next start when it was cut off before its last step", async () => {
    await openKeyring(folder, name);
    const old = await readFile(join(folder, "signing-key.pem"));
    const { keys } = await rotateKeyring(folder, name, at);
    await rename(join(folder, "signing-key.pem"), join(folder, "next-key.pem"));
    await writeFile(join(folder, "signing-key.pem"), old, { mode: 0o600 });
    const opened = await openKeyring(folder, name);
    expect(opened.keys).toEqual(keys);
    expect(await sortedFiles()).toEqual(["signing-key.pem", "verifier-keys.json"]);
    expect(await openKeyring(folder, name)).toMatchObject({ keys });
  });

  it("never happened when it was cut off before the new key was vouched for", async () => {
    const { keys } = await openKeyring(folder, name);
    await writeFile(join(folder, "next-key.pem"), "half", { mode: 0o600 });
    expect((await openKeyring(folder, name)).keys).toEqual(keys);
    expect((await rotateKeyring(folder, name, at)).keys.length).toBe(2);
  });

  it("cannot be claimed by one key alone", async () => {
    await openKeyring(folder, name);
    const { rotations } = await rotateKeyring(folder, name, at);
    const lines = rotations[0]!.split("\n");
    for (const signature of [5, 6]) {
      const one = lines.filter((_, i) => i !== signature).join("\n");
      expect(() => openRotation(one)).toThrow("no known key");
    }
    expect(() => openRotation(rotations[0]!.replace("2026", "2027"))).toThrow("wrong");
  });
});

describe("a key that is handed in", () => {
  it("is PEM or a seed: the test vector of RFC 8032, section 7.1", () => {
    const seed = Buffer.from(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "hex",
    );
    const signer = signerFrom(name, seed.toString("base64"));
    expect(Buffer.from(signer.publicKey).toString("hex")).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
    expect(Buffer.from(signer.sign(new Uint8Array())).toString("hex")).toBe(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
  });

  it("brings its former keys along", async () => {
    const { keys, rotations } = await openKeyring(folder, name);
    const pem = await readFile(join(folder, "signing-key.pem"), "utf8");
    const ring = keyringOf(signerFrom(name, pem), { keys: ["former"], rotations });
    expect(ring.keys).toEqual(["former", ...keys]);
  });

  it.each(["", "c2hvcnQ=", "-----BEGIN nonsense"])("is refused when it is no key: %j", (text) => {
    expect(() => signerFrom(name, text)).toThrow(expect.objectContaining({ code: "key-unusable" }));
  });
});
