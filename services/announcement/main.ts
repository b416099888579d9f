/** The announcement service as a process of its own. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { systemClock } from "@assay/host/clock.ts";
import { fingerprint } from "@assay/host/installation.ts";
import { createLog } from "@assay/host/log.ts";
import { runStandalone } from "@assay/host/standalone.ts";

import { loggedDelivery } from "./reminding.ts";
import { readConfig } from "./config.ts";
import { announcementService } from "./service.ts";

const status = await runStandalone({
  name: "announcement",
  environment: process.env,
  configure: readConfig,
  define: (config, store) => {
    const { SAMPLING_SECRET: secret, LOG_LEVEL: level, DATA_DIR: dataDir } = config;
    const { rhythm, links, delivery = loggedDelivery } = config;
    const log = createLog({ service: "announcement", level });
    const reminding = { store, log, dataDir, delivery, now: () => systemClock.now() };
    return announcementService({ secret, rhythm, links, reminding });
  },
  agrees: ({ SAMPLING_SECRET: secret }) => ({
    SAMPLING_SECRET: fingerprint(Buffer.from(secret).toString("hex")),
  }),
  tells: {
    prefixes: ["inspection-"],
    facts: [InspectionEvent],
    types: [
      "InspectionAnnounced",
      "InspectionPostponed",
      "InspectionResumed",
      "InspectionCancelled",
    ],
  },
});
process.exit(status);
