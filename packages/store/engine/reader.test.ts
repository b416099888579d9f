import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it } from "vitest";

import { openDatabase } from "./database.ts";
import { Reader } from "./reader.ts";

it("gives the same of a few streams among many events, whichever way it goes to them", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-reader-"));
  const { database, release } = openDatabase(join(folder, "events.sqlite"));
  const insert = database.prepare("INSERT INTO streams (id, name) VALUES (?, ?)");
  const names = ["aside-a", "bside-b", "aside-c"];
  names.forEach((name, index) => insert.run(index + 1, name));
  const add = database.prepare(
    `INSERT INTO events (position, stream, revision, id, type, created, json, data, metadata)
     VALUES (?, ?, ?, ?, 'Noted', 0, 1, '{}', '{}')`,
  );
  const revisions = [0, 0, 0];
  for (let position = 1; position <= 1000; position += 1) {
    const stream = position % 250 === 0 ? 2 : position % 99 === 0 ? 0 : 1;
    add.run(position, stream + 1, revisions[stream]!++, `id-${position}`);
  }
  const reader = new Reader(database);
  const wanted = Array.from({ length: 1000 }, (_, index) => index + 1).filter(
    (position) => position % 250 === 0 || position % 99 === 0,
  );
  const scan = (bounds: { above: number; below: number; forwards: boolean }) =>
    reader
      .scan({ ...bounds, limit: 5, filters: [{ on: "stream", prefixes: ["aside-"] }] })
      .map(([position]) => position);
  const between = (above: number, below: number) =>
    wanted.filter((position) => position > above && position < below);
  expect(scan({ above: 0, below: 1001, forwards: true })).toEqual(between(0, 1001).slice(0, 5));
  expect(scan({ above: 300, below: 1001, forwards: true })).toEqual(between(300, 1001).slice(0, 5));
  expect(scan({ above: 0, below: 700, forwards: false })).toEqual(
    between(0, 700).toReversed().slice(0, 5),
  );
  expect(scan({ above: 900, below: 1001, forwards: true })).toEqual(between(900, 1001));
  release();
  rmSync(folder, { recursive: true });
});
