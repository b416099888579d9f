/**
 * The fast tests over one mutation, which the environment names: the file is changed as it is
 * loaded and never on the disk.
 */
import { join } from "node:path";

import type { UserConfig } from "vite";

import { mutated, type Mutation } from "./mutations.ts";

const { ASSAY_MUTATION = "{}" } = process.env;
const { file, ...mutation } = JSON.parse(ASSAY_MUTATION) as Mutation & { readonly file?: string };
const root = join(import.meta.dirname, "../..");

export default {
  root,
  plugins: [
    {
      name: "assay-mutation",
      enforce: "pre",
      transform: (source, id) =>
        file !== undefined && id === join(root, file) ? mutated(source, mutation) : undefined,
    },
  ],
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/*.{live,page}.test.ts"],
    isolate: false,
    // What is kept from another run is another mutation's.
    fsModuleCache: false,
    maxWorkers: 1,
    bail: 1,
    reporters: ["dot"],
    setupFiles: ["infra/tidy/quiet-console.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
} satisfies UserConfig & { readonly test: object };
