/** The fieldwork service as a process of its own. */
import { runStandalone } from "@assay/host/standalone.ts";

import { readConfig } from "./config.ts";
import { fieldworkService } from "./service.ts";

const status = await runStandalone({
  name: "fieldwork",
  environment: process.env,
  configure: readConfig,
  define: fieldworkService,
});
process.exit(status);
