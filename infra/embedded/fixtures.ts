/**
 * `npm run fixtures`: the console with its fixtures and nothing else running, to look at any page
 * in any state. What is sent there is answered by nobody. `-- record` tells the history anew,
 * `-- pictures` takes the pictures of the guides.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { people } from "@assay/domain/reconstruction/story.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { createConsole } from "@assay/console/console.ts";
import { catalogue } from "@assay/console/fixtures/catalogue.ts";
import { openHistory, today } from "@assay/console/fixtures/open.ts";
import { takePictures } from "./guide-pictures.ts";
import { record } from "./record-fixtures.ts";

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

const [given, ...more] = process.argv.slice(2);
if (given === undefined) await serve();
else if (given === "record" && more.length === 0) console.log(`${await record()} events recorded.`);
else if (given === "pictures" && more.length === 0)
  console.log(`${await takePictures()} pictures taken.`);
else {
  console.error("Say npm run fixtures, or npm run fixtures -- record, or -- pictures.");
  process.exitCode = 2;
}
