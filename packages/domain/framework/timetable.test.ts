import * as fc from "fast-check";
import { expect, it } from "vitest";

import { addDays, Day } from "../kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import { defaultRuleset } from "./format-1-rules-1.ts";
import { dueOf, Timetable, timetableFor } from "./timetable.ts";

const day = (text: string): Day => Day.parse(text);
const settings = defaultRuleset.timetable;

it("plans the days around a week of fieldwork, past weekends and bank holidays", () => {
  const days = timetableFor({ start: day("2021-05-24"), end: day("2021-05-27") }, settings);
  expect(days).toEqual({
    announcement: "2021-04-16",
    caseList: "2021-04-23",
    sample: "2021-04-30",
    evidence: "2021-04-30",
    contextualData: "2021-04-30",
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
  expect(dueOf("case-list", days)).toBe("2021-04-23");
});

it("keeps the order of the lifecycle, on working days, whenever fieldwork is", () => {
  const start = fc.integer({ min: 0, max: 4000 }).map((n) => addWorkingDays(day("2019-01-02"), n));
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 9 }), (first, length) => {
      const days = timetableFor({ start: first, end: addWorkingDays(first, length) }, settings);
      const order = [
        days.announcement,
        days.caseList,
        days.sample,
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
  const later = { ...settings, panel: { ...settings.panel, workingDays: 11 } };
  const fieldwork = { start: day("2021-05-24"), end: day("2021-05-27") };
  expect(timetableFor(fieldwork, later).panel).toBe(
    addDays(timetableFor(fieldwork, settings).panel, 3),
  );
});
