import { printed } from "@assay/domain/kernel/printed.ts";
import { expect, it } from "vitest";

import { trySection } from "../pdf.ts";
import { settingProblems } from "./limits.ts";
import { proseBlocks } from "./prose.ts";

const row = (cells: number, text = "x"): string => `|${` ${text} |`.repeat(cells)}`;
const table = (columns: number, rows: number): string =>
  [
    row(columns),
    `|${"---|".repeat(columns)}`,
    ...Array.from({ length: rows }, () => row(columns)),
  ].join("\n");

it.each([
  ["a table of one column", table(1, 2), "one column", 1],
  ["a table that is too wide", `Words.\n\n${table(20, 2)}`, "20 columns", 3],
  ["a table of 20,000 rows", table(3, 20_000), "lines", 5000],
  ["a table of 1,000 rows", table(3, 1000), "1000 rows", 1],
  ["a table without a first heading", "|  | B |\n|---|---|\n| x | y |", "no heading", 1],
  ["an empty heading", "Text.\n\n## \n\nMore.", "empty", 3],
  ["quotations sixty deep", `${"> ".repeat(60)}deep`, "6 deep", 1],
  ["lists sixty deep", `${"- ".repeat(60)}deep`, "6 deep", 1],
  [
    "lists indented sixty deep",
    Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
    "6 deep",
    25,
  ],
  ["a run of marks", "_a".repeat(40_000), "marks", 1],
  ["a run of brackets", "[".repeat(80_000), "marks", 1],
])("refuses %s with its line", (_, markdown, said, line) => {
  expect(settingProblems(markdown)[0]).toEqual({ line, problem: expect.stringContaining(said) });
});

it("leaves what no parser may have as it was typed, for those who recorded it before", () => {
  const markdown = "_a".repeat(40_000);
  expect(proseBlocks(markdown, "part")).toEqual([
    { kind: "paragraph", children: [{ kind: "text", text: markdown }] },
  ]);
});

const deep = (mark: string, depth: number): string => `${mark.repeat(depth)}text`;

it.each([
  ["a list five deep", deep("- ", 5)],
  ["a quotation five deep", deep("> ", 5)],
  ["a wide table with empty cells", "| A | B | C |\n|---|--:|---|\n|  |  |  |\n| x | 1 | **y** |"],
  ["a table of 300 rows", table(4, 300)],
  ["long words", "a".repeat(5000)],
  ["addresses", "www.example.org a@b.example https://x.example/".repeat(100)],
  ["an empty item", "- \n-\n- a"],
  ["a link without words", "[](https://x.example/) text"],
  ["code and markup", "```\n<b>\n```\n\n`x` <script>alert(1)</script>"],
  ["a line of marks", "***\n\n---\n\n* * *\n\ntext"],
  ["unclosed marks", "**bold *and\n\n[link](\n\n> quote\n- list\n1. one"],
  ["a Word paste", "\uf0b7\tFirst\r\n\uf0b7\tSecond\u00a0\u2013 \u201cquoted\u201d\r\no\tInner"],
  ["an Excel paste", "Area\tCount\tRate\r\nNorth\t1,234\t5.6%\r\nSouth\t\t–"],
  ["references", "[a]: https://x.example/\n\n[a] and ![b](c.png) and [x]"],
  ["headings of every level", "# a\n\n### b\n\n###### c\n\nSet\n==="],
])("sets %s", (_, pasted) => {
  const markdown = printed(200_000).parse(pasted);
  expect(settingProblems(markdown)).toEqual([]);
  expect(() => trySection(markdown)).not.toThrow();
});
