/** The publication service as a process of its own. */
import { runStandalone } from "@assay/host/standalone.ts";

import { readConfig } from "./config.ts";
import { publishing } from "./publishing.ts";
import { publicationService } from "./service.ts";

const status = await runStandalone({
  name: "publication",
  environment: process.env,
  configure: readConfig,
  define: async ({ PUBLISHES, PUBLISHING_DIR, DATA_DIR }, store) => {
    if (PUBLISHES === "no") return publicationService();
    const reactions = await publishing(PUBLISHING_DIR ?? DATA_DIR);
    return publicationService({ reactions: reactions(store) });
  },
  tells: { prefixes: ["publication-"], types: ["ReportPublished", "CorrectionIssued"] },
});
process.exit(status);
