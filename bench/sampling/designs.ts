/** The ways of drawing that are compared: ours, simple random sampling, and five strata. */
import { balancedDraw } from "@assay/domain/sampling/cube.ts";
import { randomStream, type RandomStream, shuffled } from "@assay/domain/sampling/stream.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { Digest } from "@assay/domain/kernel/ids.ts";

import type { Population } from "./populations.ts";

export type Design = (population: Population, random: RandomStream) => readonly number[];

/** A stream of its own for each draw of each comparison. */
export const streamFor = (name: string): RandomStream =>
  randomStream(uuidFrom(name).replaceAll("-", "").repeat(2) as Digest, name);

const unitsOf = (population: Population): number[] => [...population.rows.keys()];

/** The cap is out of the comparison, because no peer has one. */
export const cube: Design = ({ variables, rows, size }, random) =>
  balancedDraw(
    { size, units: rows.length, variables, managers: rows.map(() => ""), cap: 6 },
    random,
  ).drawn;

export const simpleRandom: Design = (population, random) =>
  shuffled(unitsOf(population), random).slice(0, population.size);

/**
 * Proportional allocation over five strata (not male; male by community or custody and by low or
 * not low RoSH), each share rounded, then repaired one case at a time where rounding erred most.
 */
export const fiveStrata: Design = (population, random) => {
  const [gender, , rosh] = population.variables;
  const strata = Map.groupBy(unitsOf(population), (unit) => {
    if (gender![unit] !== "male") return "not male";
    const low = rosh![unit] === "low" ? "low" : "not low";
    return `${population.custody[unit] ? "custody" : "community"} ${low}`;
  });
  const shares = [...strata.values()].map((units) => {
    const exact = (population.size * units.length) / population.rows.length;
    return { units, exact, count: Math.round(exact) };
  });
  const total = (): number => shares.reduce((sum, { count }) => sum + count, 0);
  while (total() !== population.size) {
    const step = total() < population.size ? 1 : -1;
    const able = shares.filter(
      ({ units, count }) => count + step >= 0 && count + step <= units.length,
    );
    const erred = able.reduce((worst, share) =>
      step * (share.exact - share.count) > step * (worst.exact - worst.count) ? share : worst,
    );
    erred.count += step;
  }
  return shares.flatMap(({ units, count }) => shuffled(units, random).slice(0, count));
};
