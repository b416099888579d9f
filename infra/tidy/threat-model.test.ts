import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Attacker, asset, threat, control, test: what each row of the threat model says. */
const rowsIn = (markdown: string): readonly (readonly string[])[] =>
  markdown
    .split("\n")
    .filter((line) => /^\| (?!Attacker|-)/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const problemsIn = (markdown: string): readonly string[] =>
  rowsIn(markdown).flatMap((cells) => {
    const [attacker = "", asset = "", threat = "", control = "", test = ""] = cells;
    if ([attacker, asset, threat, control].includes("")) return [`unfinished: ${threat}`];
    const file = /^`([\w./-]+\.test\.ts)`$/.exec(test)?.[1];
    return file && existsSync(join(root, file)) ? [] : [`no such test: ${test} (${threat})`];
  });

it("names attacker, asset, control and a test that exists for every threat", () => {
  const markdown = readFileSync(join(root, "docs/threat-model.md"), "utf8");
  expect(rowsIn(markdown).length).toBeGreaterThan(15);
  expect(problemsIn(markdown)).toEqual([]);
});

it("would say so otherwise", () => {
  const row = (test: string): string => `| Outsider | data | reads | a lock | ${test} |`;
  expect(problemsIn(row("`packages/none.test.ts`"))).toHaveLength(1);
  expect(problemsIn(row(""))).toHaveLength(1);
  expect(problemsIn("| Outsider |  | reads | a lock | `x.test.ts` |")).toHaveLength(1);
});
