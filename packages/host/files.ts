/** Files that a service sends, kept by what they hold: the same file again is the same file. */
import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

export type Files = {
  /** Durable once it resolves; answers with the SHA-256 of the content, hexadecimal. */
  readonly keep: (content: Uint8Array) => Promise<string>;
  /** Undefined where it was never kept here. */
  readonly read: (digest: string) => Promise<Uint8Array | undefined>;
};

const digestOf = (content: Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

const isDigest = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** For an engine that keeps nothing. */
export const filesInMemory = (): Files => {
  const kept = new Map<string, Uint8Array>();
  return {
    keep: (content) => {
      const digest = digestOf(content);
      kept.set(digest, content);
      return Promise.resolve(digest);
    },
    read: (digest) => Promise.resolve(kept.get(digest)),
  };
};

/** A file's name is as durable as its folder, which is a file of its own. */
const synced = async (folder: string): Promise<void> => {
  // Windows opens no folder, and writes their changes through.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** One file for each content; under its final name it is complete. */
export const filesIn = (folder: string): Files => ({
  keep: async (content) => {
    const digest = digestOf(content);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `${digest}.${process.pid}.${Date.now()}.new`);
    const handle = await open(draft, "w", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    await rename(draft, join(folder, digest));
    await synced(folder);
    return digest;
  },
  read: async (digest) => {
    if (!isDigest(digest)) return undefined;
    try {
      return await readFile(join(folder, digest));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  },
});
