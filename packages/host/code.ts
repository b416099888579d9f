/** Fingerprints of code, so that what it made is made again by other code. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const known = new Map<string, string>();

/** Of the code that what is stored depends on: all of the domain. */
export const codeFingerprint = (): string => fingerprintOf(join(import.meta.dirname, "../domain"));

/** SHA-256 over every file of a folder that is no test, 64 hexadecimal digits. */
export const fingerprintOf = (folder: string): string => {
  const found = known.get(folder);
  if (found !== undefined) return found;
  const hash = createHash("sha256");
  const exclude = ["**/node_modules", "**/*.test.ts"];
  const names = globSync("**/*.{ts,njk}", { cwd: folder, exclude }).toSorted();
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  const fingerprint = hash.digest("hex");
  known.set(folder, fingerprint);
  return fingerprint;
};
