import { describe, expect, it } from "vitest";

import { forged, forgeries, honest, noticed, trustedKeys } from "./contract/forging.ts";
import type { Forgery } from "./contract/forger.ts";
import { isForBoth, secondProblems } from "./contract/second-verifier.ts";

/** Every so manieth of each family, from a fixed place. */
const some = (all: readonly Forgery[], count: number): readonly Forgery[] =>
  [...Map.groupBy(all, ({ family }) => family).values()].flatMap((family) => {
    const step = Math.max(1, Math.floor(family.length / count));
    return family.filter((_, at) => at % step === step >> 1);
  });

const all = forgeries();
const genuine = honest();
const changed = some(all, 4).map((forgery) => ({ what: forgery.what, ...forged(forgery) }));

/** Changes of what ratings are said to be. */
const weighty =
  /RatingsConcluded.*(?:rating|score|yes|rule|withheld)|Discretion.*data.(?:to|rating)$/;

/** What neither rules nor seals can tell: what is not shown, what is left out, in which order. */
const free = /CaseListSubmitted|left out|moved behind/;

describe("whoever holds the authority's key", () => {
  it("and changes nothing, is told that nothing is wrong", () => {
    const { report } = genuine;
    expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(report.trust).toEqual([
      "those who have what is not in the file, such as the case list, for what rests on it",
      "those edges, that they know who signed in",
    ]);
    expect(report.caveats).toEqual(["events withheld (1): It lists children's cases."]);
  });

  it("has every family of forgeries to choose from", () => {
    expect(new Set(all.map(({ family }) => family))).toEqual(
      new Set([
        ...["left out", "doubled", "moved", "withheld", "another actor", "another date"],
        "a field",
      ]),
    );
  });

  it("is found out by a rule, by a seal or by the witness, whatever is changed", () => {
    const told = changed.map((each) => ({ what: each.what, by: noticed(each) }));
    expect(told.filter(({ by }) => by === "not at all")).toEqual([]);
    expect(told.filter(({ by, what }) => by === "by the witness" && !free.test(what))).toEqual([]);
  });

  it("is refused by the verifier in Python, too, in all that it checks", (context) => {
    const chosen = some(
      all.filter(({ what }) => weighty.test(what)),
      8,
    );
    const wrong = chosen.map(forged).filter(({ report }) => isForBoth(report));
    const given = [genuine, ...wrong].map(({ bundle }) => ({ bundle, trusted: trustedKeys }));
    const problems = secondProblems(given);
    if (!problems) return context.skip("there is no Python 3 on this machine");
    expect(problems[0]).toEqual([]);
    expect(wrong.filter((_, at) => problems[at + 1]!.length === 0)).toEqual([]);
    expect(wrong.length).toBeGreaterThan(2);
  });
});
