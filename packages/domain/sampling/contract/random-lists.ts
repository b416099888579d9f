/**
 * Draws of every shape, for a second program to repeat: few or many cases, busy managers, children
 * listed twice, rows that cannot be drawn, sizes set by a person, other settings.
 */
import * as fc from "fast-check";

import { DisposalType } from "../../framework/format-1-disposals.ts";
import type { SamplingSettings } from "../../framework/format-1-sampling.ts";
import { document2018 } from "../../framework/shipped.ts";
import { addDays, addMonths, Day } from "../../kernel/instants.ts";
import type { CaseRow } from "../case-list.ts";
import type { DrawRequest } from "../draw.ts";

const usual = document2018.ruleset.sampling;
const days = fc.integer({ min: 0, max: 1500 }).map((n) => addDays("2020-01-01" as Day, n));
const hex = (most: number) =>
  fc
    .uint8Array({ minLength: 1, maxLength: most })
    .map((bytes) => Buffer.from(bytes).toString("hex"));

const settings = fc.record({
  size: fc.constantFrom(usual.size, { ...usual.size, margin: 0.1 }, { ...usual.size, p: 0.3 }),
  proportion: fc.constantFrom(usual.proportion, { ...usual.proportion, outOfCourt: 55 }),
  windows: fc.constantFrom(usual.windows, {
    court: [{ from: 0, to: 24 }],
    outOfCourt: usual.windows.outOfCourt.slice(1),
  }),
  enoughCourtCases: fc.constantFrom(8, 1, 30),
  reservesPercent: fc.constantFrom(20, 0, 100),
  maxPerCaseManager: fc.constantFrom(6, 2, 1, 12),
  balancedOn: fc.oneof(
    fc.constant(usual.balancedOn),
    fc.shuffledSubarray([...usual.balancedOn], { minLength: 0 }),
  ),
});

const override = fc.option(
  fc.record({ size: fc.nat(60), reason: fc.constant("asked for by the lead") }),
  { nil: undefined, freq: 6 },
);

type Shape = { readonly rows: number; readonly managers: number; readonly recent: boolean };

const shape: fc.Arbitrary<Shape> = fc.record({
  rows: fc.oneof(fc.nat(30), fc.nat(140), fc.constant(260)),
  managers: fc.integer({ min: 1, max: 25 }),
  recent: fc.boolean(),
});

const levels = ["low", "medium", "high", "very-high", "unknown"] as const;

const few = <Word>(...words: readonly (readonly [Word, number])[]) =>
  fc.oneof(...words.map(([word, weight]) => ({ arbitrary: fc.constant(word), weight })));

const rowOf = (start: Day, { rows, managers, recent }: Shape): fc.Arbitrary<CaseRow> =>
  fc.record({
    ref: fc.string({ maxLength: 8, unit: "binary" }),
    child: fc.oneof(fc.constant(""), fc.nat(rows * 3).map(String)),
    manager: fc.oneof(
      fc.constant(""),
      fc.nat(managers).map((n) => `m${Math.floor(n / 2)}`),
    ),
    disposal: fc.oneof(
      fc.constantFrom(...DisposalType.options),
      few<DisposalType>(["referral-order", 5], ["community-resolution", 3]),
    ),
    disposalDay: fc
      .nat(recent ? 120 : 700)
      .map((back) => addDays(addMonths(start, recent ? -4 : 0), -back)),
    gender: few(["male", 8], ["female", 2], ["other", 1], ["unknown", 1]),
    ageBand: fc.constantFrom("10-14", "15-17"),
    ethnicity: fc.constantFrom("White", "Black", "", "é \"'\\ \u0001\u2028"),
    rosh: fc.constantFrom(...levels),
    safety: fc.constantFrom(...levels),
    restricted: few([false, 12], [true, 1]),
    workStarted: few([true, 12], [false, 1]),
  });

/** A draw under settings of the first format. */
export type AskedDraw = Omit<DrawRequest, "settings"> & { readonly settings: SamplingSettings };

/** The same seed gives the same draws. */
const draws: fc.Arbitrary<AskedDraw> = fc
  .record({ start: days, shape })
  .chain(({ start, shape: of }) =>
    fc.record({
      rows: fc.array(rowOf(start, of), { minLength: of.rows, maxLength: of.rows }),
      fieldworkStart: fc.constant(start),
      nonce: hex(64),
      beacon: fc.option(hex(48), { nil: undefined }),
      settings,
      overrides: fc
        .record({ court: override, outOfCourt: override })
        .map(({ court, outOfCourt }) => ({
          ...(court && { court }),
          ...(outOfCourt && { outOfCourt }),
        })),
    }),
  );

export const randomDraws = (count: number, seed: number): readonly AskedDraw[] =>
  fc.sample(draws, { numRuns: count, seed });
