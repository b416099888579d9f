/**
 * A whole four-year programme proposed: 155 made-up services, with many inspectors and with few.
 * The independent checker has to agree with every schedule, or the run stops.
 */
import { checkSchedule } from "@assay/domain/planning/check.ts";
import { madeUpProblem, wholeCountry } from "@assay/domain/planning/made-up-problem.ts";
import { proposeSchedule } from "@assay/domain/planning/propose.ts";

import { round, row, spreadOf, told } from "./measure.ts";
import { progress } from "./rounds.ts";

const inspectors = [60, 24, 14];
const seeds = [1, 2, 3, 4, 5];

/** One programme: how long its proposal took, and how far it is from what could not be undercut. */
const proposed = (seed: number, people: number) => {
  const problem = madeUpProblem({ ...wholeCountry, seed, inspectors: people });
  const begun = performance.now();
  const { quality, ...schedule } = proposeSchedule(problem);
  const seconds = (performance.now() - begun) / 1000;
  const wrong = checkSchedule(problem, schedule);
  if (wrong.length > 0) throw new Error(`${people} inspectors, seed ${seed}: ${wrong[0]!.rule}`);
  const { waiting, leftOut, busiest } = quality;
  return {
    seconds,
    leftOut: leftOut.value,
    above: (100 * (waiting.value - waiting.bound)) / waiting.bound,
    busiest: busiest.value,
    busiestBound: busiest.bound,
  };
};

export const run = (): Readonly<Record<string, unknown>> => {
  const widths = [10, 20, 12, 20, 14, 14];
  const heads = ["inspectors", "seconds", "left out", "% above bound", "busiest", "at least"];
  const rows = inspectors.map((people) => {
    const found = seeds.map((seed) => {
      progress(`${people} inspectors, seed ${seed}`);
      return proposed(seed, people);
    });
    const spread = (of: keyof (typeof found)[number]) => spreadOf(found.map((each) => each[of]));
    return {
      inspectors: people,
      seconds: spread("seconds"),
      leftOut: spread("leftOut"),
      above: spread("above"),
      busiest: spread("busiest"),
      busiestBound: spread("busiestBound"),
    };
  });
  progress("");
  console.log(
    `${wholeCountry.services} services, ${wholeCountry.years} years: the median of ` +
      `${seeds.length} made-up programmes (least–most); every one keeps every rule.`,
  );
  console.log(row(widths, heads));
  for (const each of rows)
    console.log(
      row(widths, [
        each.inspectors,
        told(each.seconds, 2),
        told(each.leftOut),
        told(each.above, 3),
        told(each.busiest),
        told(each.busiestBound),
      ]),
    );
  const least = round(rows[0]!.seconds.most, 1);
  console.log(`With ${inspectors[0]} inspectors, the slowest took ${least} s.`);
  return { seeds: seeds.length, rows };
};
