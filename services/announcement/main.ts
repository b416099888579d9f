/** The announcement service as a process of its own. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { createLog } from "@assay/host/log.ts";
import { runStandalone } from "@assay/host/standalone.ts";

import { loggedDelivery } from "./reminding.ts";
import { readConfig } from "./config.ts";
import { announcementService } from "./service.ts";

const status = await runStandalone({
  name: "announcement",
  environment: process.env,
  configure: readConfig,
  define: ({ SAMPLING_SECRET: secret, LOG_LEVEL: level, rhythm, delivery }, store) => {
    const logged = loggedDelivery(createLog({ service: "announcement", level }));
    return announcementService({
      secret,
      rhythm,
      reminding: { store, delivery: delivery ?? logged },
    });
  },
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
