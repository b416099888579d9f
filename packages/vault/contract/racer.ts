/**
 * A process that asks for keys, for the tests in which several do so at once. Says what it got, a
 * line for each time: `node contract/racer.ts FOLDER OWNER...`; again whenever it reads a line.
 */
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";

import { openKeys } from "../key-folder.ts";

const [folder, ...owners] = process.argv.slice(2);
const keys = openKeys(folder!);

/** Keys by their hashes: enough to tell whether two processes got the same. */
const report = async (): Promise<void> => {
  const found = await keys.findOrMake(owners);
  const told = owners.map((owner) => {
    const key = found.get(owner);
    return Buffer.isBuffer(key) ? createHash("sha256").update(key).digest("hex") : key;
  });
  process.stdout.write(`${JSON.stringify(told)}\n`);
};

await report();
for await (const _ of createInterface({ input: process.stdin })) await report();
keys.close();
