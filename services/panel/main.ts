/** The panel service as a process of its own. */
import { runStandalone } from "@assay/host/standalone.ts";

import { readConfig } from "./config.ts";
import { panelService } from "./service.ts";

const status = await runStandalone({
  name: "panel",
  environment: process.env,
  configure: readConfig,
  define: panelService,
});
process.exit(status);
