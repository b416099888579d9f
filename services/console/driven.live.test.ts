import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { changeCode, copyCode } from "./contract/code-copy.ts";

const chart = "packages/domain/panel/machine.ts";
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "assay-driven-"));
  copyCode(copy);
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

  changeCode(join(copy, chart), '    RatingsConcluded: "#panel.concluded",\n', "");

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
