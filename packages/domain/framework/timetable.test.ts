import * as fc from "fast-check";
import { expect, it } from "vitest";

import { addDays, Day } from "../kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import { CASE_LIST, dueOf, Timetable, timetableFor } from "./timetable.ts";
import { yos2018 } from "./shipped.ts";

const day = (text: string): Day => Day.parse(text);

it("plans the days around a week of fieldwork, past weekends and bank holidays", () => {
  const days = timetableFor({ start: day("2021-05-24"), end: day("2021-05-27") }, yos2018);
  expect(days).toEqual({
    announcement: "2021-04-16",
    requests: {
      "case-list": "2021-04-23",
      "evidence-in-advance": "2021-04-30",
      "contextual-data": "2021-04-30",
    },
    sample: "2021-04-30",
    fieldworkStart: "2021-05-24",
    fieldworkEnd: "2021-05-27",
    feedback: "2021-05-27",
    panel: "2021-06-11",
    draft: "2021-06-25",
    factualAccuracy: "2021-07-09",
    signOff: "2021-08-06",
    embargo: "2021-08-10",
    publication: "2021-08-13",
    actionPlan: "2021-09-06",
  });
  expect(dueOf(CASE_LIST, days)).toBe("2021-04-23");
});

it("keeps the order of the lifecycle, on working days, whenever fieldwork is", () => {
  const start = fc.integer({ min: 0, max: 4000 }).map((n) => addWorkingDays(day("2019-01-02"), n));
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 9 }), (first, length) => {
      const days = timetableFor({ start: first, end: addWorkingDays(first, length) }, yos2018);
      const order = [
        days.announcement,
        dueOf(CASE_LIST, days),
        days.sample!,
        days.fieldworkStart,
        days.fieldworkEnd,
        days.panel,
        days.draft,
        days.factualAccuracy,
        days.signOff,
        days.embargo,
        days.publication,
        days.actionPlan,
      ];
      expect(order).toEqual(order.toSorted());
      expect(order.filter((planned) => !isWorkingDay(planned))).toEqual([]);
      expect(Timetable.parse(days)).toEqual(days);
    }),
  );
});

it("moves with its settings", () => {
  const { ruleset } = yos2018;
  const { timetable } = ruleset;
  const later = {
    ...yos2018,
    ruleset: {
      ...ruleset,
      timetable: { ...timetable, panel: { ...timetable.panel, workingDays: 11 } },
    },
  };
  const fieldwork = { start: day("2021-05-24"), end: day("2021-05-27") };
  expect(timetableFor(fieldwork, later).panel).toBe(
    addDays(timetableFor(fieldwork, yos2018).panel, 3),
  );
});
