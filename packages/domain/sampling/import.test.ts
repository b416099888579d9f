import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { columns, digestOf } from "./case-list.ts";
import { columnNamed, headers } from "./import-columns.ts";
import { readDay, readFlag, readText } from "./import-values.ts";
import { importTable } from "./import.ts";
import { madeUpRows } from "./made-up-rows.ts";

const rows = madeUpRows({
  count: { court: 20, outOfCourt: 20 },
  fieldworkStart: Day.parse("2021-05-24"),
  seed: "1a".repeat(32) as Digest,
  managers: 5,
});

describe("importing a table", () => {
  it("gives back the rows that were written, whatever the order of the columns", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...columns], { minLength: columns.length }), (order) => {
        const records = [
          order.map((column) => headers[column]),
          ...rows.map((row) => order.map((column) => String(row[column]))),
        ].map((cells, i) => ({ line: i + 1, cells }));
        expect(importTable(records)).toEqual({
          accepted: true,
          rows,
          digest: digestOf(rows),
          ignored: [],
        });
      }),
      { numRuns: 20 },
    );
  });

  it("knows each column by its own name in the code and in the template", () => {
    for (const column of columns)
      for (const name of [column, headers[column], headers[column].toUpperCase()])
        expect(columnNamed(name)).toBe(column);
    expect(columnNamed("Date of birth")).toBeUndefined();
  });
});

describe("a day", () => {
  it.each([
    ["2020-02-29", "2020-02-29"],
    ["29/02/2020", "2020-02-29"],
    ["1/2/2020", "2020-02-01"],
    [" 2020-02-01T00:00:00Z ", "2020-02-01"],
  ])("is read from %s", (text, value) => {
    expect(readDay(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["2019-02-29", "not-a-date"],
    ["30/02/2020", "not-a-date"],
    ["2020-02-01 10:30", "not-a-date"],
    ["1 February 2020", "not-a-date"],
    ["01/02/1020", "not-a-date"],
    ["01/02/20", "ambiguous-date"],
    ["01-02-2020", "ambiguous-date"],
    ["43862", "excel-serial-date"],
    ["", "required"],
  ])("is not guessed from %s", (text, code) => {
    expect(readDay(text)).toMatchObject({ ok: false, code });
  });
});

it("a flag is yes or no in the words of people and of spreadsheets", () => {
  for (const text of ["yes", "Y", "TRUE", "1"])
    expect(readFlag(text)).toMatchObject({ value: true });
  for (const text of ["No", "n", "false", "0"])
    expect(readFlag(text)).toMatchObject({ value: false });
  expect(readFlag("2")).toMatchObject({ ok: false, code: "not-recognised" });
});

it("text is one line without formulas, and no longer than its place", () => {
  expect(readText(5)("  a\n b ")).toEqual({ ok: true, value: "a b" });
  expect(readText(5)("abcdef")).toMatchObject({ code: "too-long" });
  expect(readText(9)("=A1+1")).toMatchObject({ code: "not-plain-text" });
  expect(readText(9)("a\u0000b")).toMatchObject({ code: "not-plain-text" });
  expect(readText(9, "unknown")(" ")).toEqual({ ok: true, value: "unknown" });
});
