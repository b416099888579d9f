import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keyStoreContract } from "./contract/keeping.ts";
import { openSqliteKeys } from "./sqlite-keys.ts";

keyStoreContract("keys in a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-keys-"));
  return {
    open: async (master) =>
      openSqliteKeys({ path: join(folder, "keys.sqlite"), master: () => master }),
    bytes: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});
