/** The files that the house rules are held against: everything in git, read once. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type HouseFile = {
  /** From the top of the checkout, with forward slashes. */
  readonly path: string;
  readonly text: string;
};

const isText = (path: string): boolean => !/\.(png|jpg|ico|woff2?|pdf|wasm|zip|gz)$/.test(path);

/** Whoever checked the tree out may be another user than the one who reads it. */
const list = ["-c", "safe.directory=*", "ls-files", "-z"];

export const filesOf = (root: string): readonly HouseFile[] =>
  execFileSync("git", list, { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && isText(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
