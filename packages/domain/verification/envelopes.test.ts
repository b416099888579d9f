import { expect, it } from "vitest";

import { envelopeJudge, type Group } from "./envelopes.ts";

/** A fact whose command was caused by something that the log does not hold. */
const causedElsewhere = (type: string): Group => [
  {
    fact: { type, at: "2026-11-25T07:30:00.000Z" },
    ...{ category: "inspection", stream: "inspection-a", id: "e1" },
    metadata: { commandId: "c1", correlationId: "r1", causationId: "elsewhere", index: 0 },
  } as unknown as Group[0],
];

it.each([
  ["RequestSatisfied", ["what caused it is not in the log"]],
  ["RequestChased", []],
])("asks of %s what caused it, unless that may be a reminder", (type, expected) => {
  expect(envelopeJudge()(causedElsewhere(type)).map(({ what }) => what)).toEqual(expected);
});
