import { expect, it } from "vitest";

import { document2018 } from "../framework/shipped.ts";
import type { Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { columnsOfFormat1 } from "../framework/format-1.ts";
import { variablesOf } from "./balance.ts";
import type { CaseRow } from "./case-list.ts";
import { madeUpRows } from "./contract/made-up-rows.ts";

const fieldworkStart = Day.parse("2021-05-24");
const lists = 40;

/** Share of rows that fewer than `few` rows of their list, themselves included, look like. */
const share = (count: number, few: number, likenessOf: (row: CaseRow) => string): number => {
  let found = 0;
  for (let list = 0; list < lists; list += 1) {
    const rows = madeUpRows({
      count: { court: count, outOfCourt: 0 },
      fieldworkStart,
      seed: list.toString(16).padStart(64, "0") as Digest,
      managers: Math.ceil(count / 7),
    });
    const cells = Map.groupBy(rows, likenessOf);
    found += rows.filter((row) => cells.get(likenessOf(row))!.length < few).length;
  }
  return Math.round((100 * found) / (lists * count));
};

const balanced = variablesOf(document2018.ruleset.sampling.balancedOn, columnsOfFormat1);
const variables = (row: CaseRow): string => balanced.map((each) => each.categoryOf(row)).join();
const withManager = (row: CaseRow): string => `${variables(row)},${String(row["manager"])}`;

it.each([
  [20, 59, 97, 79],
  [50, 39, 80, 80],
  [100, 26, 61, 79],
  [200, 17, 42, 79],
  [500, 9, 26, 79],
])("of %i court cases so many per cent could be recognised", (count, alone, few, known) => {
  expect(share(count, 2, variables)).toBe(alone);
  expect(share(count, 5, variables)).toBe(few);
  expect(share(count, 2, withManager)).toBe(known);
});
