/** A fingerprint of the code that what is stored depends on: all of the domain. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

let known: string | undefined;

/** SHA-256 over every file of the domain that is no test, 64 hexadecimal digits. */
export const codeFingerprint = (): string => {
  if (known !== undefined) return known;
  const folder = join(import.meta.dirname, "../domain");
  const hash = createHash("sha256");
  const exclude = ["**/node_modules", "**/*.test.ts"];
  const names = globSync("**/*.ts", { cwd: folder, exclude }).toSorted();
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  known = hash.digest("hex");
  return known;
};
