import { describe, expect, it } from "vitest";

import type { Instant } from "../kernel/instants.ts";
import { isOfRound, roundAfter } from "./beacon.ts";

const source = "drand-quicknet";
const moment = (text: string) => text as Instant;
/** As the network published it. */
const round1000 =
  "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
const named = roundAfter(source, moment("2023-08-23T15:59:24.000Z"))!;

describe("a round of the beacon", () => {
  it("is the first one at or after a moment, three seconds apart", () => {
    expect(roundAfter(source, moment("2023-08-23T15:09:27.000Z"))).toEqual({
      source,
      round: 1,
      at: "2023-08-23T15:09:27.000Z",
    });
    expect(named).toEqual({ source, round: 1000, at: "2023-08-23T15:59:24.000Z" });
    expect(roundAfter(source, moment("2023-08-23T15:59:24.001Z"))?.round).toBe(1001);
  });

  it("is not named for a time before the network began", () => {
    expect(roundAfter(source, moment("2021-04-12T09:00:00.000Z"))).toBeUndefined();
  });
});

describe("the value of a round", () => {
  it("is what the network signed, and nothing else", () => {
    expect(isOfRound(named, round1000)).toBe(true);
    expect(isOfRound({ ...named, round: 1001 }, round1000)).toBe(false);
  });

  it.each([
    ["another sign", `9${round1000.slice(1)}`],
    ["a point at infinity", `c${"0".repeat(95)}`],
    ["a number that is no point", `80${"0".repeat(92)}01`],
    ["a point outside the group", `80${"0".repeat(92)}04`],
    ["a number above the field's", `9${"f".repeat(95)}`],
    ["an uncompressed one", `0${round1000.slice(1)}`],
    ["too short", round1000.slice(2)],
    ["made up", "00"],
  ])("is not %s", (_, value) => {
    expect(isOfRound(named, value)).toBe(false);
  });
});
