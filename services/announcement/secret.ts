/** The secret behind the sampling nonces: made once, kept beside the data, never logged. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** 32 bytes, the same at every start of the same data folder. */
export const nonceSecret = (dataDir: string): Uint8Array => {
  const folder = join(dataDir, "secrets");
  const file = join(folder, "sampling-nonce");
  if (existsSync(file)) return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32);
  writeDurably(file, `${secret.toString("hex")}\n`);
  return secret;
};

/** For an engine that keeps nothing. Fixed, so that the same story always draws the same cases. */
export const throwawaySecret = (): Uint8Array => new Uint8Array(32).fill(7);

/** Under its final name the file is complete: a crash leaves the old state or the new one. */
const writeDurably = (file: string, content: string): void => {
  const draft = `${file}.new`;
  writeFileSync(draft, content, { mode: 0o600, flush: true });
  renameSync(draft, file);
};
