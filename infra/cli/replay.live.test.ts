import { caseRulesOf, caseStandards, peopleStandards } from "@assay/domain/framework/standards.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { gradesOf } from "@assay/domain/framework/scale.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import { overallOf } from "@assay/domain/ratings/overall.ts";
import { percentOf } from "@assay/domain/ratings/percent.ts";
import { rateStandard } from "@assay/domain/ratings/rate.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { publishedIn } from "./published.ts";
import { replay } from "./replay.ts";

const ratings = fc.constantFrom(...gradesOf(yos2018.scales[0]!));

/** How many of so many cases: all, or some. */
const some = (most: number) => fc.oneof(fc.constant(most), fc.nat({ max: most }));

/** The frameworks whose inspections such files can hold. */
const frameworks = versions
  .map(({ framework }) => framework)
  .filter(({ populations }) =>
    populations.every(({ name }) => name === "court" || name === "outOfCourt"),
  );

/** A small service's file with the ratings that the rule gives on its counts. */
const files = fc
  .record({
    version: fc.constantFrom(...frameworks),
    court: fc.integer({ min: 1, max: 6 }),
    outOfCourt: fc.integer({ min: 1, max: 4 }),
    percents: fc.boolean(),
  })
  .chain((kind) => {
    const { version, percents } = kind;
    const standards = caseStandards(version).map((standard) =>
      fc.tuple(
        ...standard.keyQuestions.map((question) =>
          some(kind[question.population as "court" | "outOfCourt"]).chain((relevant) =>
            some(relevant).map((yes) => ({ keyQuestion: question.code, relevant, yes })),
          ),
        ),
      ),
    );
    const people = peopleStandards(version).filter(({ scored }) => scored);
    return fc.record({
      kind: fc.constant(kind),
      percents: fc.constant(percents),
      counts: fc.tuple(...standards),
      people: fc.tuple(...people.map(() => ratings)),
    });
  })
  .map(({ kind, counts, people, percents }) => {
    const { version, court, outOfCourt } = kind;
    const rated = caseStandards(version).map((standard, i) => ({
      ...rateStandard(standard, counts[i] ?? [], caseRulesOf(version, standard)),
      standard,
    }));
    const domainOne = Object.fromEntries(
      peopleStandards(version)
        .filter(({ scored }) => scored)
        .map(({ code }, i) => [code, people[i]]),
    );
    const file = {
      id: "made-up",
      service: "Made-up YOS",
      framework: version.id,
      fieldwork: { start: "2022-03-07", end: "2022-03-11" },
      court: { cases: court },
      outOfCourt: { cases: outOfCourt },
      domainOne,
      standards: Object.fromEntries(
        rated.map(({ standard, rule, keyQuestions }) => [
          standard.code,
          {
            ...(rule && { rating: rule }),
            keyQuestions: Object.fromEntries(
              standard.keyQuestions.map(({ name }, i) => {
                const { relevant = 0, yes = 0 } = keyQuestions[i] ?? {};
                const share = { relevant, yes };
                return [
                  name,
                  percents && relevant > 0
                    ? { relevant, percent: percentOf(share, "half-up") }
                    : share,
                ];
              }),
            ),
          },
        ]),
      ),
    };
    return { file, rated, version };
  });

const replayed = async (file: unknown) => {
  const read = publishedIn(JSON.parse(JSON.stringify(file)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return replay(read);
};

describe("a published inspection carried through its lifecycle", () => {
  it("comes out with what the rules give on its counts directly", async () => {
    await fc.assert(
      fc.asyncProperty(files, async ({ file, rated, version }) => {
        const { outcome, events } = await replayed(file);
        for (const { standard, rule = null, percent, triggers } of rated) {
          const found = outcome.standards[standard.code];
          expect(found?.rule ?? null).toBe(rule);
          expect(found?.rating ?? null).toBe(rule);
          expect(found?.lowest?.percent).toBe(percent);
          expect(found?.triggers ?? []).toEqual(triggers.map(({ trigger }) => trigger));
          expect(found?.discretion ?? "none").toBe("none");
        }
        const every = Object.fromEntries([
          ...Object.entries(file.domainOne),
          ...rated.map(({ standard, rule }) => [standard.code, rule]),
        ]);
        // What a published report does not rate is left out of the total, and the bands are scaled.
        const rates = version.standards
          .map(({ code }) => code)
          .filter((code) => {
            const own = rated.find(({ standard }) => standard.code === code);
            return own === undefined || own.rule !== undefined;
          });
        const { score, overall = null } = overallOf(version, every, rates);
        expect(outcome).toMatchObject({ score, overall, equal: true });
        expect(events.at(-1)?.type).toBe("ReportPublished");
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});
