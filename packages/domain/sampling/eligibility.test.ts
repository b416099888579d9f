import { describe, expect, it } from "vitest";

import { purposesOf } from "../framework/columns.ts";
import { document2018 } from "../framework/shipped.ts";
import { Day } from "../kernel/instants.ts";
import type { CaseRow } from "./case-list.ts";
import { settingsOfFormat1 } from "./certificate-format-1.ts";
import { daysOf, eligibility, listed } from "./eligibility.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const fieldworkStart = Day.parse("2020-08-17");
const windows = [
  { from: 6, to: 9 },
  { from: 5, to: 12 },
];

const row = (change: CaseRow = {}): CaseRow => ({
  ref: "r",
  child: "",
  manager: "m",
  disposal: "referral-order",
  disposalDay: "2020-01-10",
  gender: "male",
  ageBand: "15-17",
  ethnicity: "White",
  rosh: "low",
  safety: "low",
  restricted: false,
  workStarted: true,
  ...change,
});

const find = (rows: readonly CaseRow[], enough = 1) =>
  eligibility({
    cases: listed(rows, settings).get("court")!,
    fieldworkStart,
    windows,
    enough,
    purposes: purposesOf(settings.columns),
    onceFor: ["child", "disposal"],
  });

describe("eligibility", () => {
  it("includes the first and the last day of the window", () => {
    expect(daysOf(windows[0]!, fieldworkStart)).toEqual({
      first: "2019-11-17",
      last: "2020-02-17",
    });
    const days = ["2019-11-16", "2019-11-17", "2020-02-17", "2020-02-18"];
    const found = find(days.map((disposalDay) => row({ disposalDay })));
    expect(found.eligible.map((each) => each.case)).toEqual(["c0002", "c0003"]);
  });

  it("gives each excluded case the first reason that holds", () => {
    const found = find([
      row({ restricted: true, disposalDay: "2018-01-01" }),
      row({ workStarted: false, disposalDay: "2018-01-01" }),
      row({ workStarted: false }),
      row({ disposal: "youth-caution" }),
      row(),
    ]);
    expect(found.excluded).toEqual([
      { case: "c0001", reason: "restricted" },
      { case: "c0002", reason: "outside-window" },
      { case: "c0003", reason: "not-started" },
    ]);
    expect(found.eligible.map((each) => each.case)).toEqual(["c0005"]);
  });

  it("keeps the earliest of a child's same disposals, on one day the first listed", () => {
    const found = find([
      row({ child: "a", disposalDay: "2020-01-10" }),
      row({ child: "a", disposalDay: "2020-01-09" }),
      row({ child: "a", disposalDay: "2020-01-09" }),
      row({ child: "a", disposal: "reparation-order" }),
      row({ child: "b" }),
      row({ child: "c", disposalDay: "2018-01-01" }),
      row({ child: "c" }),
    ]);
    expect(found.eligible.map((each) => each.case)).toEqual(["c0002", "c0004", "c0005", "c0007"]);
    expect(found.excluded.filter(({ reason }) => reason === "duplicate")).toHaveLength(2);
  });

  it("widens the window only until there are enough, and keeps the widest", () => {
    const rows = [row(), row({ disposalDay: "2019-09-01" })];
    expect(find(rows, 1)).toMatchObject({ window: windows[0], widened: 0 });
    expect(find(rows, 2)).toMatchObject({ window: windows[1], widened: 1 });
    expect(find(rows, 3).eligible).toHaveLength(2);
  });
});
