/** What is set up before every test file, seen in a run of its own: noise and traces both fail. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { beforeAll, expect, test } from "vitest";

import { plant } from "./planted.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));

const files = {
  "noisy.test.ts": `
    import { expect, test, vi } from "vitest";
    test("prints", () => { console.warn("look here"); });
    test("is silent", () => {});
    test("expects it", () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      console.warn("expected");
      expect(warn).toHaveBeenCalledWith("expected");
    });
  `,
  "tidy.test.ts": `
    import { test } from "vitest";
    test("tidies up", () => {
      process.env.PLANTED_FOR_A_WHILE = "here";
      delete process.env.PLANTED_FOR_A_WHILE;
    });
  `,
  "untidy.test.ts": `
    import { test, vi } from "vitest";
    test("leaves traces", () => {
      process.env.PLANTED = "here";
      process.exitCode = 3;
      globalThis.fetch = () => {};
      vi.useFakeTimers({ toFake: ["performance"] });
    });
  `,
};

type Run = {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

let results: Run["testResults"];

const resultOf = (file: string) => results.find(({ name }) => name.endsWith(`/${file}`))!;

beforeAll(async () => {
  const setup = ["quiet-console.ts", "left-as-found.ts"].map((x) => join(house, "infra/tidy", x));
  using planted = plant(
    {
      ...files,
      "vitest.config.ts": `export default { test: {
        restoreMocks: true,
        isolate: false,
        maxWorkers: 1,
        setupFiles: ${JSON.stringify(setup)},
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
  results = (JSON.parse(readFileSync(report, "utf8")) as Run).testResults;
});

test("unexpected console output fails the test that made it, and no other", () => {
  const { assertionResults } = resultOf("noisy.test.ts");
  expect(assertionResults.map(({ title, status }) => [title, status])).toEqual([
    ["prints", "failed"],
    ["is silent", "passed"],
    ["expects it", "passed"],
  ]);
  expect(assertionResults[0]!.failureMessages.join()).toContain("console.warn: look here");
});

test("a file that leaves the process changed fails, and names what it changed", () => {
  expect(resultOf("tidy.test.ts").status).toBe("passed");
  const { status, message } = resultOf("untidy.test.ts");
  expect(status).toBe("failed");
  for (const name of [
    "process.env.PLANTED",
    "process.exitCode",
    "globalThis.fetch",
    "isFakeTimers",
  ])
    expect(message).toContain(name);
});
