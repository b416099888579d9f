import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { openWitnessFile } from "./witness-file.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "assay-witness-"))));
afterEach(() => rmSync(folder, { recursive: true }));

it("knows the last note of each log again, and leaves out what a crash cut short", () => {
  const path = join(folder, "seen", "attested.jsonl");
  const file = openWitnessFile(path);
  file.keep("a/one", "first");
  file.keep("a/two", "other");
  file.keep("a/one", "second");
  file.close();
  appendFileSync(path, '["a/one","thi');
  const again = openWitnessFile(path);
  expect([...again.all()]).toEqual([
    ["a/one", "second"],
    ["a/two", "other"],
  ]);
  again.keep("a/one", "third");
  again.close();
  const last = openWitnessFile(path);
  expect(last.last("a/one")).toBe("third");
  last.close();
});

it("refuses a file that is damaged elsewhere", () => {
  const path = join(folder, "attested.jsonl");
  writeFileSync(path, 'nonsense\n["a/one","first"]\n');
  expect(() => openWitnessFile(path)).toThrow(`${path}, line 1 is damaged`);
});
