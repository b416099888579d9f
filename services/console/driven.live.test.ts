import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

const house = join(import.meta.dirname, "../..");
const chart = "packages/domain/panel/machine.ts";
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "assay-driven-"));
  for (const folder of ["packages", "services", "infra"])
    cpSync(join(house, folder), join(copy, folder), { recursive: true, verbatimSymlinks: true });
  cpSync(join(house, "package.json"), join(copy, "package.json"));
  symlinkSync(join(house, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** What the copy's code answers, offers, owes and draws. */
const told = () =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "infra/cli/contract/driven.ts"],
      { cwd: copy, encoding: "utf8" },
    ),
  ) as {
    readonly answer: string;
    readonly form: boolean;
    readonly duties: readonly string[];
    readonly drawn: readonly string[];
    readonly api: {
      readonly now: readonly string[];
      readonly refused: readonly { readonly command: string; readonly phase: string }[];
    };
    readonly cli: string;
  };

it("follows one transition of a chart everywhere, with no other file touched", () => {
  const before = told();
  expect(before).toMatchObject({ answer: "accepted", form: true });
  expect(before.duties).toContain("conclude");
  expect(before.drawn).toContain("RatingsConcluded");
  expect(before.api.now).toContain("ConcludePanel");
  expect(before.cli).toMatch(/^Possible now\n(\w+\n)*ConcludePanel\n/);

  const source = readFileSync(join(copy, chart), "utf8");
  const without = source.replace('    RatingsConcluded: "#panel.concluded",\n', "");
  expect(without).not.toBe(source);
  writeFileSync(join(copy, chart), without);

  const after = told();
  expect(after).toMatchObject({ answer: "NotInThisPhase", form: false });
  expect(after.duties).not.toContain("conclude");
  expect(after.drawn).not.toContain("RatingsConcluded");
  expect(after.api.now).not.toContain("ConcludePanel");
  expect(after.api.refused).toContainEqual({
    command: "ConcludePanel",
    reason: "NotInThisPhase",
    phase: "panel sitting.first",
    because: "The panel is sitting. This can no longer be done.",
  });
  expect(after.cli).toMatch(/\nConcludePanel +The panel is sitting\. This can no longer be done\./);
});
