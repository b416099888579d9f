import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type NatsRows, openNatsRows } from "@assay/bus/nats-rows.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Database, openDatabase } from "./database.ts";
import { createLog } from "./log.ts";
import { type SharedRows, shareRows } from "./shared-rows.ts";

let folder: string;
let nats: Nats;
const start = async (port: number): Promise<void> => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  nats = await startNats({ server, dataDir: join(folder, "nats"), port, jetstream: true });
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-shared-rows-"));
  await start(0);
});
afterAll(async () => {
  await nats.stop();
  rmSync(folder, { recursive: true });
});

const log = createLog({ service: "test", level: "silent" });
const table = `create table if not exists held (
  name text not null, part integer not null, words text, primary key (name, part)) strict`;

type Replica = {
  readonly path: string;
  readonly rows: NatsRows;
  readonly shared: SharedRows;
  readonly write: (words: string, name?: string) => void;
  readonly remove: () => void;
  readonly words: (name?: string) => unknown;
  readonly close: () => Promise<void>;
};

const name = 'Zoë\'s "draft"\n';

const writeIn = ({ sqlite }: Database, words: string, of = name): void =>
  void sqlite.prepare("insert or replace into held values (?, 1, ?)").run(of, words);

const replica = async (stream: string, file: string): Promise<Replica> => {
  const path = join(folder, `${stream}-${file}`);
  const database = openDatabase(path);
  database.sqlite.exec(table);
  const rows = await openNatsRows({ url: nats.url, stream, on: "memory" });
  const shared = shareRows({ database, tables: ["held"], rows, log });
  await shared.fresh();
  return {
    ...{ path, rows, shared },
    write: (words, of) => writeIn(database, words, of),
    remove: () => void database.sqlite.prepare("delete from held").run(),
    words: (of = name) =>
      database.sqlite.prepare("select words from held where name = ?").get(of)?.["words"],
    close: async () => {
      await shared.close();
      database.close();
    },
  };
};

it("has what another replica wrote, changed and removed once it asks", async () => {
  const [one, other] = [await replica("TRIED", "one"), await replica("TRIED", "other")];
  for (const words of ["first", "second", "ünïcödé \u0001"]) {
    one.write(words);
    await one.shared.told();
    await other.shared.fresh();
    expect(other.words()).toBe(words);
  }
  other.write("back");
  await other.shared.told();
  await one.shared.fresh();
  expect(one.words()).toBe("back");
  one.remove();
  await one.shared.told();
  await other.shared.fresh();
  expect(other.words()).toBeUndefined();
  const before = await one.rows.end();
  for (const each of [one, other, one, other]) {
    await each.shared.fresh();
    await each.shared.told();
  }
  expect(await one.rows.end()).toEqual(before);
  await Promise.all([one.close(), other.close()]);
});

it("tells what was there before, and what another process writes into the file", async () => {
  const before = openDatabase(join(folder, "BEFORE-one"));
  before.sqlite.exec(table);
  writeIn(before, "before");
  const one = await replica("BEFORE", "one");
  await one.shared.told();
  const other = await replica("BEFORE", "other");
  expect(other.words()).toBe("before");
  writeIn(before, "by hand");
  await expect.poll(() => other.words(), { timeout: 10_000 }).toBe("by hand");
  before.close();
  await Promise.all([one.close(), other.close()]);
});

it("keeps its own last word where two write at once, and both have the same in the end", async () => {
  const [one, other] = [await replica("ATONCE", "one"), await replica("ATONCE", "other")];
  for (let turn = 0; turn < 20; turn += 1) {
    one.write(`one ${turn}`);
    other.write(`other ${turn}`);
    await Promise.all([one.shared.told(), other.shared.told()]);
    await Promise.all([one.shared.fresh(), other.shared.fresh()]);
    expect(one.words()).toBe(other.words());
  }
  await Promise.all([one.close(), other.close()]);
});

it("goes on with what it knows while NATS is away, and tells everything when it has forgotten", async () => {
  const [one, other] = [await replica("AWAY", "one"), await replica("AWAY", "other")];
  one.write("kept", "kept");
  await one.shared.told();
  await other.shared.fresh();
  const port = Number(new URL(nats.url).port);
  await nats.kill();
  await expect.poll(() => one.rows.connected()).toBe(false);
  one.write("meanwhile");
  await one.shared.told();
  await one.shared.fresh();
  expect(one.words()).toBe("meanwhile");
  await start(port);
  await expect.poll(() => other.words(), { timeout: 20_000 }).toBe("meanwhile");
  const late = await replica("AWAY", "late");
  expect(late.words("kept")).toBe("kept");
  await Promise.all([one, other, late].map((each) => each.close()));
});
