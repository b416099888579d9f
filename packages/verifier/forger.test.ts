import { describe, expect, it } from "vitest";

import { forgeries, honest, notice } from "./contract/forging.ts";
import type { Forgery } from "./contract/forger.ts";

/** Every so manieth of each family, from a fixed place. */
const some = (all: readonly Forgery[], count: number): readonly Forgery[] =>
  [...Map.groupBy(all, ({ family }) => family).values()].flatMap((family) => {
    const step = Math.max(1, Math.floor(family.length / count));
    return family.filter((_, at) => at % step === step >> 1);
  });

const all = forgeries();

/** What neither rules nor seals can tell: what is not shown, what is left out, in which order. */
const free = /CaseListSubmitted|left out|moved behind/;

describe("whoever holds the authority's key", () => {
  it("and changes nothing, is told that nothing is wrong", () => {
    const report = honest();
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
    const told = some(all, 4).map((forgery) => ({ what: forgery.what, by: notice(forgery) }));
    expect(told.filter(({ by }) => by === "not at all")).toEqual([]);
    expect(told.filter(({ by, what }) => by === "by the witness" && !free.test(what))).toEqual([]);
  });
});
