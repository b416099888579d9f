import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { mutationsOf } from "./mutations.ts";
import { tryOut } from "./trial.ts";
import { refusedByTypes } from "./compiling.ts";

const area = "infra/mutants";
const near = { below: area };
const file = `${area}/planted/grade.ts`;
const source = readFileSync(join(import.meta.dirname, "planted/grade.ts"), "utf8");
const becoming = (text: string) =>
  mutationsOf(file, source).find(({ becomes }) => becomes === text)!;

it("a change that a test looks at is killed, and one that none looks at survives", async () => {
  expect(await tryOut({ file }, near)).toBe("survived");
  expect(await tryOut({ file, ...becoming("points > 10") }, near)).toBe("killed");
  expect(await tryOut({ file, ...becoming('"well donex"') }, near)).toBe("killed");
  expect(await tryOut({ file, ...becoming('"not enoughx"') }, near)).toBe("survived");
  expect(await tryOut({ file: `${area}/main.ts` }, near)).toBe("untested");
});

it("what the types refuse is told apart from what compiles", () => {
  const mutant = (text: string) => ({ file, ...becoming(text) });
  const [refused, compiled] = [mutant("undefined"), mutant('"not enoughx"')];
  expect(refusedByTypes([refused, compiled])).toEqual(new Set([refused]));
});

it("leaves the file as it was", () => {
  expect(readFileSync(join(import.meta.dirname, "planted/grade.ts"), "utf8")).toBe(source);
});
