/**
 * A made-up inspection small enough to be told a thousand times: a handful of cases, with whatever
 * answers and whatever published ratings chance gives.
 */
import { gradesOf } from "@assay/domain/framework/scale.ts";
import { caseStandards, peopleStandards } from "@assay/domain/framework/standards.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import { plotFrom } from "@assay/embedded/examples.ts";

export const smallPlot = (chance: RandomStream): PublishedPlot => {
  const { framework } = versions[0]!;
  const ratings = gradesOf(framework.scales[0]!);
  const rating = () => ratings[chance.below(ratings.length)]!;
  const cases = new Map(
    framework.populations.map(({ name }, place) => [name, 1 + chance.below(3 - place)]),
  );
  const counts = (population: string) => {
    const relevant = chance.below(cases.get(population)! + 1);
    return { relevant, yes: chance.below(relevant + 1) };
  };
  const standards = caseStandards(framework).map(({ code, keyQuestions }) => {
    const published = rating();
    const found = keyQuestions.map(({ name, population }) => [name, counts(population)] as const);
    // No rating is published of what concerns no case.
    if (found.every(([, { relevant }]) => relevant === 0)) found[0]![1].relevant = 1;
    return [code, { rating: published, keyQuestions: Object.fromEntries(found) }];
  });
  const read = plotFrom({
    id: `made-up-${chance.below(1_000_000)}`,
    service: "Made-up service",
    fieldwork: { start: "2020-03-02", end: "2020-03-06" },
    framework: framework.id,
    ...Object.fromEntries([...cases].map(([name, sampled]) => [name, { cases: sampled }])),
    domainOne: Object.fromEntries(
      peopleStandards(framework)
        .filter(({ scored }) => scored)
        .map(({ code }) => [code, rating()]),
    ),
    standards: Object.fromEntries(standards),
  });
  if (!read.ok) throw new TypeError(`a made-up inspection is not whole: ${said(read.problems)}`);
  return read.value;
};

const said = (problems: readonly { readonly place: string; readonly problem: string }[]): string =>
  problems.map(({ place, problem }) => `${place}: ${problem}`).join("; ");
