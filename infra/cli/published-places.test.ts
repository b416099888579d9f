import { auditPublished } from "@assay/domain/audit/published.ts";
import { exampleFile } from "@assay/spec/examples.ts";
import { expect, it } from "vitest";

import { publishedIn } from "./published.ts";

type Path = readonly (string | number)[];
type Tree = { [key: string | number]: unknown };

/** What somebody could leave in the place of anything: of another type, too long, too many. */
const slips: readonly unknown[] = [
  ...[undefined, null, "", "   ", "x", "good", "Outstanding", "a\u0007b", "x".repeat(30_000)],
  ...[-1, 1.5, 0, 70, 1e9, 1e300, true, [], {}, ["x"], { x: 1 }, { "Not short": 1 }],
  ...["2020-02-30", "9999-12-31", "0001-01-01", "2020-13", "\ud800"],
];

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

const pathsIn = (value: unknown, path: Path = []): readonly Path[] =>
  isTree(value)
    ? Object.entries(value).flatMap(([name, inner]) => {
        const place = [...path, Array.isArray(value) ? Number(name) : name];
        return [place, ...pathsIn(inner, place)];
      })
    : [];

/** The file with something else at the place; undefined leaves it out. */
const withAt = (file: unknown, path: Path, value: unknown): unknown => {
  const changed = structuredClone(file) as Tree;
  const parent = path.slice(0, -1).reduce<Tree>((tree, name) => tree[name] as Tree, changed);
  const name = path.at(-1)!;
  if (value !== undefined) parent[name] = value;
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
  return changed;
};

/** One place for each shape: standard 2.1 stands for all that are judged by cases. */
const distinct = (paths: readonly Path[]): readonly Path[] => {
  const shapes = new Map(
    paths.map((path) => [
      path.map((name) => (/^\d(\.\d)?$/.test(String(name)) ? "*" : name)).join("."),
      path,
    ]),
  );
  return [...shapes.values()];
};

const doubled = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? [[...value, ...value]] : [];

const at = (file: unknown, path: Path): unknown =>
  path.reduce<unknown>((tree, name) => (tree as Tree)[name], file);

it("what stands anywhere in a file is read, or refused with its place and a reason", () => {
  const file = exampleFile("milton-keynes-2021");
  const paths = distinct(pathsIn(file));
  const refused = new Set<string>();
  for (const path of paths) {
    for (const value of [...slips, ...doubled(at(file, path))]) {
      const read = publishedIn(withAt(file, path, value));
      if (read.ok) {
        expect(auditPublished(read.file).ok).toBe(true);
        continue;
      }
      refused.add(path.join("."));
      for (const { place, problem } of read.problems) {
        expect(place).toMatch(/^[a-z][A-Za-z]+(?:\.[^.]+|\.\d\.\d)*$/);
        expect(problem).toMatch(/^[^\n]{6,400}$/);
        expect(problem).not.toMatch(/undefined|Invalid|object Object/);
      }
    }
  }
  const unread = paths.map((path) => path.join(".")).filter((each) => !refused.has(each));
  expect(unread).toEqual(["notes", "notes.0"]);
});
