/** `npm run bench [NAME…]`: runs measurements one after another, prints tables, writes JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

const benches = {
  recording: async () => (await import("./recording.ts")).run(),
  replay: async () => (await import("./replay.ts")).run(),
  sampling: async () => (await import("./sampling.ts")).run(),
} as const;

type Name = keyof typeof benches;

const names = Object.keys(benches) as Name[];
const help = `Measures Assay on this machine, as tables and as JSON in bench/results.

  npm run bench                    everything, one after another
  npm run bench -- NAME [NAME …]   some of: ${names.join(", ")}

Each compares within one run, in interleaved rounds: machines differ and are rarely quiet.`;

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
  for (const name of given.length > 0 ? (given as Name[]) : names) {
    console.log(`\n== ${name}`);
    const result = await benches[name]();
    const machine = {
      cores: cpus().length,
      processor: cpus()[0]?.model,
      gibibytes: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      at: new Date().toISOString(),
    };
    writeFileSync(
      join(folder, `${name}.json`),
      `${JSON.stringify({ machine, result }, undefined, 2)}\n`,
    );
  }
}
