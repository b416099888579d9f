import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addDays, Day, fromEpochDay } from "./instants.ts";
import { addWorkingDays, bankHolidays, isWorkingDay } from "./working-days.ts";

/** As the government has published them for England and Wales. */
const published: Readonly<Record<number, readonly string[]>> = {
  2018: ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"],
  2019: ["01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"],
  2020: ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"],
  2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
  2022: ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"],
  2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],
  2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
  2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
  2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
};

describe("bank holidays of England and Wales", () => {
  it.each(Object.entries(published))("in %s are those published", (year, monthDays) => {
    const expected = monthDays.map((monthDay) => `${year}-${monthDay}`);
    expect([...bankHolidays(Number(year))].toSorted()).toEqual(expected);
  });
});

describe("working days", () => {
  const days = fc.integer({ min: 15_000, max: 25_000 }).map(fromEpochDay);
  const counts = fc.integer({ min: 1, max: 60 });

  it("are counted one by one, past weekends and holidays", () => {
    fc.assert(
      fc.property(days, counts, (from, count) => {
        const to = addWorkingDays(from, count);
        let between = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
          if (isWorkingDay(day)) between += 1;
        expect(between).toBe(count);
        expect(isWorkingDay(to)).toBe(true);
      }),
    );
  });

  it("lead back from a working day to where they came from", () => {
    fc.assert(
      fc.property(days.filter(isWorkingDay), counts, (from, count) => {
        expect(addWorkingDays(addWorkingDays(from, count), -count)).toBe(from);
      }),
    );
  });

  it("leave the day as it is when there is none to count", () => {
    expect(addWorkingDays(Day.parse("2021-05-30"), 0)).toBe("2021-05-30");
  });
});
