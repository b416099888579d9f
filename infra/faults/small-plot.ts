/**
 * A made-up inspection small enough to be told a thousand times: a handful of cases, with whatever
 * answers and whatever published ratings chance gives.
 */
import { caseStandards } from "@assay/domain/framework/standards.ts";
import { yos2018 } from "@assay/domain/framework/yos.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import { plotFrom } from "@assay/embedded/examples.ts";

const ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"] as const;

export const smallPlot = (chance: RandomStream): Plot => {
  const rating = () => ratings[chance.below(ratings.length)]!;
  const cases = { court: 1 + chance.below(3), outOfCourt: 1 + chance.below(2) };
  const counts = (sampled: number) => {
    const relevant = chance.below(sampled + 1);
    return { relevant, yes: chance.below(relevant + 1) };
  };
  const standards = caseStandards(yos2018).map(({ code, keyQuestions }) => {
    const published = rating();
    const found = keyQuestions.map(
      ({ name, population }) => [name, counts(cases[population as keyof typeof cases])] as const,
    );
    // No rating is published of what concerns no case.
    if (found.every(([, { relevant }]) => relevant === 0)) found[0]![1].relevant = 1;
    return [code, { rating: published, keyQuestions: Object.fromEntries(found) }];
  });
  const read = plotFrom({
    id: `made-up-${chance.below(1_000_000)}`,
    service: "Made-up YOS",
    fieldwork: { start: "2020-03-02", end: "2020-03-06" },
    framework: yos2018.id,
    court: { cases: cases.court },
    outOfCourt: { cases: cases.outOfCourt },
    domainOne: Object.fromEntries(["1.1", "1.2", "1.3", "1.4"].map((code) => [code, rating()])),
    standards: Object.fromEntries(standards),
  });
  if (!read.ok) throw new TypeError(`a made-up inspection is not whole: ${said(read.problems)}`);
  return read.value;
};

const said = (problems: readonly { readonly place: string; readonly problem: string }[]): string =>
  problems.map(({ place, problem }) => `${place}: ${problem}`).join("; ");
