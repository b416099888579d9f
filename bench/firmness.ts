/**
 * How firm ratings are: 10,000 draws of a whole inspection of 33 cases on one core, beside the
 * eligible populations of a small and of a large service.
 */
import { caseKeyQuestions } from "@assay/domain/framework/standards.ts";
import { yos2018 } from "@assay/domain/framework/yos.ts";
import type { Population } from "@assay/domain/framework/case-profile.ts";
import { firmnessOf, type InspectedPopulation } from "@assay/domain/ratings/firmness.ts";

import { round, row, spreadOf } from "./measure.ts";

const rounds = 15;
const draws = 10_000;

const services = [
  { name: "33 cases of 40 eligible", court: [20, 24], outOfCourt: [13, 16] },
  { name: "33 cases of 100 eligible", court: [20, 60], outOfCourt: [13, 40] },
  { name: "152 cases of 320 eligible", court: [91, 200], outOfCourt: [61, 120] },
] as const;

const byPeople = { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Good" } as const;

/** A fixed pattern of answers that leaves some key questions' cases out. */
const inspected = (
  population: Population,
  [size, eligible]: readonly [number, number],
): InspectedPopulation => {
  const cases = Array.from({ length: size }, (_, i) => `c${String(i + 1).padStart(4, "0")}`);
  const answers = caseKeyQuestions(yos2018, population).flatMap(({ keyQuestion }, k) =>
    cases.flatMap((of, i) => {
      if ((i * 5 + k) % 7 === 6) return [];
      const answer = (i * 7 + k * 3) % 11 < 8 ? ("yes" as const) : ("no" as const);
      return [{ case: of, keyQuestion: keyQuestion.code, answer }];
    }),
  );
  return { eligible, cases, answers };
};

export const run = (): Readonly<Record<string, unknown>> => {
  const requests = services.map(({ name, court, outOfCourt }) => ({
    name,
    request: {
      version: yos2018,
      populations: {
        court: inspected("court", court),
        outOfCourt: inspected("outOfCourt", outOfCourt),
      },
      byPeople,
      draws,
    },
  }));
  const times = requests.map((): number[] => []);
  for (let i = 0; i < rounds; i += 1) {
    for (const [at, { request }] of requests.entries()) {
      const begun = performance.now();
      firmnessOf({ ...request, seed: `round ${i}` });
      times[at]!.push(performance.now() - begun);
    }
  }
  const widths = [-44, 10, 16];
  console.log(row(widths, [`${draws} draws, milliseconds`, "median", "range"]));
  const rows = requests.map(({ name }, at) => {
    const spread = spreadOf(times[at]!);
    const range = `${round(spread.least)}–${round(spread.most)}`;
    console.log(row(widths, [name, round(spread.median, 1), range]));
    return { name, ...spread };
  });
  return { rounds, draws, rows };
};
