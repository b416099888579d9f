/** What `npm run services` understands, and what it says to somebody who asks. */
import {
  readArguments as readStart,
  type Refused,
  type Start,
  wrong,
} from "@assay/embedded/arguments.ts";

export const help = `Starts NATS, an event store and every service as processes of this machine.

  npm run services                      with the two published example inspections
  npm run services -- --empty           without them
  npm run services -- --data DIR        keep everything in DIR (default: data/services)
  npm run services -- --port N          the console on port N (default: 4600; 0: any)
  npm run services -- --help

EVENTSTORE_URL (esdb://…) names an EventStoreDB or KurrentDB to use instead of an event store of
its own. Stop it with Ctrl+C: what is under way is finished first.`;

export const readArguments = (given: readonly string[]): Start | Refused => {
  const read = readStart(given, "data/services");
  return read.kind === "start" && read.demoClock
    ? wrong("--demo-clock is for npm start: here the time is the machine's")
    : read;
};
