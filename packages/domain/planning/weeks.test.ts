import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Day } from "../kernel/instants.ts";
import { checkSchedule } from "./check.ts";
import { madeUpProblem, wholeCountry } from "./made-up-problem.ts";
import type { PlanningProblem } from "./problem.ts";
import { proposeSchedule } from "./propose.ts";

describe("fieldwork of several weeks", () => {
  /** Of one, two and three weeks by turns. */
  const lasting = (problem: PlanningProblem): PlanningProblem => ({
    ...problem,
    services: problem.services.map((service, place) =>
      place % 3 === 0 ? service : { ...service, fieldworkWeeks: (place % 3) + 1 },
    ),
  });

  it("takes whole weeks one after the other, with one team that nobody else needs then", () => {
    const sizes = fc.record({
      seed: fc.nat(),
      services: fc.integer({ min: 1, max: 25 }),
      inspectors: fc.integer({ min: 6, max: 40 }),
      years: fc.constant(1),
    });
    fc.assert(
      fc.property(sizes, (size) => {
        const problem = lasting(madeUpProblem(size));
        expect(checkSchedule(problem, proposeSchedule(problem))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps clear of what people placed for as long as that lasts", () => {
    const seeds = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(seeds, (seed) => {
        const before = lasting(madeUpProblem({ seed, services: 14, inspectors: 12, years: 1 }));
        const fixed = proposeSchedule(before)
          .placements.filter((_, place) => place % 2 === 1)
          .map(({ why: _why, ...placement }) => placement);
        // The others come in another order of risk, so the planner has to find places between.
        const services = before.services.map((service) => ({
          ...service,
          performance: 100 - service.performance,
        }));
        const problem = { ...before, services, fixed };
        const { placements, unplaced } = proposeSchedule(problem);
        for (const each of fixed) expect(placements).toContainEqual(expect.objectContaining(each));
        expect(checkSchedule(problem, { placements, unplaced })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("spreads weeks of fieldwork, and not only numbers of it", () => {
    const { placements } = proposeSchedule(lasting(madeUpProblem(wholeCountry)));
    const weeks = new Map<string, number>();
    for (const { start, end, team } of placements)
      for (const { person } of team)
        weeks.set(person, (weeks.get(person) ?? 0) + weeksOf(start, end));
    const all = [...weeks.values()];
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(12);
    for (const { why, team } of placements.slice(0, 20))
      expect(why.fieldworks).toEqual(
        team.map(({ person }) => ({ person, count: weeks.get(person) })),
      );
  });
});

const weeksOf = (start: Day, end: Day): number =>
  Math.ceil((Date.parse(end) - Date.parse(start)) / 604_800_000);
