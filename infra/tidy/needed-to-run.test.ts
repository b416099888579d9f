/** What `--only-to-run` installs is enough for the programs that are started with it. */
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { plant } from "./planted.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));

type Manifest = {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
};

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

const folderOf = (file: string): string => {
  let folder = dirname(file);
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
};

/** Imports that are left when the types are stripped, dynamic ones and workers included. */
const imports = new RegExp(
  [
    String.raw`(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^;"]*?\sfrom\s+)?"([^"]+)"`,
    String.raw`import\("([^"]+)"\)`,
    String.raw`new URL\(\s*"(\.[^"]+\.ts)"`,
  ].join("|"),
  "g",
);

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(imports)].map(([, stated, lazy, worker]) =>
    String(stated ?? lazy ?? worker),
  );

/** Each import of a package, from the programs on, that its own workspace does not depend on. */
const missingFrom = (root: string, programs: readonly string[]): readonly string[] => {
  const missing: string[] = [];
  const seen = new Set<string>();
  const open = programs.map((program) => join(root, program));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const folder = folderOf(file);
    const { name: own, dependencies = {} } = manifestIn(folder);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith(".")) {
        open.push(resolve(dirname(file), specifier));
        continue;
      }
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      if (specifier.startsWith("node:") || builtinModules.includes(name)) continue;
      if (name === own) open.push(join(folder, specifier.slice(name.length + 1)));
      else if (!(name in dependencies)) missing.push(`${relative(root, file)}: ${name}`);
      else if (dependencies[name] === "workspace:*")
        open.push(join(folder, "node_modules", specifier));
    }
  }
  return missing;
};

const startedWith = Object.values(manifestIn(house).scripts ?? {})
  .filter((script) => script.includes("--only-to-run"))
  .map((script) => script.split(" ").at(-1)!);

it("is enough for every program that is started so", () => {
  expect(startedWith).toContain("infra/cli/main.ts");
  expect(missingFrom(house, startedWith)).toEqual([]);
});

it("is not where a package is missing or for tests alone, however it is imported", () => {
  using planted = plant({
    "package.json": JSON.stringify({ name: "planted", dependencies: { there: "1" } }),
    "main.ts": 'import { a } from "./next.ts";\nimport type { T } from "types-only";\n',
    "next.ts": 'import { b } from "there";\nexport { c } from "absent";\nawait import("lazy");\n',
  });
  expect(missingFrom(planted.root, ["main.ts"])).toEqual(["next.ts: absent", "next.ts: lazy"]);
});
