import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { append, type Expectation, type Outcome, softDelete, tombstone } from "./commands.ts";
import { type Engine, openEngine } from "./engine.ts";
import { visiblePart } from "./visible.ts";
import type { Entry } from "./writer.ts";

let folder: string;
let engine: Engine;
let now = 0;

const open = (): Engine => openEngine({ path: join(folder, "events.db"), now: () => now });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-commands-"));
  now = 1_600_000_000_000;
  engine = open();
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const entries = (count: number, data = "{}"): Entry[] =>
  Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: "Tried",
    json: true,
    data,
    metadata: "",
  }));

const write = (stream: string, expected: Expectation, held: Entry[]): Promise<Outcome> =>
  engine.change((writer) => append(writer, { stream, expected, entries: held, now }));

const visible = (name: string): number[] => {
  const stream = engine.streams.find(name)!;
  const { first, last, since } = visiblePart(name, stream, now);
  const asked = { name, stream, from: first, to: last, since, forwards: true, limit: 100 };
  return first > last ? [] : engine.reader.inStream(asked).map((row) => row[2]);
};

const reopen = async (): Promise<void> => {
  await engine.close();
  engine = open();
};

test("changes asked for together are each judged for themselves and share one commit", async () => {
  const [first, second, third] = await Promise.all([
    write("a-1", "none", entries(2)),
    write("a-1", "none", entries(1)),
    write("a-1", 1, entries(1)),
  ]);
  expect(first).toEqual({ kind: "done", revision: 1, position: 2, fresh: true });
  expect(second).toEqual({ kind: "conflict", actual: 1 });
  expect(third).toEqual({ kind: "done", revision: 2, position: 3, fresh: true });
});

test("a repeat that names no revision is known by its ids, also after a restart", async () => {
  const held = entries(3);
  const first = await write("a-1", "any", held);
  await write("a-1", "any", entries(1));
  expect(first).toMatchObject({ fresh: true });
  const repeated = { ...first, fresh: false };
  expect(await write("a-1", "any", held)).toEqual(repeated);
  await reopen();
  expect(await write("a-1", "exists", held)).toEqual(repeated);
  const mixed = [held[0]!, ...entries(1)];
  expect(await write("a-1", "any", mixed)).toEqual({ kind: "conflict", actual: 3 });
  expect(await write("a-2", "any", held)).toMatchObject({ kind: "done", revision: 2 });
});

test("a deleted stream keeps its revisions and its other settings when it begins again", async () => {
  await write("a-1", "none", entries(3));
  await write("$$a-1", "any", entries(1, '{"$maxCount":5,"colour":"red"}'));
  await engine.change((writer) => softDelete(writer, { stream: "a-1", expected: 2, now }));
  await reopen();
  expect(visible("a-1")).toEqual([]);
  expect(await write("a-1", "exists", entries(1))).toEqual({ kind: "deleted" });
  expect(await write("a-1", "none", entries(2))).toMatchObject({ kind: "done", revision: 4 });
  await reopen();
  expect(visible("a-1")).toEqual([3, 4]);
});

test("metadata set on a deleted stream brings it back empty", async () => {
  await write("a-1", "none", entries(2));
  await engine.change((writer) => softDelete(writer, { stream: "a-1", expected: "any", now }));
  await write("$$a-1", "any", entries(1, '{"$maxCount":5}'));
  expect(visible("a-1")).toEqual([]);
  await write("a-1", 1, entries(1));
  expect(visible("a-1")).toEqual([2]);
});

test("a tombstone lasts, for the stream and its metadata", async () => {
  await write("a-1", "none", entries(2));
  const bury = { stream: "a-1", expected: 1, now } as const;
  expect(await engine.change((writer) => tombstone(writer, bury))).toMatchObject({ kind: "done" });
  await reopen();
  for (const stream of ["a-1", "$$a-1"]) {
    expect(await write(stream, "any", entries(1))).toEqual({ kind: "deleted" });
  }
  expect(await engine.change((writer) => tombstone(writer, bury))).toEqual({ kind: "deleted" });
});

test("count, age and truncation decide what is read, and what makes no sense does not", async () => {
  await write("a-1", "none", entries(3));
  now += 10_000;
  await write("a-1", 2, entries(3));
  await write("$$a-1", "any", entries(1, '{"$maxCount":4}'));
  expect(visible("a-1")).toEqual([2, 3, 4, 5]);
  await write("$$a-1", "any", entries(1, '{"$maxAge":5}'));
  expect(visible("a-1")).toEqual([3, 4, 5]);
  await write("$$a-1", "any", entries(1, '{"$tb":5}'));
  expect(visible("a-1")).toEqual([5]);
  await write("$$a-1", "any", entries(1, '{"$tb":"five","$maxCount":-1,"$maxAge":1.5}'));
  expect(visible("a-1")).toEqual([0, 1, 2, 3, 4, 5]);
  await write("$$a-1", "any", entries(1, "not JSON"));
  expect(visible("$$a-1")).toEqual([4]);
});

test("a failed commit leaves nothing in memory that is not on the disk", async () => {
  await write("a-1", "none", entries(2));
  const failing = engine.change((writer) => {
    append(writer, { stream: "a-1", expected: 1, entries: entries(2), now });
    append(writer, { stream: "b-1", expected: "none", entries: entries(2), now });
    throw new Error("planted");
  });
  await expect(failing).rejects.toThrow("planted");
  expect(await write("a-1", 1, entries(1))).toMatchObject({ revision: 2, position: 3 });
  expect(await write("b-1", "none", entries(1))).toMatchObject({ revision: 0, position: 4 });
});
