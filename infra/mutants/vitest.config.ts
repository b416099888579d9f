/**
 * The fast tests over one mutation, which the environment names: the file is changed as it is
 * loaded and never on the disk.
 */
import { join } from "node:path";

import type { Plugin, UserConfig } from "vite";

import { mutated, type Mutation } from "./mutations.ts";

const { ASSAY_MUTATION = "{}", ASSAY_MUTATION_KINDS: kinds } = process.env;
const { file, ...fault } = JSON.parse(ASSAY_MUTATION) as Mutation & { readonly file?: string };
const root = join(import.meta.dirname, "../..");
const changed = file === undefined ? undefined : join(root, file);

type TestFile = { readonly moduleId: string };

/** How much of the path they have in common: `panel.ts` and `panel.test.ts` have the most. */
const nearness = ({ moduleId }: TestFile): number => {
  const differs = [...moduleId].findIndex((letter, at) => letter !== changed?.[at]);
  return differs < 0 ? moduleId.length : differs;
};

/** The tests beside a change are the likeliest to notice it, and the first failure is enough. */
class NearestFirst {
  sort<File extends TestFile>(files: File[]): File[] {
    return files.toSorted((a, b) => nearness(b) - nearness(a));
  }

  shard<File>(files: File[]): File[] {
    return files;
  }
}

type Keys = {
  readonly defineCacheKeyGenerator: (
    key: (module: { readonly id: string }) => string | undefined,
  ) => void;
};

/** What is kept of a module is another mutant's unless the mutation is part of its key. */
const mutation: Plugin & { readonly configureVitest: (keys: Keys) => void } = {
  name: "assay-mutation",
  enforce: "pre",
  transform: (source, id) => (id === changed ? mutated(source, fault) : undefined),
  configureVitest: ({ defineCacheKeyGenerator }) =>
    defineCacheKeyGenerator(({ id }) => (id === changed ? ASSAY_MUTATION : undefined)),
};

export default {
  root,
  plugins: [mutation],
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
