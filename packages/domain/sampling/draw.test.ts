import { readFileSync } from "node:fs";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { document2018 } from "../framework/shipped.ts";
import { caseIdOf, type Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { digestOf } from "./case-list.ts";
import { Draw, drawSample, type PopulationDraw } from "./draw.ts";
import { settingsOfFormat1 } from "./certificate-format-1.ts";
import { madeUpRows } from "./contract/made-up-rows.ts";

const former = document2018.ruleset.sampling;
const settings = settingsOfFormat1(former);
const fieldworkStart = Day.parse("2021-05-24");
const seed = "5e".repeat(32) as Digest;
const nonce = "0123456789abcdef".repeat(4);
const rowsOf = (court: number, outOfCourt: number, managers = 30) =>
  madeUpRows({ count: { court, outOfCourt }, fieldworkStart, seed, managers });
type Both = Omit<Draw, "populations"> & {
  readonly populations: { readonly court: PopulationDraw; readonly outOfCourt: PopulationDraw };
};
const draw = (rows: ReturnType<typeof rowsOf>, more: object = {}): Both =>
  drawSample({ rows, fieldworkStart, nonce, settings, ...more }) as Both;

describe("a draw", () => {
  it("keeps to this sample for ever: another one needs another version of the algorithm", () => {
    const { populations, ...common } = draw(rowsOf(60, 45));
    expect(common.algorithm).toEqual({ name: "assay-cube", version: 1 });
    const drawn = {
      listDigest: common.listDigest,
      seed: common.seed,
      court: populations.court.sample,
      courtReserves: populations.court.reserves,
      outOfCourt: populations.outOfCourt.sample,
      outOfCourtReserves: populations.outOfCourt.reserves,
    };
    const golden = new URL("golden/draw-1.json", import.meta.url);
    expect(drawn).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });

  it("survives JSON and its schema", () => {
    const drawn = draw(rowsOf(30, 20), { beacon: "beac0n".replace("n", "0") });
    expect(Draw.parse(JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
  });

  it("takes every case of a small service and says that nothing is in reserve", () => {
    const { court, outOfCourt } = draw(rowsOf(8, 3)).populations;
    expect(court).toMatchObject({ eligible: 8, sample: { length: 8 }, reserves: [], widened: 0 });
    expect(outOfCourt.size).toMatchObject({ wanted: 5, size: 3, shortfall: 2 });
    expect(outOfCourt.sample).toHaveLength(3);
  });

  it("of an empty list is empty", () => {
    const { court, outOfCourt } = draw([]).populations;
    expect(court).toMatchObject({ eligible: 0, sample: [], reserves: [], balance: [] });
    expect(outOfCourt).toMatchObject({ eligible: 0, sample: [], reserves: [] });
  });

  it("draws eligible cases only, each once, with reserves apart from the sample", () => {
    const counts = fc.record({
      court: fc.nat(40),
      outOfCourt: fc.nat(40),
      managers: fc.integer({ min: 1, max: 9 }),
    });
    const flags = fc.infiniteStream(fc.nat(9));
    fc.assert(
      fc.property(counts, flags, fc.integer({ min: 0, max: 255 }), (count, flag, byte) => {
        const rows = rowsOf(count.court, count.outOfCourt, count.managers).map((row) => ({
          ...row,
          restricted: flag.next().value === 0,
          workStarted: flag.next().value !== 0,
        }));
        const own = byte.toString(16).padStart(2, "0");
        const drawn = draw(rows, { nonce: own });
        expect(draw(rows, { nonce: own })).toEqual(drawn);
        for (const part of Object.values(drawn.populations)) {
          const out = new Set(part.excluded.map((each) => each.case));
          const named = [...part.sample, ...part.reserves];
          expect(new Set(named).size).toBe(named.length);
          expect(part.sample).toHaveLength(part.size.size);
          expect(part.reserves).toHaveLength(part.size.reserves);
          for (const id of named) {
            const row = rows[Number(id.slice(1)) - 1]!;
            expect(out.has(id)).toBe(false);
            expect(row.restricted || !row.workStarted).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("changes with the nonce, with the list, with its order and with the beacon", () => {
    const rows = rowsOf(60, 45);
    const changed = [{ ...rows[0]!, ethnicity: "changed" }, ...rows.slice(1)];
    const samples = [
      draw(rows),
      draw(rows, { nonce: "ff" }),
      draw(changed),
      draw([...rows].reverse()),
      draw(rows, { beacon: "00" }),
    ].map(({ seed: drawnFrom, populations }) => [drawnFrom, String(populations.court.sample)]);
    expect(new Set(samples.map(([from]) => from)).size).toBe(samples.length);
    expect(new Set(samples.map(([, sample]) => sample)).size).toBe(samples.length);
  });

  it("records a size that a person set, and widens the window to reach it", () => {
    const rows = rowsOf(20, 15);
    const override = { size: 25, reason: "the whole caseload is wanted" };
    const { court, outOfCourt } = draw(rows, { overrides: { court: override } }).populations;
    expect(court.size).toMatchObject({ computed: 18, override, size: 20, shortfall: 5 });
    expect(court.widened).toBe(former.windows.court.length - 1);
    expect(outOfCourt.size.computed).toBe(13);
  });

  it("keeps to six cases of one manager where the size allows it", () => {
    const rows = rowsOf(100, 80, 14);
    for (const { sample, inclusion } of Object.values(draw(rows).populations)) {
      const counts = Map.groupBy(sample, (id) => rows[Number(id.slice(1)) - 1]!["manager"]);
      expect(inclusion.cap.used).toBe(6);
      for (const cases of counts.values()) expect(cases.length).toBeLessThanOrEqual(6);
    }
  });

  it("shows each category's share of the eligible and of the sample", () => {
    const { balance, sample } = draw(rowsOf(100, 80)).populations.court;
    for (const variable of former.balancedOn) {
      const lines = balance.filter((line) => line.variable === variable);
      expect(lines.reduce((sum, line) => sum + line.populationShare, 0)).toBeCloseTo(1);
      expect(lines.reduce((sum, line) => sum + line.sample, 0)).toBe(sample.length);
      for (const line of lines) expect(Math.abs(line.difference)).toBeLessThan(2.5 / sample.length);
    }
  });
});

it("the digest of a list is that of the text written down in the documentation", () => {
  const rows = rowsOf(1, 0).map((row) => ({ ...row, ref: 'é "1"' }));
  expect(caseIdOf(1)).toBe("c0001");
  expect(digestOf(rows, settings.columns)).toMatchInlineSnapshot(
    `"3c4c2e969206a2c5eee9b256790ac431ee4c2596262a785054d0a46b0b5a6311"`,
  );
});
