/** The door to the scripts, tried on a bare checkout: its `npx` installs a program, or fails. */
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { plant } from "../tidy/planted.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

const packaged = `node_modules/node-${process.platform}-${process.arch}/bin`;

/** Notes that it was called, takes its time, and leaves a Node and a program called hello. */
const npx = `#!/bin/sh
echo "$*" >> calls
sleep 0.3
mkdir -p node_modules/.bin ${packaged}
ln -sf "${process.execPath}" ${packaged}/node
printf '#!/bin/sh\\necho "hello $1"\\nexit "$2"\\n' > node_modules/.bin/hello
chmod +x node_modules/.bin/hello
`;

const checkout = (fetch: string) => {
  const planted = plant({
    "infra/setup/run.mjs": readFileSync(join(here, "run.mjs"), "utf8"),
    "infra/setup/install.mjs": readFileSync(join(here, "install.mjs"), "utf8"),
    "infra/said.ts": 'const word: string = "typed";\nconsole.log(word);\n',
    "pnpm-lock.yaml": "one\n",
    "pnpm-workspace.yaml": "packages: []\n",
  });
  writeFileSync(join(planted.root, "npx"), fetch, { mode: 0o755 });
  return planted;
};

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const run = (root: string, ...given: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ["infra/setup/run.mjs", ...given],
      { cwd: root, env: { PATH: `${root}:/usr/bin:/bin`, HOME: root } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

const said = (root: string): readonly string[] =>
  existsSync(join(root, "calls"))
    ? readFileSync(join(root, "calls"), "utf8").trimEnd().split("\n")
    : [];

const calls = (root: string): number => said(root).length;

test("installs what is missing once, however many scripts start together", async () => {
  using planted = checkout(npx);
  const runs = await Promise.all(
    ["a", "b", "c"].map((name) => run(planted.root, "hello", name, "0")),
  );
  expect(runs.map(({ stdout }) => stdout)).toEqual(["hello a\n", "hello b\n", "hello c\n"]);
  expect(calls(planted.root)).toBe(1);
  const later = await run(planted.root, "hello", "again", "0");
  expect(later).toEqual({ code: 0, stdout: "hello again\n", stderr: "" });
  expect(calls(planted.root)).toBe(1);
});

test("installs again when the lockfile has changed", async () => {
  using planted = checkout(npx);
  await run(planted.root, "hello", "a", "0");
  appendFileSync(join(planted.root, "pnpm-lock.yaml"), "two\n");
  await run(planted.root, "hello", "a", "0");
  expect(calls(planted.root)).toBe(2);
});

test("leaves tools out for who only runs it, and takes none away later", async () => {
  using planted = checkout(npx);
  const toRun = () => run(planted.root, "--only-to-run", "hello", "a", "0");
  await toRun();
  await toRun();
  await run(planted.root, "hello", "a", "0");
  await toRun();
  expect(said(planted.root).map((given) => given.includes("--prod"))).toEqual([true, false]);
  appendFileSync(join(planted.root, "pnpm-lock.yaml"), "two\n");
  await toRun();
  expect(said(planted.root).at(-1)).not.toContain("--prod");
});

test("installs a folder that has a lockfile of its own when it is asked for, once", async () => {
  using planted = checkout(npx);
  const apart = join(planted.root, "apart");
  mkdirSync(apart);
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml"])
    writeFileSync(join(apart, name), "apart\n");
  await run(planted.root, "hello", "a", "0");
  expect(existsSync(join(apart, "node_modules"))).toBe(false);
  await run(planted.root, "--install", "apart");
  await run(planted.root, "--install", "apart");
  expect(existsSync(join(apart, "node_modules"))).toBe(true);
  expect([calls(planted.root), calls(apart)]).toEqual([1, 1]);
});

test("is not held up by a script that died while it installed", async () => {
  using planted = checkout(npx);
  await run(planted.root, "hello", "a", "0");
  writeFileSync(join(planted.root, ".cache/installing"), "999999999");
  appendFileSync(join(planted.root, "pnpm-lock.yaml"), "two\n");
  const { stdout } = await run(planted.root, "hello", "b", "0");
  expect(stdout).toBe("hello b\n");
  expect(existsSync(join(planted.root, ".cache/installing"))).toBe(false);
});

test("ends as the program ends", async () => {
  using planted = checkout(npx);
  expect((await run(planted.root, "hello", "a", "7")).code).toBe(7);
});

test("runs our own programs on the installed Node, and says which one is not there", async () => {
  using planted = checkout(npx);
  expect((await run(planted.root, "infra/said.ts")).stdout).toBe("typed\n");
  const missing = await run(planted.root, "infra/unsaid.ts");
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain("There is no infra/unsaid.ts in this checkout.");
});

test("passes on what pnpm said and what to do when it could not install", async () => {
  using planted = checkout("#!/bin/sh\necho 'ERR_PNPM_FETCH no route'\nexit 3\n");
  const { code, stderr } = await run(planted.root, "hello", "a", "0");
  expect(code).toBe(1);
  expect(stderr).toContain("ERR_PNPM_FETCH no route");
  expect(stderr).toContain("pnpm ended with 3");
  expect(stderr).toContain("npm ping");
  expect(existsSync(join(planted.root, ".cache/installing"))).toBe(false);
});

test("says to update the lockfile when that is what is wrong", async () => {
  using planted = checkout("#!/bin/sh\necho 'ERR_PNPM_OUTDATED_LOCKFILE'\nexit 1\n");
  const { stderr } = await run(planted.root, "hello", "a", "0");
  expect(stderr).toMatch(/Run: npx pnpm@[\d.]+ install/);
});
