import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-json-"));
afterAll(() => rmSync(folder, { recursive: true }));

const assay = (...args: readonly string[]) =>
  atTerminal(args, { pathOf: (name) => join(folder, name) });

/** Every command that does something, with its help; a group only names its commands. */
const commandsBelow = async (path: readonly string[]): Promise<readonly [string, string][]> => {
  const help = (await assay(...path, "--help")).out;
  const groups = help
    .split("\n\n")
    .filter((part) => /^(?!Examples?:)[A-Z][^\n]*:\n {2}[a-z]/.test(part));
  const names = groups.flatMap((group) => group.match(/^ {2}[a-z][a-z-]*/gm) ?? []);
  if (names.length === 0) return [[path.join(" "), help]];
  const below = names.map((name) => name.trim()).filter((name) => name !== "help");
  return (await Promise.all(below.map((name) => commandsBelow([...path, name])))).flat();
};

it("every command has --help and --json", async () => {
  const found = await commandsBelow([]);
  expect(found.length).toBeGreaterThan(60);
  expect(found.filter(([, help]) => !help.includes("--json")).map(([name]) => name)).toEqual([]);
});

it("gives a file as it is, and for machines as a value with its format", async () => {
  const plain = (await assay("case-list", "template")).out;
  const told = JSON.parse((await assay("case-list", "template", "--json")).out);
  expect(told).toEqual({ format: "csv", text: plain });
  const made = JSON.parse((await assay("setup", "keys", "--json")).out);
  expect(made).toMatchObject({ folder: join(folder, "keys") });
  for (const { file } of made.files) expect(existsSync(join(folder, "keys", file))).toBe(true);
});
