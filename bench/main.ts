/** `npm run bench [NAME…]`: runs measurements one after another, prints tables, writes JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { machine, round, versions } from "./measure.ts";

type Bench = readonly [about: string, load: () => Promise<{ readonly run: () => unknown }>];

/** In the order in which they run. */
const benches = {
  firmness: ["how firm ratings are, by 10,000 draws", () => import("./firmness.ts")],
  recording: ["from a command to a durable fact", () => import("./recording.ts")],
  engines: ["appends, reads and commands over the wire", () => import("./engines.ts")],
  replay: ["from stored events to ratings", () => import("./replay.ts")],
  lifecycles: ["whole inspections, and many of them", () => import("./lifecycles.ts")],
  parked: ["ten thousand at rest, killed and started", () => import("./parked.ts")],
  report: ["one report in all its forms, published", () => import("./report.ts")],
  verify: ["proofs and audit bundles, checked offline", () => import("./verify.ts")],
  planning: ["a four-year programme of 155 services, scheduled", () => import("./planning.ts")],
  sampling: ["balance, chances and time of a draw", () => import("./sampling.ts")],
  pages: ["the console for ten people at once", () => import("./pages.ts")],
} as const satisfies Record<string, Bench>;

type Name = keyof typeof benches;

const names = Object.keys(benches) as Name[];
const help = `Measures Assay on this machine, beside its peers: tables, and JSON in bench/results.

  npm run bench                    everything, one after another
  npm run bench -- NAME [NAME …]   some of these:

${names.map((name) => `    ${name.padEnd(12)} ${benches[name][0]}`).join("\n")}

Contenders take turns within one run, because machines differ and are rarely quiet. What cannot be
had on this machine is left out with a word. docs/measurements.md says how to read the tables.`;

const measure = async (name: Name, folder: string): Promise<void> => {
  const [about, load] = benches[name];
  console.log(`\n== ${name}: ${about}`);
  const begun = performance.now();
  const { run } = await load();
  const result = await run();
  const seconds = round((performance.now() - begun) / 1000);
  const file = join(folder, `${name}.json`);
  const record = { name, seconds, machine: machine(), versions: versions(), result };
  writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
  console.log(`${seconds} s, written to bench/results/${name}.json`);
};

// What peers still call is theirs to mend.
process.noDeprecation = true;

const given = process.argv.slice(2);
const strange = given.find((name) => !names.includes(name as Name) && name !== "--help");
if (given.includes("--help")) {
  console.log(help);
} else if (strange !== undefined) {
  console.error(`There is no measurement called ${strange}.\n\n${help}`);
  process.exitCode = 2;
} else {
  const folder = join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const failed: string[] = [];
  for (const name of given.length > 0 ? (given as Name[]) : names)
    await measure(name, folder).catch((error: unknown) => {
      failed.push(name);
      console.error(error);
    });
  if (failed.length > 0) {
    console.error(`\nNot measured, for the reasons above: ${failed.join(", ")}`);
    process.exitCode = 1;
  }
}
