/** Each file under infra/ is run by CI, or read by a test that checks it. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, expect, it } from "vitest";

const house = join(import.meta.dirname, "../..");
const inHouse = (path: string): string => join(house, path);

/** Programs that no test imports: what each is asked, its status, and what it says. */
const tools = [
  ["infra/cli/main.ts", "--help", 0, "Usage: assay"],
  ["infra/embedded/fixtures.ts", "--help", 0, "npm run fixtures"],
  ["infra/embedded/main.ts", "--help", 0, "npm start"],
  ["infra/eventstore-node/main.ts", "--help", 0, "EventStoreDB"],
  ["infra/faults/main.ts", "--help", 0, "npm run faults"],
  ["infra/mutants/main.ts", "--help", 0, "npm run mutants"],
  ["infra/services/main.ts", "--help", 0, "npm run services"],
  ["infra/setup/changed.ts", "no-such-branch", 2, "no-such-branch"],
  ["infra/setup/run.mjs", "no-such-program", 1, "could not start no-such-program"],
  ["infra/setup/supply.ts", "--help", 2, "Usage: supply.ts"],
  ["infra/setup/verify.ts", "--help", 1, "--help"],
  ["infra/witness/main.ts", "--help", 0, "npm run witness"],
] as const;

/** Writes down each module of this house as it is loaded. */
const noting = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  import { appendFileSync } from "node:fs";
  registerHooks({ load: (url, context, next) => {
    if (url.includes("/infra/")) appendFileSync(process.env.LOADED, url + "\\n");
    return next(url, context);
  } });`)}`;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "assay-executed-"))));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(tools)("%s %s ends with %d", (program, argument, status, said) => {
  const flags = ["--disable-warning=ExperimentalWarning", "--import", noting, inHouse(program)];
  const env = { ...process.env, LOADED: join(folder, "loaded") };
  const run = spawnSync(process.execPath, [...flags, argument], {
    ...{ encoding: "utf8", cwd: house, env },
  });
  expect([run.stdout + run.stderr, run.status]).toEqual([expect.stringContaining(said), status]);
});

/** What runs as a process or a setup of its own, and whoever cannot pass without it. */
const started: readonly (readonly [file: string, by: string, as: string])[] = [
  ["infra/cli/contract/driven.ts", "services/console/driven.live.test.ts", "driven.ts"],
  ["infra/embedded/killed-child.ts", "infra/embedded/killed.live.test.ts", "killed-child.ts"],
  ["infra/embedded/looking-back/main.ts", "infra/embedded/looking-back.ts", "looking-back/main.ts"],
  ["infra/embedded/unpack-browser.ts", "vitest.config.ts", "unpack-browser.ts"],
  ["infra/faults/durable-child.ts", "infra/faults/durable.ts", "durable-child.ts"],
  ["infra/mutants/vitest.config.ts", "infra/mutants/trial.ts", "vitest.config.ts"],
  ["infra/tidy/left-as-found.ts", "vitest.config.ts", "left-as-found.ts"],
  ["infra/tidy/main.ts", "infra/setup/verify.ts", "tidy/main.ts"],
  ["infra/tidy/quiet-console.ts", "vitest.config.ts", "quiet-console.ts"],
];

/** Data that a test reads, file by file or the folder as a whole. */
const read: readonly (readonly [pattern: string, by: string, as: string])[] = [
  ["infra/compose.yaml", "infra/deploy/deploy.test.ts", "compose.yaml"],
  ["infra/deploy/*.yaml", "infra/deploy/deploy.test.ts", "readdirSync(folderOf)"],
  ["infra/container/nats.conf", "infra/deploy/image.live.test.ts", "container/nats.conf"],
  ["infra/container/Containerfile", "infra/deploy/contract/image.ts", "Containerfile"],
  ["infra/monitoring/alerts.yaml", "infra/monitoring/monitoring.test.ts", "alerts.yaml"],
  ["infra/monitoring/dashboard.json", "infra/monitoring/monitoring.test.ts", "dashboard.json"],
  ["infra/systemd/assay.service", "infra/cli/setup.live.test.ts", "assay.service"],
  ["infra/systemd/*.env", "infra/cli/setup.live.test.ts", "infra/systemd/${file}.env"],
  ["infra/embedded/golden/stores/*", "infra/embedded/former-stores.test.ts", "golden/stores"],
];

const folderOf = (file: string): string => {
  let place = dirname(file);
  while (!existsSync(join(place, "package.json"))) place = dirname(place);
  return place;
};

/** What runs when a file does: what it imports, but for types. */
const leadsTo = (file: string): readonly string[] => {
  const text = readFileSync(file, "utf8");
  const { name: own } = JSON.parse(readFileSync(join(folderOf(file), "package.json"), "utf8")) as {
    readonly name: string;
  };
  const imports = text.matchAll(
    /^(?:import|export)\s(?!type\b)(?:[^;"]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...imports].flatMap(([, plain, later]) => {
    const path = plain ?? later!;
    if (path.startsWith(`${own}/`)) return [join(folderOf(file), path.slice(own.length + 1))];
    if (path.startsWith("@assay/")) return [join(folderOf(file), "node_modules", path)];
    return path.startsWith(".") ? [resolve(dirname(file), path)] : [];
  });
};

/** Files of types alone: there is nothing in them to run. */
const isTypes = (file: string): boolean =>
  file.endsWith(".ts") &&
  stripTypeScriptTypes(readFileSync(inHouse(file), "utf8")).replaceAll(
    /\/\*[^]*?\*\/|import[^;]*;|export \{\};|[\s;]/g,
    "",
  ) === "";

it("leaves out no file", () => {
  const tests = globSync("{packages,services,infra,bench}/**/*.test.ts", {
    ...{ cwd: house, exclude: ["**/node_modules/**"] },
  });
  const loaded = readFileSync(join(folder, "loaded"), "utf8").trim().split("\n");
  const open = [...tests, ...started.map(([file]) => file)].map(inHouse);
  open.push(...loaded.map((url) => fileURLToPath(url)));
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
  const left = files.filter(
    (file) => !seen.has(realpathSync(inHouse(file))) && !checked.has(file) && !isTypes(file),
  );
  expect(left.map((file) => relative(house, inHouse(file)))).toEqual([]);
});

it.each([...read, ...started])("%s is read or started by %s", (pattern, by, as) => {
  expect(globSync(pattern, { cwd: house })).not.toEqual([]);
  expect(readFileSync(inHouse(by), "utf8")).toContain(as);
});
