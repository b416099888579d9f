/** A test that prints fails; one that expects what is printed passes: seen in a run of its own. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { plant } from "./planted.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));

const noisy = `
import { expect, test, vi } from "vitest";
test("prints", () => { console.warn("look here"); });
test("is silent", () => {});
test("expects it", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  console.warn("expected");
  expect(warn).toHaveBeenCalledWith("expected");
});
`;

type Run = {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

test("unexpected console output fails the test that made it, and no other", async () => {
  using planted = plant(
    {
      "noisy.test.ts": noisy,
      "vitest.config.ts": `export default { test: {
        restoreMocks: true,
        setupFiles: [${JSON.stringify(join(house, "infra/tidy/quiet-console.ts"))}],
      } };`,
    },
    join(house, ".cache"),
  );
  const report = join(planted.root, "report.json");
  await promisify(execFile)(
    join(house, "node_modules/.bin/vitest"),
    ["run", "--root", planted.root, "--reporter", "json", "--outputFile", report],
    { cwd: planted.root },
  ).catch((error: unknown) => error);
  const results = (JSON.parse(readFileSync(report, "utf8")) as Run).testResults.flatMap(
    (file) => file.assertionResults,
  );
  expect(results.map(({ title, status }) => [title, status])).toEqual([
    ["prints", "failed"],
    ["is silent", "passed"],
    ["expects it", "passed"],
  ]);
  expect(results[0]!.failureMessages.join()).toContain("console.warn: look here");
});
