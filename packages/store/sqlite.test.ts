import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { storeContract } from "./contract.ts";
import { crashWriter } from "./contract/crash.ts";
import { failures } from "./contract/failures.ts";
import { openSqliteStore } from "./sqlite.ts";

storeContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assay-store-"));
  const path = join(folder, "events.db");
  const { interrupt, failNext } = failures();
  return {
    open: async () => openSqliteStore({ path, interrupt }),
    failNext,
    loseConnections: async () => undefined,
    crash: (prefix, moment) => crashWriter({ store: path, prefix, moment }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
