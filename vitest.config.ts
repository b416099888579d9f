/**
 * Three kinds of tests, told apart by their names: fast ones, live ones that start the servers
 * they need or carry whole inspections through an engine, and page ones that need a browser. In
 * all of them unexpected console output fails.
 */
import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const folders = "{packages,services,infra,bench}/**";

/**
 * Files share one process for each core, where every module is loaded once. Our modules keep no
 * state that a test could change, and a file that leaves the process changed fails.
 */
const together = {
  isolate: false,
  maxWorkers: availableParallelism(),
  setupFiles: ["infra/tidy/left-as-found.ts"],
};

/** Each file has a process, servers and browsers of its own, and no test looks at the clock. */
const apart = { maxWorkers: 2, testTimeout: 300_000, hookTimeout: 300_000 };

/** These begin first, so that no worker is left alone with one of them at the end. */
const longest = [
  "infra/services/disturbed.live.test.ts",
  "infra/faults/faults.live.test.ts",
  "infra/embedded/killed.live.test.ts",
  "infra/embedded/fuzz.live.test.ts",
  "infra/neighbours/whole.live.test.ts",
  "packages/ledger/every-byte.live.test.ts",
  "services/console/submitting.live.test.ts",
  "packages/report/typesetter.live.test.ts",
  "packages/report/scripts.live.test.ts",
  "packages/verifier/forger.live.test.ts",
  "packages/spec/barred.test.ts",
  "infra/cli/program.test.ts",
  "services/console/api/openapi.test.ts",
  "services/console/fixtures/looks.page.test.ts",
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(path));
  return place < 0 ? longest.length : place;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

export default defineConfig({
  test: {
    restoreMocks: true,
    sequence: { sequencer: LongestFirst },
    setupFiles: ["infra/tidy/quiet-console.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: [`${folders}/*.test.ts`],
          exclude: ["**/node_modules/**", "**/*.{live,page}.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          ...together,
        },
      },
      {
        extends: true,
        test: { name: "live", include: [`${folders}/*.live.test.ts`], ...apart },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: [`${folders}/*.page.test.ts`],
          globalSetup: ["infra/embedded/unpack-browser.ts"],
          ...apart,
        },
      },
    ],
  },
});
