/** Each wall reports what climbs it; that none is climbed here is what `npm run verify` checks. */
import { expect, test } from "vitest";

import { plant } from "./planted.ts";
import { walls } from "./wall-rules.ts";
import { surveyWalls } from "./walls.ts";

type Climb = readonly [wall: string, from: string, to: string];

/** For each wall an import that it forbids. Both files are planted; `to` may be a package. */
const climbs: readonly Climb[] = [
  ["resolved", "packages/store/lost.ts", "./nowhere.ts"],
  ["no-cycles", "packages/bus/egg.ts", "packages/bus/hen.ts"],
  ["domain-is-pure", "packages/domain/ratings/reads-files.ts", "node:fs"],
  ["domain-is-pure", "packages/domain/ratings/logs.ts", "pino"],
  ["domain-is-pure", "packages/domain/ratings/stores.ts", "packages/store/port.ts"],
  ["kernel-stands-alone", "packages/domain/kernel/knows.ts", "packages/domain/ratings/bands.ts"],
  ["rules-know-no-step", "packages/domain/ratings/asks.ts", "packages/domain/panel/events.ts"],
  ["steps-share-facts", "packages/domain/panel/asks.ts", "packages/domain/fieldwork/decide.ts"],
  ["outsiders-read-facts", "packages/domain/briefing/asks.ts", "packages/domain/panel/flow.ts"],
  ["audit-looks-on", "packages/domain/panel/audits.ts", "packages/domain/audit/explain.ts"],
  ["events-come-first", "packages/domain/panel/events.ts", "packages/domain/panel/flow.ts"],
  ["commands-come-second", "packages/domain/panel/commands.ts", "packages/domain/panel/flow.ts"],
  ["machine-knows-facts-only", "packages/domain/panel/machine.ts", "packages/domain/panel/flow.ts"],
  [
    "decide-before-flow",
    "packages/domain/fieldwork/decide.ts",
    "packages/domain/fieldwork/flow.ts",
  ],
  ["charts-in-machines", "packages/domain/panel/walks.ts", "xstate"],
  ["parsing-at-borders", "packages/domain/panel/parses.ts", "zod"],
  ["services-parse-in-config", "services/panel/parses.ts", "zod"],
  ["adapters-below-host", "packages/store/serves.ts", "packages/host/serve.ts"],
  ["adapters-below-host", "packages/ledger/sends.ts", "packages/bus/port.ts"],
  ["vault-above-the-store", "packages/vault/sends.ts", "packages/bus/port.ts"],
  ["host-knows-no-step", "packages/host/knows.ts", "packages/domain/panel/events.ts"],
  ["packages-below-services", "packages/host/runs.ts", "services/panel/service.ts"],
  ["services-stand-apart", "services/fieldwork/calls.ts", "services/panel/service.ts"],
  ["service-owns-one-step", "services/panel/rules.ts", "packages/domain/fieldwork/decide.ts"],
  ["services-below-infra", "services/panel/starts.ts", "infra/embedded/main.ts"],
  ["tests-stay-outside", "packages/host/tries.ts", "packages/domain/panel/decide.test.ts"],
  ["tests-stay-outside", "packages/host/tells.ts", "packages/spec/story.ts"],
  ["tests-stay-outside", "services/panel/suits.ts", "packages/store/contract.ts"],
  ["bench-stays-outside", "infra/embedded/measures.ts", "bench/main.ts"],
];

/** Imports that no wall is in the way of. */
const doors: readonly (readonly [from: string, to: string])[] = [
  ["packages/domain/panel/decide.ts", "packages/domain/fieldwork/assessment/events.ts"],
  ["packages/domain/panel/digest.ts", "@noble/hashes"],
  ["packages/domain/briefing/reads.ts", "packages/domain/fieldwork/assessment/events.ts"],
  ["packages/domain/audit/differs.ts", "packages/domain/panel/decide.ts"],
  ["packages/domain/publication/commands.ts", "zod"],
  ["packages/domain/publication/machine.ts", "xstate"],
  ["packages/domain/panel/story.test.ts", "packages/spec/story.ts"],
  ["services/publication/reacts.ts", "packages/domain/panel/events.ts"],
  ["services/publication/decides.ts", "packages/domain/publication/commands.ts"],
  ["packages/ledger/seal.ts", "packages/store/port.ts"],
  ["packages/domain/sampling/size.ts", "zod"],
  ["services/publication/config.ts", "zod"],
  ["infra/embedded/starts.ts", "services/panel/service.ts"],
];

const isFile = (name: string): boolean => name.endsWith(".ts") && !name.startsWith(".");

/** Packages that stand for the real ones, and one of ours with a door. */
const packages = Object.fromEntries(
  ["pino", "zod", "xstate", "@noble/hashes"].flatMap((name) => [
    [`node_modules/${name}/package.json`, `{"name":"${name}","main":"main.js"}`],
    [`node_modules/${name}/main.js`, "export const given = 1;\n"],
  ]),
);

const treeOf = (pairs: readonly (readonly [from: string, to: string])[]) => {
  const files: Record<string, string> = { ...packages };
  for (const [, to] of pairs) if (isFile(to)) files[to] = "export const given = 1;\n";
  for (const [from, to] of pairs) {
    const up = "../".repeat(from.split("/").length - 1);
    const target = isFile(to) ? `${up}${to}` : to;
    files[from] = `${files[from] ?? ""}import "${target}";\nexport const taken = 1;\n`;
  }
  return files;
};

test("every wall reports the import that climbs it", async () => {
  using planted = plant({
    ...treeOf(climbs.map(([, from, to]) => [from, to])),
    "packages/bus/hen.ts": 'import "./egg.ts";\nexport const laid = 1;\n',
  });
  const { violations } = await surveyWalls(planted.root);
  const reported = violations.map(({ wall, from }) => `${wall}: ${from}`);
  for (const [wall, from] of climbs) expect(reported).toContain(`${wall}: ${from}`);
});

test("every wall has been climbed once", () => {
  const climbed = new Set(climbs.map(([wall]) => wall));
  expect([...climbed].sort()).toEqual(walls.map(({ name }) => name).sort());
});

test("an import through a door is not reported", async () => {
  using planted = plant(treeOf(doors));
  const { modules, violations } = await surveyWalls(planted.root);
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThanOrEqual(doors.length);
});

test("a type is no way over a wall", async () => {
  using planted = plant({
    "packages/domain/panel/asks.ts":
      'import type { Case } from "../fieldwork/decide.ts";\nexport type Held = Case;\n',
    "packages/domain/fieldwork/decide.ts": "export type Case = string;\n",
  });
  const { violations } = await surveyWalls(planted.root);
  expect(violations.map(({ wall }) => wall)).toEqual(["steps-share-facts"]);
});

test("reading is transitive: facts cannot reach rules through a third module", async () => {
  using planted = plant({
    "packages/domain/panel/events.ts": 'import "./vote.ts";\nexport const given = 1;\n',
    "packages/domain/panel/vote.ts": 'import "./decide.ts";\nexport const given = 1;\n',
    "packages/domain/panel/decide.ts": "export const given = 1;\n",
  });
  const { violations } = await surveyWalls(planted.root);
  expect(violations.map(({ wall }) => wall)).toEqual(["events-come-first"]);
});
