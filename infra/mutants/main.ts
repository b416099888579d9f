/**
 * `npm run mutants -- AREA [--count N] [--seed S]`: changes the code of a folder in one place at a
 * time, runs the folder's tests that can reach it, and lists the changes that no test notices.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { type Mutation, mutationsOf } from "./mutations.ts";
import { type Mutant, type Outcome, type Tests, tryOut } from "./trial.ts";
import { refusedByTypes } from "./compiling.ts";

const root = join(import.meta.dirname, "../..");
const help = `Usage: npm run mutants -- AREA [--in FOLDER] [--count N] [--seed TEXT]

Changes the code below AREA (packages/report, say) in one place at a time, N times (20), runs the
tests of AREA that can reach the place, and lists the changes that neither they nor the types
notice. The code itself stays as it is. The same seed chooses the same places in the same code.

  --in FOLDER  only places below this folder or in this file`;

/** Where more of an area's tests stand, for what its fast ones do not notice. */
const elsewhere: Readonly<Record<string, readonly Tests[]>> = {
  "packages/domain": [{ below: "packages/spec", live: true }],
  "packages/store": [{ below: "infra/eventstore-node/contract", live: true }],
  "packages/host": [{ below: "services" }, { below: "packages/host", live: true }],
  "packages/report": [{ below: "packages/report", live: true }],
};

const isCode = (path: string): boolean =>
  !/\.test\.ts$|node_modules|(^|\/)(contract|golden|fixtures)\//.test(path);

const mutantsIn = (folder: string): readonly Mutant[] => {
  const found = folder.endsWith(".ts") ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: root });
  return found
    .filter(isCode)
    .flatMap((file) =>
      mutationsOf(file, readFileSync(join(root, file), "utf8")).map((each) => ({ ...each, file })),
    );
};

/** In an order that the seed decides, whatever else the code holds. */
const chosen = (mutants: readonly Mutant[], seed: string, count: number): readonly Mutant[] => {
  const rank = (mutant: Mutant): string =>
    createHash("sha256")
      .update(JSON.stringify([seed, mutant]))
      .digest("hex");
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
};

const told = ({
  file,
  kind,
  start,
  end,
  becomes,
}: Mutation & { readonly file: string }): string => {
  const source = readFileSync(join(root, file), "utf8");
  const line = source.slice(0, start).split("\n").length;
  const brief = (text: string): string => JSON.stringify(text.replaceAll(/\s+/g, " ").slice(0, 90));
  return `${file}:${line} ${kind}: ${brief(source.slice(start, end))} became ${brief(becomes)}`;
};

type Asked = {
  readonly area: string;
  readonly places: string;
  readonly seed: string;
  readonly count: number;
};

const found = (outcome: Outcome): boolean => outcome === "killed" || outcome === "endless";

const tried = async (mutant: Mutant, area: string): Promise<Outcome> => {
  let outcome = await tryOut(mutant, { below: area });
  for (const tests of elsewhere[area] ?? []) {
    if (found(outcome)) break;
    const there = await tryOut(mutant, tests);
    if (there !== "untested") outcome = there;
  }
  return outcome;
};

const run = async (asked: Asked): Promise<void> => {
  const { area, places, seed, count } = asked;
  const all = mutantsIn(places);
  const missed: (readonly [Mutant, Outcome])[] = [];
  const mutants = chosen(all, seed, count);
  for (const mutant of mutants) {
    const outcome = await tried(mutant, area);
    if (outcome === "endless") console.log(`endless: ${told(mutant)}`);
    if (!found(outcome)) missed.push([mutant, outcome]);
  }
  const refused = refusedByTypes(missed.map(([mutant]) => mutant));
  const survivors = missed.filter(([mutant]) => !refused.has(mutant));
  for (const [mutant, outcome] of survivors) console.log(`${outcome}: ${told(mutant)}`);
  const killed = mutants.length - missed.length;
  const share = Math.round(100 * (1 - survivors.length / Math.max(1, mutants.length)));
  const cells = [
    ...[`\`${places}\``, seed, `${mutants.length} of ${all.length}`, killed, refused.size],
    ...[survivors.length, `${share}%`],
  ];
  console.log(`| ${cells.join(" | ")} |`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    in: { type: "string" },
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean" },
  },
});
const [area, ...more] = positionals;
const count = Number(values.count);
const places = values.in ?? area ?? "";
if (values.help) console.log(help);
else if (!area || more.length > 0 || !Number.isInteger(count) || !existsSync(join(root, places))) {
  console.error(help);
  process.exitCode = 2;
} else await run({ area, places, seed: values.seed, count });
