/** The console as a process of its own: the same pages and API, over the network's store and bus. */
import { people } from "@assay/domain/reconstruction/story.ts";
import { defineService } from "@assay/host/definition.ts";
import { runStandalone } from "@assay/host/standalone.ts";

import { readConfig } from "./config.ts";
import { createConsole } from "./console.ts";

const status = await runStandalone({
  name: "console",
  environment: process.env,
  configure: readConfig,
  define: () => defineService({ name: "console" }),
  serves: ({ config, ...means }) =>
    createConsole({
      ...means,
      people: Object.values(people).flat(),
      behindPublishedPort: config.BEHIND_PUBLISHED_PORT === "yes",
    }).handle,
});
process.exit(status);
