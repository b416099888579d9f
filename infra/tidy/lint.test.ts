/** The lint rules of this house report what they forbid, and only where they forbid it. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { plant } from "./planted.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));

const forbidden: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["no-restricted-globals", "packages/domain/a.ts", "export const now = () => Date.now();\n"],
  ["no-restricted-globals", "packages/domain/b.ts", "export const at = () => new Date();\n"],
  ["no-restricted-globals", "packages/domain/c.ts", "export const pid = () => process.pid;\n"],
  [
    "no-restricted-globals",
    "packages/domain/d.ts",
    "export const get = () => fetch('http://a');\n",
  ],
  [
    "no-restricted-globals",
    "packages/domain/e.ts",
    "export const id = () => crypto.randomUUID();\n",
  ],
  [
    "no-restricted-properties",
    "packages/domain/f.ts",
    "export const dice = () => Math.random();\n",
  ],
  ["no-async-await", "packages/domain/g.ts", "export const wait = async () => await 1;\n"],
  ["no-console", "packages/host/h.ts", "console.log(1);\n"],
  ["no-process-env", "packages/host/i.ts", 'export const port = process.env["PORT"];\n'],
  ["no-default-export", "packages/host/j.ts", "export default 1;\n"],
  ["no-explicit-any", "packages/host/k.ts", "export const all: any = 1;\n"],
  ["eqeqeq", "packages/host/l.ts", "export const same = (a: number, b: number) => a == b;\n"],
  [
    "no-focused-tests",
    "packages/host/m.test.ts",
    'import { test } from "vitest";\ntest.only("a", () => {});\n',
  ],
  [
    "no-disabled-tests",
    "packages/host/n.test.ts",
    'import { test } from "vitest";\ntest.skip("a", () => {});\n',
  ],
  [
    "max-lines-per-function",
    "packages/host/o.ts",
    `export const long = () => {\n${"  void 0;\n".repeat(80)}};\n`,
  ],
  [
    "no-floating-promises",
    "packages/host/p.ts",
    "const wait = async () => 1;\nexport const go = () => { wait(); };\n",
  ],
  ["no-super-linear-move", "packages/host/q.ts", "export const end = /\\s+$/;\n"],
  ["no-super-linear-backtracking", "packages/host/r.ts", "export const two = /^a+a+$/;\n"],
];

const allowed: readonly (readonly [path: string, text: string])[] = [
  ["services/panel/config.ts", 'export const port = process.env["PORT"];\n'],
  ["services/panel/main.ts", 'console.log(process.env["PORT"]);\n'],
  ["infra/cli/print.ts", "console.log(1);\n"],
  ["packages/host/clock.ts", "export const now = () => Date.now();\n"],
  ["packages/host/wait.ts", "export const wait = async () => await Promise.resolve(1);\n"],
];

type Report = {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
};

/** Lints a planted tree with this house's rules; `rule: path` for each finding. */
const lint = async (files: readonly (readonly [path: string, text: string])[]) => {
  using planted = plant({
    ".oxlintrc.json": readFileSync(join(house, ".oxlintrc.json"), "utf8").replace(
      '"eslint-plugin-regexp"',
      JSON.stringify(join(house, "node_modules/eslint-plugin-regexp/dist/index.js")),
    ),
    "tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [] } }\n',
    ...Object.fromEntries(files),
  });
  const oxlint = join(house, "node_modules/.bin/oxlint");
  const { stdout } = await promisify(execFile)(oxlint, ["-f", "json"], {
    cwd: planted.root,
  }).catch((error: unknown) => error as { stdout: string });
  const { diagnostics } = JSON.parse(stdout) as Report;
  return diagnostics.map(({ code, filename }) => `${/\((.*)\)/.exec(code)?.[1]}: ${filename}`);
};

test("every house rule reports what it forbids", async () => {
  const found = await lint(forbidden.map(([, path, text]) => [path, text]));
  for (const [rule, path] of forbidden) expect(found).toContain(`${rule}: ${path}`);
});

test("what a file of its kind may do is not reported", async () => {
  expect(await lint(allowed)).toEqual([]);
});
