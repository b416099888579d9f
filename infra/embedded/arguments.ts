/** What `npm start` understands, and what it says to somebody who asks. */
import { parseArgs } from "node:util";

export const help = `Starts Assay: every service in one process, on one data folder.

  npm start                       with the two published example inspections, and made-up ones
                                  in progress in each stage
  npm start -- --empty            with nothing
  npm start -- --demo-clock       with a control on every page that moves the time on by days;
                                  only where every service is made up, or is an example
  npm start -- --data DIR         keep everything in DIR (default: data)
  npm start -- --port N           serve on port N of this machine (default: 4600; 0: any)
  npm start -- --help

Stop it with Ctrl+C: what is under way is finished first.`;

export type Start = {
  readonly kind: "start";
  readonly dataDir: string;
  readonly port: number;
  readonly empty: boolean;
  /** Whether somebody may move the time on. */
  readonly demoClock: boolean;
};

export type Refused =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

export const wrong = (problem: string): Refused => ({ kind: "wrong", problem });

/** What was asked; `usual` is the folder where none is named. */
export const readArguments = (given: readonly string[], usual = "data"): Start | Refused =>
  reading(() => {
    const { values } = parseArgs({
      args: [...given],
      options: {
        data: { type: "string", default: usual },
        port: { type: "string", default: "4600" },
        empty: { type: "boolean", default: false },
        "demo-clock": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const port = values.port === "" ? NaN : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return wrong(`--port takes a number from 0 to 65535, not ${values.port}`);
    if (values.data === "") return wrong("--data takes the name of a folder");
    const { data: dataDir, empty, "demo-clock": demoClock } = values;
    return { kind: "start", dataDir, port, empty, demoClock };
  });

/** What cannot be read at all is wrong, in Node's own words. */
export const reading = <Asked>(read: () => Asked): Asked | Refused => {
  try {
    return read();
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
};
