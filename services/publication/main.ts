/** The publication service as a process of its own. */
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { systemClock } from "@assay/host/clock.ts";
import { createLog, type Log } from "@assay/host/log.ts";
import { runStandalone } from "@assay/host/standalone.ts";
import type { EventStore } from "@assay/store/port.ts";

import { readConfig } from "./config.ts";
import type { Ledger } from "./ledger-keeper.ts";
import { holdFolder, takeOffice } from "./office.ts";
import { attestersIn, openLedger, publishing, signingIn, typesetterOf } from "./publishing.ts";
import { publicationService } from "./service.ts";
import { watching } from "./watching.ts";

type Config = ReturnType<typeof readConfig>;

const ledgerFor = (
  config: Config,
  folder: string,
  { store, log }: { readonly store: EventStore; readonly log: Log },
): Promise<Ledger> => {
  const options = {
    ...signingIn(config),
    attesters: attestersIn(config),
    onUnattested: (what: string) => log.warn({ what }, "a checkpoint is not attested yet"),
  };
  const office = {
    store,
    folder,
    begins: config.PUBLISHER_BEGINS === "yes",
    now: () => systemClock.now(),
  };
  return takeOffice(office, ({ mayMakeKey }) => openLedger(folder, { ...options, mayMakeKey }));
};

const status = await runStandalone({
  name: "publication",
  environment: process.env,
  configure: readConfig,
  define: async (config, store) => {
    const { examine } = typesetterOf(config);
    if (config.PUBLISHES === "no") return publicationService({ examine });
    const log = createLog({ service: "publication", level: config.LOG_LEVEL });
    const dataDir = config.PUBLISHING_DIR ?? config.DATA_DIR;
    await holdFolder(dataDir);
    const ledger = await ledgerFor(config, dataDir, { store, log });
    const reactions = [
      ...publishing(dataDir, ledger, config)(store),
      watching({ store, evidence: ledger, log }),
    ];
    return publicationService({ examine, reactions });
  },
  tells: {
    prefixes: ["publication-"],
    facts: [PublicationEvent],
    types: ["ReportPublished", "CorrectionIssued"],
  },
});
process.exit(status);
