/** What `npm run services` understands, and what it says to somebody who asks. */
import { parseArgs } from "node:util";

export const help = `Starts NATS, an event store and every service as processes of this machine.

  npm run services                      with the two published example inspections
  npm run services -- --empty           without them
  npm run services -- --data DIR        keep everything in DIR (default: data/services)
  npm run services -- --port N          the console on port N (default: 4600; 0: any)
  npm run services -- --help

EVENTSTORE_URL (esdb://…) names an EventStoreDB or KurrentDB to use instead of an event store of
its own. Stop it with Ctrl+C: what is under way is finished first.`;

export type Arguments =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string }
  | {
      readonly kind: "start";
      readonly dataDir: string;
      readonly empty: boolean;
      readonly port: number;
    };

export const readArguments = (given: readonly string[]): Arguments => {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        data: { type: "string", default: "data/services" },
        empty: { type: "boolean", default: false },
        port: { type: "string", default: "4600" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    if (values.data === "") return { kind: "wrong", problem: "--data takes the name of a folder" };
    const port = Number(values.port);
    if (values.port === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
      return {
        kind: "wrong",
        problem: `--port takes a number from 0 to 65535, not ${values.port}`,
      };
    return { kind: "start", dataDir: values.data, empty: values.empty, port };
  } catch (error) {
    return { kind: "wrong", problem: error instanceof Error ? error.message : String(error) };
  }
};
