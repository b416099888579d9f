/**
 * Checks the walls of `wall-rules.ts` over a tree and counts what it looked at, because
 * a checker that cannot read TypeScript finds nothing and is content.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { cruise, type ICruiseResult, type IViolation } from "dependency-cruiser";

import { reading, resolving, walls } from "./wall-rules.ts";

export type Survey = {
  /** Our own modules that were read. */
  readonly modules: number;
  readonly dependencies: number;
  /** One line for each violation: the wall, who climbs it, where to. */
  readonly violations: readonly Violation[];
};

export type Violation = { readonly wall: string; readonly from: string; readonly to: string };

/** It has packages of its own, which are seldom installed; nothing imports it by name. */
const apart = "^bench/peers/";
const folders = ["packages", "services", "infra", "bench"];

/** Whether a module of this checkout is held against the walls. */
export const isWalled = (path: string): boolean =>
  path.endsWith(".ts") &&
  folders.some((folder) => path.startsWith(`${folder}/`)) &&
  !new RegExp(apart).test(path);

/** `root` is the top of a checkout, or of something planted in the same shape. */
export const surveyWalls = async (root: string): Promise<Survey> => {
  const { output } = await cruise(
    folders.filter((folder) => existsSync(join(root, folder))),
    {
      ...reading,
      exclude: apart,
      baseDir: resolve(root),
      ruleSet: { forbidden: walls },
      validate: true,
    },
    resolving,
  );
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter(({ source }) =>
    folders.some((folder) => source.startsWith(`${folder}/`)),
  );
  return {
    modules: own.length,
    dependencies: own.reduce((sum, module) => sum + module.dependencies.length, 0),
    violations: summary.violations.map(violationOf),
  };
};

const violationOf = ({ rule, from, to }: IViolation): Violation => ({
  wall: rule.name,
  from,
  to,
});
