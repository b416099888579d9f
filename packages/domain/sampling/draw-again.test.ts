import { expect, it } from "vitest";

import { defaultRuleset } from "../framework/format-1-rules-1.ts";
import type { Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { settingsOfFormat1 } from "./certificate-format-1.ts";
import { madeUpRows } from "./contract/made-up-rows.ts";
import { drawAgain } from "./draw-again.ts";
import { drawSample } from "./draw.ts";

const fieldworkStart = Day.parse("2021-05-24");
const rows = madeUpRows({
  count: { court: 40, outOfCourt: 30 },
  fieldworkStart,
  seed: "da".repeat(32) as Digest,
  managers: 9,
});
const settings = settingsOfFormat1(defaultRuleset.sampling);
const request = { rows, fieldworkStart, nonce: "00ff", settings };
const draw = drawSample(request);
const named = (...[recorded, from]: Parameters<typeof drawAgain>) =>
  drawAgain(recorded, from).map(({ what }) => what);

it("a draw made again from what it rests on is the same", () => {
  expect(drawAgain(JSON.parse(JSON.stringify(draw)), request)).toEqual([]);
});

it("names what differs where something else was given, or something else recorded", () => {
  expect(named(draw, { ...request, nonce: "00fe" })).toContain("seed");
  expect(named(draw, { ...request, rows: rows.slice(1) })).toContain("listDigest");
  const size = { size: 5, reason: "a person's" };
  expect(named(draw, { ...request, overrides: { court: size } })).toContain("court.size");
  const court = draw.populations["court"]!;
  const outOfCourt = draw.populations["outOfCourt"]!;
  const steered = { ...court, sample: [...court.sample.slice(1), court.reserves[0]!] };
  expect(named({ ...draw, populations: { court: steered, outOfCourt } }, request)).toEqual([
    "court.sample",
  ]);
});
