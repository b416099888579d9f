/**
 * The fast tests over one mutation, which the environment names: the file is changed as it is
 * loaded and never on the disk.
 */
import { join } from "node:path";

import type { UserConfig } from "vite";
import { BaseSequencer, type TestSpecification, type VitestPluginContext } from "vitest/node";

import { mutated, type Mutation } from "./mutations.ts";

const { ASSAY_MUTATION = "{}", ASSAY_MUTATION_KINDS: kinds } = process.env;
const { file, ...mutation } = JSON.parse(ASSAY_MUTATION) as Mutation & { readonly file?: string };
const root = join(import.meta.dirname, "../..");
const changed = file === undefined ? undefined : join(root, file);

/** How much of the path they have in common: `panel.ts` and `panel.test.ts` have the most. */
const nearness = ({ moduleId }: TestSpecification): number => {
  const differs = [...moduleId].findIndex((letter, at) => letter !== changed?.[at]);
  return differs < 0 ? moduleId.length : differs;
};

/** The tests beside a change are the likeliest to notice it, and the first failure is enough. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => nearness(b) - nearness(a));
  }
}

export default {
  root,
  plugins: [
    {
      name: "assay-mutation",
      enforce: "pre",
      transform: (source, id) => (id === changed ? mutated(source, mutation) : undefined),
      configureVitest: ({ defineCacheKeyGenerator }: VitestPluginContext) =>
        defineCacheKeyGenerator(({ id }) => (id === changed ? ASSAY_MUTATION : undefined)),
    },
  ],
  test: {
    include: ["**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      kinds === "live" ? "**/*.page.test.ts" : "**/*.{live,page}.test.ts",
    ],
    isolate: false,
    fsModuleCache: true,
    fsModuleCachePath: join(root, ".cache/mutants"),
    sequence: { sequencer: NearestFirst },
    maxWorkers: 1,
    bail: 1,
    reporters: ["dot"],
    setupFiles: ["infra/tidy/quiet-console.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
} satisfies UserConfig & { readonly test: object };
