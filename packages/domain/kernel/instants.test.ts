import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addDays,
  addMonths,
  Day,
  dayInEngland,
  endOfDay,
  fromEpochDay,
  fromEpochMs,
  inEngland,
  Instant,
  toEpochDay,
  toEpochMs,
  weekday,
} from "./instants.ts";

const day = (text: string): Day => Day.parse(text);
const days = fc.integer({ min: -100_000, max: 100_000 }).map(fromEpochDay);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => [hour, minute].map((part) => String(part).padStart(2, "0")).join(":"));

/** What clocks in London show, by the runtime's own time zone data. */
const london = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "short",
  hourCycle: "h23",
});
const clockIn = (instant: string): string => london.format(new Date(instant)).replace(", ", " ");

describe("days", () => {
  it("are counted as the runtime's calendar counts them", () => {
    fc.assert(
      fc.property(days, (each) => {
        const midnight = new Date(`${each}T00:00:00.000Z`);
        expect(toEpochDay(each)).toBe(midnight.getTime() / 86_400_000);
        expect(weekday(each)).toBe(midnight.getUTCDay());
      }),
    );
  });

  it("end a shorter month on its last day", () => {
    expect(addMonths(day("2021-08-31"), -6)).toBe("2021-02-28");
    expect(addMonths(day("2020-08-31"), -6)).toBe("2020-02-29");
    expect(addMonths(day("2021-12-15"), 1)).toBe("2022-01-15");
    expect(addMonths(day("2021-01-31"), -13)).toBe("2019-12-31");
  });

  it("come back when as many are added as were taken away", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (each, count) => {
        expect(addDays(addDays(each, count), -count)).toBe(each);
      }),
    );
  });
});

describe("a time of day in England", () => {
  const modern = fc
    .integer({ min: toEpochDay(day("1997-01-01")), max: toEpochDay(day("2037-12-31")) })
    .map(fromEpochDay);

  it("is what clocks show at that moment, or later where the spring change skips it", () => {
    fc.assert(
      fc.property(modern, times, (each, time) => {
        const shown = clockIn(inEngland(each, time));
        const skipped = weekday(each) === 0 && each.slice(5, 7) === "03" && time.startsWith("01");
        if (skipped) expect([`${each} ${time}`, `${each} 02${time.slice(2)}`]).toContain(shown);
        else expect(shown).toBe(`${each} ${time}`);
      }),
    );
  });

  it("is on the day that calendars show", () => {
    fc.assert(
      fc.property(modern, times, (each, time) => {
        expect(dayInEngland(inEngland(each, time))).toBe(each);
        expect(dayInEngland(endOfDay(each))).toBe(each);
      }),
    );
  });

  it("is taken at its second showing when the autumn change repeats it", () => {
    expect(inEngland(day("2021-10-31"), "01:30")).toBe("2021-10-31T01:30:00.000Z");
    expect(inEngland(day("2021-10-31"), "00:30")).toBe("2021-10-30T23:30:00.000Z");
    expect(inEngland(day("2021-03-28"), "01:30")).toBe("2021-03-28T01:30:00.000Z");
  });
});

describe("an instant", () => {
  it.each(["2021-05-24", "2021-05-24T09:00:00Z", "2021-05-24T09:00:00.000+01:00", "now"])(
    "is not %s",
    (text) => expect(Instant.safeParse(text).success).toBe(false),
  );
});

it.each([
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2024-02-29T12:34:56.789Z",
  "2026-11-30T09:44:39.001Z",
])("%s is milliseconds since 1970, and back", (text) => {
  const instant = Instant.parse(text);
  expect(toEpochMs(instant)).toBe(Date.parse(text));
  expect(fromEpochMs(toEpochMs(instant))).toBe(instant);
});
