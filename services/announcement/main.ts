/** The announcement service as a process of its own. */
import { runStandalone } from "@assay/host/standalone.ts";

import { readConfig } from "./config.ts";
import { announcementService } from "./service.ts";

const status = await runStandalone({
  name: "announcement",
  environment: process.env,
  configure: readConfig,
  define: ({ SAMPLING_SECRET: secret }) => announcementService({ secret }),
  tells: {
    prefixes: ["inspection-"],
    types: [
      "InspectionAnnounced",
      "InspectionPostponed",
      "InspectionResumed",
      "InspectionCancelled",
    ],
  },
});
process.exit(status);
