import { describe, expect, it } from "vitest";
import { z } from "zod";

import { fact } from "./kernel/fact.ts";
import { type Upcaster, upcast, versionOf } from "./kernel/upcast.ts";
import { currentVersion, factToday } from "./upcasters.ts";

/**
 * The worked example: an interview that first knew its day alone, then where it was, then for how
 * long. Only the last schema is left in the code; the former ones live on as golden JSON.
 */
const InterviewHeld = fact("InterviewHeld", {
  day: z.string(),
  place: z.enum(["office", "elsewhere", "unknown"]),
  minutes: z.int().min(0).optional(),
});

const golden: Readonly<Record<number, Record<string, unknown>>> = {
  1: { at: "2021-05-18T10:00:00.000Z", by: { id: "iris", role: "inspector" }, day: "2021-05-18" },
  2: {
    at: "2022-05-18T10:00:00.000Z",
    by: { id: "iris", role: "inspector" },
    day: "2022-05-18",
    where: "office",
  },
  3: {
    at: "2023-05-18T10:00:00.000Z",
    by: { id: "iris", role: "inspector" },
    day: "2023-05-18",
    place: "elsewhere",
    minutes: 45,
  },
};

const upcasters: readonly Upcaster[] = [
  { type: "InterviewHeld", from: 2, up: ({ where, ...data }) => ({ ...data, place: where }) },
  { type: "InterviewHeld", from: 1, up: (data) => ({ ...data, where: "unknown" }) },
];

const stored = (version: number) => ({
  type: "InterviewHeld",
  data: golden[version]!,
  metadata: { version },
});

describe("a fact whose schema has changed twice", () => {
  it.each([1, 2, 3])("is read from version %i as it would be written now", (version) => {
    expect(InterviewHeld.parse(factToday(stored(version), upcasters))).toMatchObject({
      day: golden[version]!["day"],
    });
  });

  it("says what was not known, and keeps what was", () => {
    const places = [1, 2, 3].map(
      (version) => InterviewHeld.parse(factToday(stored(version), upcasters)).place,
    );
    expect(places).toEqual(["unknown", "office", "elsewhere"]);
  });

  it("is written in the version after the last", () => {
    expect(versionOf(upcasters, "InterviewHeld")).toBe(3);
    expect(versionOf(upcasters, "SomethingElse")).toBe(1);
  });

  it("cannot be read when a step on the way is missing", () => {
    const [second] = upcasters;
    expect(() =>
      upcast([second!], { type: "InterviewHeld", version: 1, data: golden[1]! }),
    ).toThrow(/nothing leads from version 1/);
  });
});

it("leaves a fact of today as it was stored", () => {
  const event = stored(1);
  expect(factToday(event)).toEqual({ type: "InterviewHeld", ...event.data });
  expect(currentVersion("InterviewHeld")).toBe(1);
});
