/** `npm run bench [NAME…]`: runs measurements one after another, prints tables, writes JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { machine, round, versions } from "./measure.ts";

/** How much of it, where a measurement can be had smaller or larger. */
type Extent = Readonly<Partial<Record<keyof typeof extents, number>>>;

type Bench = readonly [
  about: string,
  load: () => Promise<{ readonly run: (extent: Extent) => unknown }>,
];

const extents = {
  rounds: { type: "string" },
  kills: { type: "string" },
  inspections: { type: "string" },
  minutes: { type: "string" },
} as const;

/** In the order in which they run. */
const benches = {
  recording: ["from a command to a durable fact", () => import("./recording.ts")],
  engines: ["appends, reads and commands over the wire", () => import("./engines.ts")],
  folding: ["facts folded a second by every step", () => import("./folding.ts")],
  replay: ["from stored events to ratings", () => import("./replay.ts")],
  distributed: [
    "one, two and four replicas, and each part killed",
    () => import("./distributed.ts"),
  ],
  lifecycles: ["whole inspections, and many of them", () => import("./lifecycles.ts")],
  soak: ["a programme of 155 in an hour, and whether memory is flat", () => import("./soak.ts")],
  start: ["npm start on a store of up to a thousand inspections", () => import("./start.ts")],
  parked: ["ten thousand at rest, killed and started", () => import("./parked.ts")],
  report: ["one report in all its forms, published", () => import("./report.ts")],
  verify: ["proofs and audit bundles, checked offline", () => import("./verify.ts")],
  agreement: ["samples, ratings and bundles, done again in Python", () => import("./agreement.ts")],
  planning: ["a four-year programme of 155 services, scheduled", () => import("./planning.ts")],
  sampling: [
    "balance, chances and time of a draw",
    async () => {
      const { run } = await import("./sampling.ts");
      return { run: () => run() };
    },
  ],
  pages: ["the console for ten people at once", () => import("./pages.ts")],
} as const satisfies Record<string, Bench>;

type Name = keyof typeof benches;

const names = Object.keys(benches) as Name[];
/** A soak takes an hour, so it is asked for by name. */
const byDefault = names.filter((name) => name !== "soak");
const help = `Measures Assay on this machine, beside its peers: tables, and JSON in bench/results.

  npm run bench                    everything but the soak, one after another
  npm run bench -- NAME [NAME …]   some of these:

${names.map((name) => `    ${name.padEnd(12)} ${benches[name][0]}`).join("\n")}

  npm run bench -- distributed --rounds 5 --inspections 4 --kills 5
  npm run bench -- soak --minutes 60 --inspections 155

These are what is done where nothing is said; smaller numbers are for trying it.

Contenders take turns within one run, because machines differ and are rarely quiet. What cannot be
had on this machine is left out with a word. docs/measurements.md says how to read the tables.`;

const measure = async (name: Name, folder: string, extent: Extent): Promise<void> => {
  const [about, load] = benches[name];
  console.log(`\n== ${name}: ${about}`);
  const begun = performance.now();
  const { run } = await load();
  const result = await run(extent);
  const seconds = round((performance.now() - begun) / 1000);
  const file = join(folder, `${name}.json`);
  const record = { name, seconds, machine: machine(), versions: versions(), result };
  writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
  console.log(`${seconds} s, written to bench/results/${name}.json`);
};

const extentOf = (given: Readonly<Record<string, unknown>>): Extent =>
  Object.fromEntries(
    Object.keys(extents)
      .filter((name) => given[name] !== undefined)
      .map((name) => {
        const number = Number(given[name]);
        if (!(number > 0)) throw new TypeError(`--${name} takes a number above 0`);
        return [name, number];
      }),
  );

type Asked = {
  readonly names: readonly Name[];
  readonly extent: Extent;
  readonly wantsHelp: boolean;
};

/** Throws with words for the person at the keyboard. */
const asked = (args: readonly string[]): Asked => {
  const options = { ...extents, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const strange = positionals.find((name) => !names.includes(name as Name));
  if (strange !== undefined) throw new TypeError(`There is no measurement called ${strange}.`);
  const extent = extentOf(values);
  return { names: positionals as Name[], extent, wantsHelp: values.help ?? false };
};

const measureAll = async ({ names: wanted, extent }: Asked): Promise<void> => {
  const folder = join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const failed: string[] = [];
  for (const name of wanted.length > 0 ? wanted : byDefault)
    await measure(name, folder, extent).catch((error: unknown) => {
      failed.push(name);
      console.error(error);
    });
  if (failed.length > 0) {
    console.error(`\nNot measured, for the reasons above: ${failed.join(", ")}`);
    process.exitCode = 1;
  }
};

// What peers still call is theirs to mend.
process.noDeprecation = true;
// Whoever started processes ends them when this one exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

try {
  const given = asked(process.argv.slice(2));
  if (given.wantsHelp) console.log(help);
  else await measureAll(given);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  process.exitCode = 2;
}
