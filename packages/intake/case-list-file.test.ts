import { describe, expect, it } from "vitest";

import { document2018 } from "@assay/domain/framework/shipped.ts";
import { CaseRow } from "@assay/domain/sampling/case-list.ts";
import { settingsOfFormat1 } from "@assay/domain/sampling/certificate-format-1.ts";
import type { Imported } from "@assay/domain/sampling/import.ts";
import type { Problem } from "@assay/domain/sampling/table-record.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";

import { readCaseList } from "./case-list-file.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const heading =
  "Case reference,Disposal type,Disposal date,Gender,Age band,Ethnicity,RoSH," +
  "Safety and wellbeing,Case manager,Child reference,Restricted,Work started";
const line = "A1,Referral order,2020-02-01,Female,10-14,White,Low,Medium,CM1,CH1,no,yes";
const csv = (...lines: readonly string[]): string => [heading, ...lines].join("\n");
const read = (content: string | Uint8Array): Imported => readCaseList({ content, settings });

const rowsOf = (imported: Imported): readonly CaseRow[] => {
  if (!imported.accepted) expect.fail(JSON.stringify(imported.problems));
  return imported.rows;
};
const problemsOf = (imported: Imported): readonly Problem[] => {
  if (imported.accepted) expect.fail("the list was accepted");
  return imported.problems;
};
const reversed = (text: string): string =>
  text
    .split("\n")
    .map((each) => each.split(",").reverse().join(","))
    .join("\n");

describe("reading a case list", () => {
  it("understands the template, and every row fits the schema", () => {
    const rows = rowsOf(read(caseListTemplate(settings.columns)));
    const disposals = settings.columns.flatMap(({ type }) =>
      type.kind === "choice" && type.values.length > 6
        ? [type.values.map(({ value }) => value)]
        : [],
    );
    expect(disposals).toEqual([rows.map((row) => row["disposal"])]);
    for (const row of rows) expect(CaseRow.parse(row)).toEqual(row);
  });

  const plainDigest = read(csv(line));
  it.each([
    ["columns in another order", reversed(csv(line))],
    ["a byte order mark", `\uFEFF${csv(line)}`],
    ["Windows line ends", csv(line).replaceAll("\n", "\r\n")],
    ["old Macintosh line ends", csv(line).replaceAll("\n", "\r")],
    ["semicolons", csv(line).replaceAll(",", ";")],
    ["tabs", csv(line).replaceAll(",", "\t")],
    ["a line that announces the separator", `sep=;\n${csv(line).replaceAll(",", ";")}`],
    ["quoted cells", csv(line.replaceAll(/[^,]+/g, '"$&"'))],
    ["text guards", csv(line.replace("A1", '"=""A1"""'))],
    ["bare text guards", csv(line.replace("A1", '="A1"'))],
    ["British dates", csv(line.replace("2020-02-01", "01/02/2020"))],
    ["dates with a midnight", csv(line.replace("2020-02-01", "2020-02-01 00:00:00"))],
    ["other words for flags", csv(line.replace("no,yes", "FALSE,1"))],
    ["capitals and spaces", csv(line.replace("Referral order", "  REFERRAL-ORDER "))],
    ["blank rows and columns at the end", `${csv(line).replaceAll("\n", ",,\n")},,\n,,,\n\n`],
    ["a column of its own", csv(`${line},note`).replace("Work started", "Work started,Remarks")],
    ["UTF-16, as Excel's Unicode text", Buffer.from(`\uFEFF${csv(line)}`, "utf16le")],
    ["JSON", JSON.stringify([jsonCase()])],
    ["JSON under a key", JSON.stringify({ cases: [jsonCase()] })],
  ])("reads the same list from %s", (_, content) => {
    expect(rowsOf(read(content))).toEqual(rowsOf(plainDigest));
    expect(read(content)).toMatchObject({ digest: (plainDigest as { digest: string }).digest });
  });

  it("takes a missing level or gender as unknown rather than leave the case out", () => {
    const [row] = rowsOf(read(csv("A1,YRO,2020-02-01,,,,,not assessed,,CH1,no,yes")));
    expect(row).toMatchObject({
      gender: "unknown",
      rosh: "unknown",
      safety: "unknown",
      manager: "",
    });
  });

  it("reads letters of Windows-1252 where the bytes are no UTF-8", () => {
    const bytes = Buffer.from(csv(line.replace("White", "Caf\u00e9")), "latin1");
    expect(rowsOf(read(bytes))[0]!["ethnicity"]).toBe("Caf\u00e9");
  });
});

function jsonCase(): object {
  return {
    caseRef: "A1",
    disposalType: "referral-order",
    disposalDate: "2020-02-01",
    gender: "female",
    age_band: "10-14",
    ethnicity: "White",
    rosh: "low",
    safetyClassification: "medium",
    caseManager: "CM1",
    childRef: "CH1",
    restricted: false,
    workStarted: true,
  };
}

describe("a case list with faults", () => {
  it.each([
    ["a workbook", [0x50, 0x4b, 3, 4, 20, 0]],
    ["an old workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
    ["a gzip archive", [0x1f, 0x8b, 8, 0]],
  ])("is not unpacked: %s is refused with what to do", (_, bytes) => {
    const [problem] = problemsOf(read(Uint8Array.from(bytes)));
    expect(problem?.expected).toContain("save the sheet as CSV first");
  });

  it("is reported whole, each with its line, column, value and what is expected", () => {
    const problems = problemsOf(
      read(
        csv(
          '"A1\nx",Referral order,02/13/2020,Femle,,,Low,Medium,CM1,CH1,no,yes',
          "",
          "A2,Fine,43862,Female,,,Severe,Medium,CM1,,perhaps,yes",
          line.replace("2020-02-01", "01/02/20"),
          `${line.replace("A1", "=1+1")},extra`,
        ),
      ),
    );
    expect(
      problems.map(({ line: at, column, header, value, code }) => [
        at,
        column,
        header,
        value,
        code,
      ]),
    ).toEqual([
      [2, 3, "Disposal date", "02/13/2020", "not-a-date"],
      [2, 4, "Gender", "Femle", "not-recognised"],
      [5, 2, "Disposal type", "Fine", "not-recognised"],
      [5, 3, "Disposal date", "43862", "excel-serial-date"],
      [5, 7, "RoSH", "Severe", "not-recognised"],
      [5, 10, "Child reference", "", "required"],
      [5, 11, "Restricted", "perhaps", "not-recognised"],
      [6, 3, "Disposal date", "01/02/20", "ambiguous-date"],
      [7, 1, "Case reference", "=1+1", "not-plain-text"],
      [7, 13, undefined, "extra", "too-many-cells"],
    ]);
    expect(problems[3]!.expected).toContain("2020-02-01");
    expect(problems[1]!.expected).toBe("one of: female, male, other, unknown");
  });

  it.each([
    ["a reference that was shortened", "A1", "1.23457E+11", "spoilt-by-a-spreadsheet"],
    ["a child's reference that was shortened", "CH1", "1,2E+05", "spoilt-by-a-spreadsheet"],
    ["an error in place of a reference", "A1", "#N/A", "spoilt-by-a-spreadsheet"],
    ["an error in place of a date", "2020-02-01", "#VALUE!", "spoilt-by-a-spreadsheet"],
    ["an error that would be read as a word", "Female", "#N/A", "spoilt-by-a-spreadsheet"],
    ["a column that was too narrow", "2020-02-01", "########", "spoilt-by-a-spreadsheet"],
    ["an age band that became a month", "10-14", "Oct-14", "spoilt-by-a-spreadsheet"],
    ["an age band that became a day", "10-14", "14-Oct", "spoilt-by-a-spreadsheet"],
    ["an age band that became a date", "10-14", "01/10/2014", "spoilt-by-a-spreadsheet"],
    ["a placeholder for a reference", "A1", "TBC", "placeholder"],
    ["a dash for a reference", "A1", "-", "placeholder"],
    ["zeros for a reference", "A1", "0000", "placeholder"],
    ["a placeholder for a child", "CH1", "n/a", "placeholder"],
    ["a placeholder for a worker", "CM1", "Unknown", "placeholder"],
    ["a character that nobody sees", "A1", "A\u200B1", "not-plain-text"],
    ["a sign of turned writing", "CH1", "CH\u202E1", "not-plain-text"],
    ["a lost character", "White", "Caf\uFFFD", "not-plain-text"],
    ["a formula that begins with a plus", "A1", "+1+1", "not-plain-text"],
    ["a formula that begins with a minus", "CM1", "-1+1", "not-plain-text"],
  ])("refuses %s at its place", (_, whole, spoilt, code) => {
    const [, cells] = [heading, line].map((each) => each.split(","));
    const content = csv(
      line
        .split(",")
        .map((cell) => (cell === whole ? `"${spoilt}"` : cell))
        .join(","),
    );
    expect(problemsOf(read(content))).toMatchObject([
      { line: 2, column: cells!.indexOf(whole) + 1, value: spoilt, code },
    ]);
  });

  it("keeps every digit of a number in JSON, and refuses one that was shortened there", () => {
    const written = (ref: string) => JSON.stringify([jsonCase()]).replace('"A1"', ref);
    expect(rowsOf(read(written("12345678901234567890")))[0]).toMatchObject({
      ref: "12345678901234567890",
    });
    expect(problemsOf(read(written("1.5e300")))).toMatchObject([
      { value: "1.5e300", code: "spoilt-by-a-spreadsheet" },
    ]);
  });

  it("says on which line the header seems to be, and what else is wrong", () => {
    const titled = `Case list of Northvale,,\nAs of May,,\n${csv(line.replace("Low", "Severe"))}`;
    const problems = problemsOf(read(titled));
    expect(problems.map(({ line: at, code }) => [at, code])).toEqual([
      [1, "header-elsewhere"],
      [4, "not-recognised"],
    ]);
    expect(problems[0]!.expected).toContain("line 3");
  });

  it("names repeated references beside whatever else is wrong", () => {
    const content = csv(line, line.replace("CH1", "CH2"), line.replace("Low", "Severe"));
    expect(
      problemsOf(read(content))
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual([...["not-recognised", "repeated-reference"]]);
  });

  it("names each missing and each repeated column", () => {
    const problems = problemsOf(read("Ref,Gender,Sex\nA1,F,F"));
    expect(problems.filter(({ code }) => code === "missing-column")).toHaveLength(10);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: "repeated-column", column: 3 }),
    );
  });

  it("may repeat a reference only for one child's same disposal", () => {
    expect(rowsOf(read(csv(line, line)))).toHaveLength(2);
    const other = problemsOf(read(csv(line, line.replace("CH1", "CH2"))));
    expect(other).toMatchObject([{ line: 3, column: 1, value: "A1", code: "repeated-reference" }]);
  });

  it("reports a quotation mark that is never closed together with the rows before it", () => {
    const problems = problemsOf(read(csv(line.replace("Low", "Severe"), `"${line}`, line)));
    expect(problems.map(({ line: at, code }) => [at, code])).toEqual([
      [2, "not-recognised"],
      [3, "malformed"],
    ]);
  });

  it.each([
    ["an empty file", ""],
    ["a header alone", heading],
    ["no cases", "[]"],
  ])("with %s holds no list", (_, content) => {
    expect(problemsOf(read(content))).toMatchObject([{ code: "empty-list" }]);
  });

  it("tells the lines of JSON", () => {
    const faulty = { ...jsonCase(), rosh: "severe" };
    const text = JSON.stringify({ cases: [jsonCase(), faulty] }, undefined, 1);
    const expected = text.slice(0, text.lastIndexOf("{")).split("\n").length;
    expect(problemsOf(read(text))).toMatchObject([{ line: expected, header: "rosh" }]);
    expect(problemsOf(read('[{"a": 1},\n oops]'))).toMatchObject([{ line: 2, code: "malformed" }]);
  });
});

it("tells how far it has come through a long list", () => {
  const lines = Array.from({ length: 5000 }, (_, i) => line.replace("A1", `A${i}`));
  const told: number[] = [];
  const imported = readCaseList({
    settings,
    content: csv(...lines),
    progress: (done, total) => told.push(done / total),
  });
  expect(rowsOf(imported)).toHaveLength(5000);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.length).toBeGreaterThan(8);
  expect(told.at(-1)).toBe(1);
});
