import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ServiceId } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { checkSchedule, type Violation } from "./check.ts";
import { madeUpProblem, wholeCountry } from "./made-up-problem.ts";
import type { Placement, PlanningProblem } from "./problem.ts";
import { type Proposal, proposeSchedule } from "./propose.ts";
import { timeServices } from "./timing.ts";
import { whyInWords } from "./words.ts";

const country = madeUpProblem(wholeCountry);
const proposal = proposeSchedule(country);

describe("a whole four-year programme", () => {
  it("keeps every rule, leaves nobody out and is the best timing there is", () => {
    expect(checkSchedule(country, proposal)).toEqual([]);
    expect(proposal.unplaced).toEqual([]);
    expect(proposal.placements).toHaveLength(155);
    expect(proposal.quality.waiting.value).toBe(proposal.quality.waiting.bound);
    expect(proposal.quality.busiest.value).toBeLessThanOrEqual(proposal.quality.busiest.bound + 2);
  });

  it("keeps every rule whatever its services, its inspectors and its limits are", () => {
    const cycles = fc.record({
      seed: fc.nat(),
      services: fc.integer({ min: 140, max: 160 }),
      inspectors: fc.integer({ min: 30, max: 70 }),
      years: fc.constant(4),
    });
    const limits = fc.record({
      fieldworksAWeek: fc.integer({ min: 1, max: 3 }),
      aheadOfPace: fc.integer({ min: 0, max: 8 }),
      restWeeks: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(cycles, limits, (size, changed) => {
        const problem = madeUpProblem(size);
        const whole = { ...problem, settings: { ...problem.settings, ...changed } };
        const { quality: _, ...schedule } = proposeSchedule(whole);
        expect(checkSchedule(whole, schedule)).toEqual([]);
        for (const { why } of schedule.placements)
          expect(whyInWords(why)).toMatch(/by risk|The riskiest/);
      }),
      { numRuns: 5 },
    );
  });

  it("is the same whenever it is proposed", () => {
    expect(proposeSchedule(madeUpProblem(wholeCountry))).toEqual(proposal);
  });

  it("accounts for every week before each fieldwork", () => {
    for (const { start, why } of proposal.placements) {
      const weeks = Object.values(why.earlier).reduce((sum, count) => sum + count, 0);
      expect(weeks).toBe(Math.round((Date.parse(start) - Date.parse("2026-03-30")) / 604_800_000));
    }
  });
});

const problems = fc
  .record({
    seed: fc.nat(),
    services: fc.integer({ min: 1, max: 14 }),
    inspectors: fc.integer({ min: 0, max: 14 }),
    years: fc.constant(1),
    fieldworksAWeek: fc.integer({ min: 1, max: 3 }),
    restWeeks: fc.integer({ min: 0, max: 3 }),
    aheadOfPace: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ fieldworksAWeek, restWeeks, aheadOfPace, ...size }): PlanningProblem => {
    const problem = madeUpProblem(size);
    const settings = { ...problem.settings, fieldworksAWeek, restWeeks, aheadOfPace };
    return { ...problem, settings };
  });

describe("any proposal", () => {
  it("keeps every rule and is never better than its bound", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { quality, ...schedule } = proposeSchedule(problem);
        expect(checkSchedule(problem, schedule)).toEqual([]);
        expect(quality.leftOut.value).toBeGreaterThanOrEqual(quality.leftOut.bound);
        if (quality.leftOut.value === quality.leftOut.bound) {
          expect(quality.waiting.value).toBeGreaterThanOrEqual(quality.waiting.bound);
        }
        expect(quality.busiest.value).toBeGreaterThanOrEqual(quality.busiest.bound);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps what people decided, and keeps clear of it", () => {
    fc.assert(
      fc.property(problems, fc.nat(), (problem, which) => {
        const { placements } = proposeSchedule(problem);
        const kept = placements[which % Math.max(1, placements.length)];
        const fixed = kept ? [plain(kept)] : [];
        const again = proposeSchedule({ ...problem, fixed });
        expect(again.placements.map(plain)).toEqual(expect.arrayContaining(fixed));
        expect(checkSchedule({ ...problem, fixed }, again)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

const plain = ({ service, start, end, team }: Placement): Placement => ({
  service,
  start,
  end,
  team,
});

describe("the timing", () => {
  const small = fc.record({
    risks: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
    capacity: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
    pace: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
    shut: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  });

  type Small = typeof small extends fc.Arbitrary<infer Drawn> ? Drawn : never;

  /** Every way to give each service a week or none, tried one after the other. */
  const leastCost = ({ risks, capacity, pace, shut }: Small): number => {
    let least = Infinity;
    const weeks = capacity.length;
    for (let code = 0; code < (weeks + 1) ** risks.length; code += 1) {
      const chosen = risks.map((_, i) => Math.floor(code / (weeks + 1) ** i) % (weeks + 1));
      const count = (week: number): number => chosen.filter((each) => each === week).length;
      const fits =
        capacity.every((most, week) => count(week) <= most) &&
        pace.every((most, week) => chosen.filter((each) => each <= week).length <= most) &&
        chosen.every((week, i) => week === weeks || !shut[i * 4 + week]);
      if (!fits) continue;
      const cost = risks.reduce(
        (sum, risk, i) => sum + risk * chosen[i]! + (chosen[i] === weeks ? 1e9 : 0),
        0,
      );
      least = Math.min(least, cost);
    }
    return least;
  };

  it("is as good as the best of all possible ones", () => {
    fc.assert(
      fc.property(small, (drawn) => {
        // A pace that falls would forbid later what it allowed before; the last week takes all.
        const pace = drawn.pace.map((most, i) => Math.min(most, ...drawn.pace.slice(i)));
        const allows = (service: number, week: number) => !drawn.shut[service * 4 + week];
        const { cost } = timeServices({ ...drawn, pace, allows });
        expect(cost).toBe(leastCost({ ...drawn, pace }));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the checker", () => {
  const first = proposal.placements[0]!;
  const second = proposal.placements[1]!;
  const later = proposal.placements.at(-1)!;
  const replaced = (change: Partial<Placement>, by: Placement = first): readonly string[] =>
    rulesIn(country, {
      ...proposal,
      placements: proposal.placements.map((each) => (each === by ? { ...by, ...change } : each)),
    });
  const rulesIn = (
    problem: PlanningProblem,
    schedule:
      | Pick<Proposal, "placements" | "unplaced">
      | {
          readonly placements: readonly Placement[];
          readonly unplaced: readonly { readonly service: ServiceId }[];
        },
  ): readonly string[] => checkSchedule(problem, schedule).map(({ rule }) => rule);
  const lead = first.team[0]!;
  const unable = country.inspectors.find(({ canLead }) => !canLead)!.id;
  const region = country.services.find(({ id }) => id === first.service)!.region;
  const local = country.inspectors.find(({ homeArea }) => homeArea === region)!.id;
  const day = (text: string) => Day.parse(text);
  const shut = { first: first.start, last: first.start };

  const planted: readonly (readonly [Violation["rule"], () => readonly string[]])[] = [
    ["unknown-service", () => replaced({ service: "nowhere" as ServiceId })],
    ["placed-twice", () => replaced({ service: second.service })],
    ["neither-placed-nor-left-out", () => replaced({ service: second.service })],
    ["outside-the-programme", () => replaced({ start: day("2026-04-07"), end: day("2026-04-10") })],
    ["outside-the-programme", () => replaced({ start: day("2030-04-08"), end: day("2030-04-12") })],
    ["not-its-working-weeks", () => replaced({ end: later.end })],
    ["not-its-working-weeks", () => replaced({ end: first.start })],
    ["blackout", () => rulesIn({ ...country, blackouts: [shut] }, proposal)],
    [
      "too-soon-after-the-last",
      () =>
        rulesIn(
          {
            ...country,
            services: country.services.map((each) => ({ ...each, lastInspected: first.start })),
          },
          proposal,
        ),
    ],
    [
      "too-many-in-a-week",
      () =>
        rulesIn({ ...country, settings: { ...country.settings, fieldworksAWeek: 0 } }, proposal),
    ],
    [
      "ahead-of-pace",
      () => rulesIn({ ...country, settings: { ...country.settings, aheadOfPace: 0 } }, proposal),
    ],
    [
      "unknown-person",
      () => rulesIn({ ...country, inspectors: country.inspectors.slice(1) }, proposal),
    ],
    ["named-twice", () => replaced({ team: [lead, ...first.team.slice(2), lead] })],
    ["wrong-team-size", () => replaced({ team: first.team.slice(0, -1) })],
    [
      "not-one-lead",
      () => replaced({ team: first.team.map((seat) => ({ ...seat, lead: false })) }),
    ],
    ["cannot-lead", () => replaced({ team: [{ person: unable, lead: true }] })],
    ["conflict-of-interest", () => replaced({ team: [{ person: local, lead: false }] })],
    [
      "away",
      () =>
        rulesIn(
          { ...country, inspectors: country.inspectors.map((each) => ({ ...each, away: [shut] })) },
          proposal,
        ),
    ],
    ["two-fieldworks-too-close", () => replaced({ team: second.team })],
    ["leads-too-close", () => replaced({ team: second.team })],
  ];

  it.each(planted)("reports %s", (rule, find) => {
    expect(find()).toContain(rule);
  });
});
