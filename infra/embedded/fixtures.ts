/**
 * `npm run fixtures`: the console with its fixtures and nothing else running, to look at any page
 * in any state. What is sent there is answered by nobody. `-- record` tells the history anew,
 * `-- pictures` takes the pictures of the guides, `-- charts` makes the page of the charts.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { people } from "@assay/domain/reconstruction/story.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { createConsole } from "@assay/console/console.ts";
import { catalogue } from "@assay/console/fixtures/catalogue.ts";
import { writeCharts } from "./chart-pages.ts";
import { takePictures } from "./guide-pictures.ts";
import { openHistory, recordHistory, today } from "./recorded-history.ts";

const serve = async (): Promise<void> => {
  const { handle } = createConsole({
    ...(await openHistory()),
    clock: createSteppedClock(today),
    log: createLog({ service: "fixtures", level: "warn" }),
    people: Object.values(people).flat(),
  });
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, "127.0.0.1", () => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const { name, who, path } of catalogue) {
      const as = who === undefined ? "anybody" : who.replaceAll("/", " ").trim();
      console.log(`${name}\n  ${origin}${path}\n  as ${as}`);
    }
    console.log(`\nSign in at ${origin}/sign-in as whoever is named. Ctrl+C ends it.`);
  });
};

const help = `The console's pages in every state, from a recorded history and without any service.

  npm run fixtures                 serves them, and lists each with who looks at it
  npm run fixtures -- pictures     takes the pictures of the guides again
  npm run fixtures -- charts       makes docs/charts.md and its pictures from the charts
  npm run fixtures -- record       tells the history anew, after the stories or the events changed`;

const [given, ...more] = process.argv.slice(2);
if (more.length > 0 || !["record", "pictures", "charts", "--help", undefined].includes(given)) {
  console.error(`There is no such thing as ${process.argv.slice(2).join(" ")}.\n\n${help}`);
  process.exitCode = 2;
} else if (given === "--help") console.log(help);
else if (given === "record") console.log(`${await recordHistory()} events recorded.`);
else if (given === "charts") console.log(`${writeCharts()} files made.`);
else if (given === "pictures") console.log(`${await takePictures()} pictures taken.`);
else await serve();
