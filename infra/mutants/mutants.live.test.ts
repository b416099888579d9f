import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { mutationsOf } from "./mutations.ts";
import { tryOut } from "./trial.ts";

const area = "infra/mutants";
const file = `${area}/planted/grade.ts`;
const source = readFileSync(join(import.meta.dirname, "planted/grade.ts"), "utf8");
const becoming = (text: string) =>
  mutationsOf(file, source).find(({ becomes }) => becomes === text)!;

it("a change that a test looks at is killed, and one that none looks at survives", async () => {
  expect(await tryOut({ file }, area)).toBe("survived");
  expect(await tryOut({ file, ...becoming("points > 10") }, area)).toBe("killed");
  expect(await tryOut({ file, ...becoming('"well donex"') }, area)).toBe("killed");
  expect(await tryOut({ file, ...becoming('"not enoughx"') }, area)).toBe("survived");
  expect(await tryOut({ file: `${area}/main.ts` }, area)).toBe("untested");
});

it("leaves the file as it was", () => {
  expect(readFileSync(join(import.meta.dirname, "planted/grade.ts"), "utf8")).toBe(source);
});
