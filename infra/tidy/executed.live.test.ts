/** Each file under infra/ is run by CI, or read by a test that checks it. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { expect, it } from "vitest";

const house = join(import.meta.dirname, "../..");
const inHouse = (path: string): string => join(house, path);

/** What no test loads as a whole: what it is asked, its status, and what it says. */
const tools = [
  ["infra/faults/main.ts", "--help", 0, "npm run faults"],
  ["infra/mutants/main.ts", "--help", 0, "npm run mutants"],
  ["infra/embedded/fixtures.ts", "--help", 0, "npm run fixtures"],
  ["infra/setup/changed.ts", "no-such-branch", 2, "no-such-branch"],
] as const;

it.each(tools)("%s %s ends with %d", (program, argument, status, said) => {
  const flags = ["--disable-warning=ExperimentalWarning", inHouse(program), argument];
  const run = spawnSync(process.execPath, flags, { encoding: "utf8", cwd: house });
  expect([run.stdout + run.stderr, run.status]).toEqual([expect.stringContaining(said), status]);
});

/** Data that a test reads, file by file or the folder as a whole. */
const read: readonly (readonly [pattern: string, by: string, as: string])[] = [
  ["infra/compose.yaml", "infra/deploy/deploy.test.ts", "compose.yaml"],
  ["infra/deploy/*.yaml", "infra/deploy/deploy.test.ts", "readdirSync(folderOf)"],
  ["infra/container/nats.conf", "infra/deploy/image.live.test.ts", "container/nats.conf"],
  ["infra/container/Containerfile", "infra/deploy/contract/image.ts", "Containerfile"],
  ["infra/systemd/*.env", "infra/cli/setup.live.test.ts", "infra/systemd/${file}.env"],
  ["infra/embedded/golden/stores/*", "infra/embedded/former-stores.test.ts", "golden/stores"],
];

const folderOf = (file: string): string => {
  let folder = dirname(file);
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
};

/** What a file imports, and every file that it names in a string. */
const leadsTo = (file: string): readonly string[] => {
  const text = readFileSync(file, "utf8");
  const { name: own } = JSON.parse(readFileSync(join(folderOf(file), "package.json"), "utf8")) as {
    readonly name: string;
  };
  const named = [...text.matchAll(/["'`]([@\w./-]+\.\w+)["'`]/g)].map(([, path]) => path!);
  return named.flatMap((path) => {
    if (path.startsWith(`${own}/`)) return [join(folderOf(file), path.slice(own.length + 1))];
    if (path.startsWith("@assay/")) return [join(folderOf(file), "node_modules", path)];
    return [resolve(dirname(file), path), inHouse(path)];
  });
};

/** The programs of the npm scripts that CI runs. */
const ofCi = (): readonly string[] => {
  const steps = readFileSync(inHouse(".ci/run"), "utf8").matchAll(/npm (?:run -s )?(\w+)/g);
  const { scripts } = JSON.parse(readFileSync(inHouse("package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return [...steps]
    .flatMap(([, name]) => (scripts[name!] ?? "").split(" "))
    .filter((word) => /\.(ts|mjs)$/.test(word));
};

it("leaves out no file", () => {
  const tests = globSync("{packages,services,infra,bench}/**/*.test.ts", {
    ...{ cwd: house, exclude: ["**/node_modules/**"] },
  });
  const open = [...tests, ...ofCi(), "vitest.config.ts"].map(inHouse);
  const seen = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!existsSync(next) || !statSync(next).isFile()) continue;
    const file = realpathSync(next);
    if (seen.has(file) || file.includes("/node_modules/")) continue;
    seen.add(file);
    if (/\.(ts|mjs)$/.test(file)) open.push(...leadsTo(file));
  }
  const checked = new Set(read.flatMap(([pattern]) => globSync(pattern, { cwd: house })));
  const files = globSync("infra/**/*", { cwd: house, exclude: ["**/node_modules/**"] })
    .filter((file) => statSync(inHouse(file)).isFile() && !file.endsWith("package.json"))
    .filter((file) => !file.startsWith("infra/secrets/"));
  expect(files.length).toBeGreaterThan(250);
  const left = files.filter((file) => !seen.has(realpathSync(inHouse(file))) && !checked.has(file));
  expect(left.map((file) => relative(house, inHouse(file)))).toEqual([]);
});

it.each(read)("%s is read by %s", (pattern, by, as) => {
  expect(globSync(pattern, { cwd: house })).not.toEqual([]);
  expect(readFileSync(inHouse(by), "utf8")).toContain(as);
});
