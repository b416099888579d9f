/** A throw-away tree for tests that plant a violation and expect to see it reported. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Planted = { readonly root: string; readonly [Symbol.dispose]: () => void };

/** Writes `files` (path to text) under a new folder, by default in the system's temporary one. */
export const plant = (
  files: Readonly<Record<string, string>>,
  folder: string = realpathSync(tmpdir()),
): Planted => {
  mkdirSync(folder, { recursive: true });
  const root = mkdtempSync(join(folder, "assay-planted-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
};
