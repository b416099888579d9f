import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { document2018 } from "../framework/shipped.ts";
import { digestOf } from "./case-list.ts";
import { settingsOfFormat1 } from "./certificate-format-1.ts";
import { madeUpRows } from "./contract/made-up-rows.ts";
import { columnFinder } from "./import-columns.ts";
import { readDay, readerOf, readFlag, readText } from "./import-values.ts";
import { importTable } from "./import.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const { columns } = settings;

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
          order.map(({ label }) => label),
          ...rows.map((row) => order.map(({ name }) => String(row[name]))),
        ].map((cells, i) => ({ line: i + 1, cells }));
        expect(importTable(records, settings)).toEqual({
          accepted: true,
          rows,
          digest: digestOf(rows, columns),
          ignored: [],
        });
      }),
      { numRuns: 20 },
    );
  });

  it("knows each column by its own name in the code and in the template", () => {
    const find = columnFinder(columns);
    for (const column of columns)
      for (const name of [column.name, column.label, column.label.toUpperCase()])
        expect(find(name)).toBe(column);
    expect(find("Date of birth")).toBeUndefined();
  });
});

describe("a number", () => {
  const read = readerOf({
    name: "score",
    label: "Score",
    type: { kind: "number", least: 0, most: 10 },
    blank: 0,
  });

  it.each([
    ["7", 7],
    [" 7.5 ", 7.5],
    ["", 0],
  ])("is read from %s", (text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it.each(["11", "-1", "seven", "1e1", "7,5"])("is refused: %s", (text) => {
    const expected = "a number such as 12 or 12.5, at least 0, at most 10";
    expect(read(text)).toEqual({ ok: false, code: "not-a-number", expected });
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
  expect(readText(9, { whenBlank: "unknown" })(" ")).toEqual({ ok: true, value: "unknown" });
});
