/**
 * `npm run test:changed [-- BASE]`: the fast tests that a change touches. The change is all that
 * differs from BASE, committed or not: by default from where the work left the main branch.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(import.meta.url), "../../..");

/** Its lines; none where git has nothing to say. */
const git = (...given: readonly string[]): readonly string[] => {
  try {
    return execFileSync("git", given, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
      .split("\n")
      .filter(Boolean);
  } catch {
    return [];
  }
};

const [asked] = process.argv.slice(2);
const branches = asked === undefined ? ["origin/main", "main"] : [asked];
const [base] = branches.flatMap((branch) => git("merge-base", "HEAD", branch));
if (base === undefined) {
  console.error(`There is no ${branches.join(" and no ")} here: npm run test:changed -- BASE`);
  process.exit(2);
}

const changed = [
  ...git("diff", "--name-only", base),
  ...git("ls-files", "--others", "--exclude-standard"),
];
const isModule = (path: string): boolean => /\.(ts|mjs)$/.test(path);

/**
 * The modules that name a file that is none itself, or, in its own package, the file's folder. What
 * packages are called is named everywhere and read by the tests that look at every file.
 */
const readersOf = (path: string): readonly string[] => {
  if (basename(path) === "package.json") return [];
  const own = path.split("/").slice(0, 2).join("/");
  return [
    ...git("grep", "-lF", basename(path), "--", "*.ts", "*.mjs"),
    ...git("grep", "-lwF", basename(dirname(path)), "--", `${own}/*.ts`),
  ];
};

/** Read through this are the tests that look at every file. */
const house = "infra/tidy/house.ts";
const modules = new Set([
  house,
  ...changed.filter((path) => isModule(path) && existsSync(join(root, path))),
  ...changed.filter((path) => !isModule(path)).flatMap(readersOf),
]);
console.log(`${changed.length} files changed since ${base.slice(0, 9)}.`);
const given = ["related", "--run", "--project", "fast", ...modules];
const child = spawn("vitest", given, {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
child.on("exit", (code) => (process.exitCode = code ?? 1));
