import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Position } from "@assay/store/port.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { openDatabase, openDerived } from "./database.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-derived-"));
  file = join(folder, "panel.sqlite");
  const database = openDatabase(file);
  database.transaction(() => database.keepPosition("reactor", "7" as Position));
  database.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("goes on with a sound file, and puts a damaged one beside and begins again", () => {
  const said: string[] = [];
  const sound = openDerived(file, (why) => said.push(why));
  expect(sound.position("reactor")).toBe("7");
  sound.close();
  expect(said).toEqual([]);

  writeFileSync(file, Buffer.alloc(8192, 7));
  const begun = openDerived(file, (why) => said.push(why));
  expect(begun.position("reactor")).toBeUndefined();
  begun.close();
  expect(said).toEqual([expect.stringContaining(`${file} is damaged and is built again`)]);
  expect(readdirSync(folder).toSorted()).toEqual(["panel.sqlite", "panel.sqlite.damaged"]);
});

it("takes nothing over from what was written beside a damaged file", () => {
  const database = openDatabase(file);
  database.transaction(() => database.keepPosition("reactor", "8" as Position));
  const beside = ["-wal", "-shm"].map((end) => [`${file}${end}`, readFileSync(`${file}${end}`)]);
  database.close();
  writeFileSync(file, Buffer.alloc(8192, 7));
  for (const [path, content] of beside) writeFileSync(path as string, content as Buffer);
  const begun = openDerived(file, () => undefined);
  expect(begun.position("reactor")).toBeUndefined();
  begun.close();
});

it("names a damaged file that is the only copy", () => {
  writeFileSync(file, "no database, but long enough to be looked at".repeat(200));
  expect(() => openDatabase(file)).toThrow(
    expect.objectContaining({
      code: "corrupt",
      message: expect.stringContaining(`${file}: is damaged`) as string,
    }),
  );
});
