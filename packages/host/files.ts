/** Files that a service sends, kept by what they hold: the same file again is the same file. */
import { createHash } from "node:crypto";
import { join } from "node:path";

import { readIfThere, replaceFile } from "@assay/ledger/durable-file.ts";

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

/** One file for each content; under its final name it is complete. */
export const filesIn = (folder: string): Files => ({
  keep: async (content) => {
    const digest = digestOf(content);
    await replaceFile(join(folder, digest), content);
    return digest;
  },
  read: async (digest) => (isDigest(digest) ? readIfThere(join(folder, digest)) : undefined),
});
