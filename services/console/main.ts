/**
 * The console as a process of its own: the same pages and API, over the network's store and bus.
 */
import { join } from "node:path";

import { people } from "@assay/domain/reconstruction/story.ts";
import { openAccessLog } from "@assay/host/access-log.ts";
import { openDatabase } from "@assay/host/database.ts";
import { defineService } from "@assay/host/definition.ts";
import { runStandalone } from "@assay/host/standalone.ts";
import { signerFrom } from "@assay/ledger/keys.ts";

import { readConfig } from "./config.ts";
import { createConsole } from "./console.ts";

const status = await runStandalone({
  name: "console",
  environment: process.env,
  configure: readConfig,
  define: () => defineService({ name: "console" }),
  serves: ({ config, ...means }) => {
    const { handle, neighbours, trouble } = createConsole({
      ...means,
      people: Object.values(people).flat(),
      settings: config.settings,
      database: openDatabase(join(config.DATA_DIR, "sessions.sqlite")),
      accounts: openDatabase(join(config.DATA_DIR, "people.sqlite")),
      accessLog: openAccessLog({
        file: join(config.DATA_DIR, "access-log.sqlite"),
        signer: signerFrom("console", config.SEALING_KEY),
        signed: (checkpoint) => means.log.info({ checkpoint }, "access log signed"),
      }),
      behindPublishedPort: config.BEHIND_PUBLISHED_PORT === "yes",
    });
    void trouble();
    return { others: handle, neighbours };
  },
});
process.exit(status);
