/** A programme's problem made up from a number, for tests, benchmarks and demonstrations. */
import { uuidFrom } from "../kernel/envelope.ts";
import { PersonId, ServiceId } from "../kernel/ids.ts";
import { addDays, Day } from "../kernel/instants.ts";
import { type Blackout, defaultPlanningSettings, type PlanningProblem } from "./problem.ts";

export type MadeUp = {
  readonly seed: number;
  readonly services: number;
  readonly inspectors: number;
  readonly years: number;
};

/** As large as England and Wales: four years, 155 services, 60 inspectors. */
export const wholeCountry: MadeUp = { seed: 1, services: 155, inspectors: 60, years: 4 };

const regions = ["north", "midlands", "wales", "london", "south-east", "south-west", "east"];

/** Whole numbers below `bound` that look random; the same seed gives the same ones. */
const numbersFrom = (seed: number): ((bound: number) => number) => {
  let count = 0;
  return (bound) =>
    Number.parseInt(uuidFrom(`made up ${seed}/${(count += 1)}`).slice(0, 8), 16) % bound;
};

export const madeUpProblem = ({ seed, services, inspectors, years }: MadeUp): PlanningProblem => {
  const below = numbersFrom(seed);
  const first = Day.parse("2026-04-01");
  const last = addDays(first, Math.round(years * 365.25) - 1);
  const length = Math.round(years * 365);
  const serviceId = (index: number): ServiceId => ServiceId.parse(`service-${index + 1}`);
  const spell = (days: number) => {
    const begin = addDays(first, below(length));
    return { first: begin, last: addDays(begin, below(days)) };
  };
  const summers: Blackout[] = Array.from({ length: years }, (_, year) => ({
    first: Day.parse(`${2026 + year}-08-03`),
    last: Day.parse(`${2026 + year}-08-14`),
  }));
  return {
    period: { first, last },
    services: Array.from({ length: services }, (_, index) => ({
      id: serviceId(index),
      name: `Service ${index + 1}`,
      region: regions[below(regions.length)]!,
      caseload: 15 + below(450),
      performance: below(101),
      ...(below(10) > 0 && { lastInspected: addDays(first, -below(2500) - 1) }),
    })),
    inspectors: Array.from({ length: inspectors }, (_, index) => ({
      id: PersonId.parse(`inspector-${index + 1}`),
      canLead: index % 3 === 0,
      homeArea: regions[below(regions.length)]!,
      employers: Array.from({ length: below(3) }, () => serviceId(below(services))),
      away: Array.from({ length: below(6 * years) }, () => spell(21)),
    })),
    blackouts: [
      ...summers,
      ...Array.from({ length: below(services + 1) }, () => ({
        ...spell(60),
        service: serviceId(below(services)),
      })),
    ],
    settings: defaultPlanningSettings,
    fixed: [],
  };
};
