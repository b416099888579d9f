/**
 * The console as a process of its own: the same pages and API, over the network's store and bus.
 */
import { openNatsFiles } from "@assay/bus/nats-files.ts";
import { madeUpNames, people } from "@assay/domain/reconstruction/story.ts";
import { watchAccessLog } from "@assay/host/access-heads.ts";
import { defineService } from "@assay/host/definition.ts";
import { type Files, filesIn } from "@assay/host/files.ts";
import { filesToAgree } from "@assay/host/installation.ts";
import { natsOf } from "@assay/host/membership.ts";
import { runStandalone } from "@assay/host/standalone.ts";
import { signerFrom } from "@assay/ledger/keys.ts";

import { readConfig } from "./config.ts";
import { createConsole } from "./console.ts";
import { accessLogPath, feedSecretOf, keptIn, sharing } from "./kept.ts";
import type { Proofs } from "./reading/proofs.ts";
import { proofsIn } from "./reading/proofs-in.ts";

/** Undefined: within the folder of this process. */
let files: Files | undefined;

/** Undefined: with the publisher, elsewhere. */
let proofs: Proofs | undefined;

const status = await runStandalone({
  name: "console",
  environment: process.env,
  configure: readConfig,
  agrees: ({ FILES_IN: place }) => filesToAgree(place ?? "not set"),
  define: async (config) => {
    const { FILES_IN: place, NATS_REPLICAS: replicas } = config;
    if (place === "nats")
      files = await openNatsFiles({ ...natsOf("console-files", config), replicas });
    else if (place !== undefined) files = filesIn(place);
    const { LEDGER_DIR: ledger, SITE_DIR: site } = config;
    if (ledger !== undefined && site !== undefined) proofs = await proofsIn({ ledger, site });
    return defineService({ name: "console" });
  },
  serves: async ({ config, ...means }) => {
    const { log } = means;
    const shares = config.SESSIONS_IN === "nats";
    const kept = keptIn({
      ...{ dataDir: config.DATA_DIR, shared: shares ? config.SEALING_KEY : undefined },
      ...{ files, log, signer: signerFrom("console", config.SEALING_KEY) },
    });
    const { accessLog } = kept;
    const file = accessLogPath(config.DATA_DIR);
    const watched = watchAccessLog({ ...means, accessLog, file });
    const nats = natsOf("console-sessions", config);
    const shared = shares
      ? await sharing(kept, { nats, replicas: config.NATS_REPLICAS, log })
      : undefined;
    await shared?.fresh();
    const { handle, neighbours, trouble } = createConsole({
      ...means,
      people: Object.values(people).flat(),
      names: madeUpNames,
      settings: config.settings,
      ...{ ...kept, shared },
      ...(config.SITE_DIR !== undefined && { siteFolder: config.SITE_DIR }),
      ...(proofs && { proofs }),
      // The same in every replica and after a restart: calendars stay subscribed.
      feedSecret: feedSecretOf(config.SEALING_KEY),
      behindPublishedPort: config.BEHIND_PUBLISHED_PORT === "yes",
    });
    void trouble();
    const close = async () => void (await Promise.all([watched.stop(), shared?.close()]));
    return { others: handle, neighbours, close };
  },
});
process.exit(status);
