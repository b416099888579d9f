import { StoreFault } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { codeOf, HostFault, isAway, isLasting, isOutOfRoom, reasonOf, waitAfter } from "./fault.ts";

const contended = new HostFault("contended", "somebody else wrote", { cause: "x" });
const full = new StoreFault("disk-full", "no room", { retry: true });
const denied = new StoreFault("unsupported", "too old", { retry: false });
const defect = new TypeError("the name is Ada");

it("names a fault by its code, and what is none by its kind", () => {
  expect([contended, full, defect, "thrown"].map(codeOf)).toEqual([
    "contended",
    "disk-full",
    "TypeError",
    "unknown",
  ]);
  expect(String(contended)).toBe("HostFault: somebody else wrote");
  expect(contended.cause).toBe("x");
});

it("tells what is away for a while from what stays as it is", () => {
  expect([contended, full, denied, defect].map(isAway)).toEqual([true, true, false, false]);
  expect([contended, full, denied, defect].map(isLasting)).toEqual([false, false, true, false]);
  expect([contended, full, denied, defect].map(isOutOfRoom)).toEqual([false, true, false, false]);
});

it("gives the words of a fault, and never those of a defect, which may quote data", () => {
  expect([contended, denied, defect, "thrown"].map(reasonOf)).toEqual([
    "somebody else wrote",
    "too old",
    "TypeError in the code",
    "something else was thrown",
  ]);
});

it("waits twice as long after each failure, up to the most, by half of it at least", () => {
  const backoff = { first: 100, most: 1000 };
  for (const [failures, longest] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1000],
    [5000, 1000],
  ] as const) {
    const wait = waitAfter(failures, backoff);
    expect(wait).toBeGreaterThanOrEqual(longest / 2);
    expect(wait).toBeLessThanOrEqual(longest);
  }
});
