import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { candidateCount, land, mostCandidates } from "./landing.ts";
import { randomStream } from "./stream.ts";

const chances = [0.15, 0.35, 0.5, 0.6, 0.8, 0.6];
const kinds = "aabbcc";
const likeness = [...kinds].map((a) => [...kinds].map((b) => (a === b ? 1 : 0)));
const free = {
  chances,
  likeness,
  managers: chances.map(() => -1),
  room: new Map<number, number>(),
};
const streamOf = (seed: number) =>
  randomStream(seed.toString(16).padStart(64, "0") as Digest, "landing");

describe("landing", () => {
  it("draws as many as expected, each as often as its chance says", () => {
    const draws = 4000;
    const counts = chances.map(() => 0);
    for (let seed = 0; seed < draws; seed += 1) {
      const places = land(free, streamOf(seed))!;
      expect(places).toHaveLength(3);
      for (const place of places) counts[place]! += 1;
    }
    chances.forEach((chance, place) => {
      const error = Math.sqrt((chance * (1 - chance)) / draws);
      expect(Math.abs(counts[place]! / draws - chance)).toBeLessThan(4 * error);
    });
  });

  it("takes no more of a manager's cases than there is room for", () => {
    const landing = { ...free, managers: [0, 0, -1, -1, 0, -1], room: new Map([[0, 2]]) };
    for (let seed = 0; seed < 300; seed += 1) {
      const places = land(landing, streamOf(seed))!;
      expect(places.filter((place) => landing.managers[place] === 0).length).toBeLessThan(3);
    }
  });

  it("says so when the managers leave no room for the chances", () => {
    const landing = { ...free, managers: [-1, -1, -1, 0, 0, 0], room: new Map([[0, 1]]) };
    expect(land(landing, streamOf(1))).toBeUndefined();
  });
});

it("counts the samples to compare, as far as they can be compared", () => {
  expect(candidateCount(15, 7)).toBe(6435);
  expect(candidateCount(40, 39)).toBeGreaterThan(mostCandidates);
  expect(candidateCount(60, 30)).toBeGreaterThan(mostCandidates);
  expect(candidateCount(40, 0)).toBe(1);
});
