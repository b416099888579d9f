/** What `npm run faults` understands, and what it says to somebody who asks. */
import { parseArgs } from "node:util";

import { reading, type Refused, wrong } from "@assay/embedded/arguments.ts";

import { type PlantName, plantNames } from "./plants.ts";

export const help = `Tells made-up inspections to the whole system while things go wrong, and checks
what came of each.

  npm run faults                          100 scenarios, from seed 1
  npm run faults -- --count N --from SEED
  npm run faults -- --minutes M           as many as fit
  npm run faults -- --plant NAME          with a bug planted: ${plantNames.join(" or ")}
  npm run faults -- --requests N          N strange requests to the console, as everybody
  npm run faults -- --help

Each scenario is made from its seed alone, so whatever fails can be told again. Ends with 1 when
something did not hold. On a file system in memory it is faster: TMPDIR=/dev/shm npm run faults`;

export type Arguments =
  | Refused
  | {
      readonly kind: "run";
      readonly from: number;
      readonly count: number;
      readonly minutes: number;
      readonly plant: PlantName | undefined;
    }
  | { readonly kind: "requests"; readonly from: number; readonly count: number };

export const readArguments = (given: readonly string[]): Arguments =>
  reading(() => {
    const { values } = parseArgs({
      args: [...given],
      options: {
        from: { type: "string", default: "1" },
        count: { type: "string" },
        minutes: { type: "string" },
        requests: { type: "string" },
        plant: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const numbers = {
      from: Number(values.from),
      count: Number(values.count ?? (values.minutes === undefined ? 100 : Infinity)),
      minutes: Number(values.minutes ?? Infinity),
      requests: Number(values.requests ?? Infinity),
    };
    const bad = Object.entries(numbers).find(([, value]) => !(value > 0));
    if (bad) return wrong(`--${bad[0]} takes a number above 0`);
    const plant = plantNames.find((name) => name === values.plant);
    if (values.plant !== undefined && !plant)
      return wrong(`--plant takes ${plantNames.join(" or ")}`);
    const { from, count, minutes, requests } = numbers;
    if (values.requests !== undefined) return { kind: "requests", from, count: requests };
    return { kind: "run", from, count, minutes, plant };
  });
