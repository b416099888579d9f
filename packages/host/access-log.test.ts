import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { AccessEntry, openAccessLog } from "./access-log.ts";
import { readAccessLog, verifyAccessLog } from "./read-access-log.ts";

const signer = signerFrom("access-log", Buffer.alloc(32, 9).toString("base64"));
const keys = [writeVerifierKey(verifierKeyOf(signer))];

const entry = (what: string, more: object = {}): AccessEntry =>
  AccessEntry.parse({
    at: "2026-11-25T09:00:00.000Z",
    act: "looked",
    person: "iris",
    role: "inspector",
    what,
    status: 200,
    correlationId: "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11",
    from: "127.0.0.1",
    ...more,
  });

describe("the access log", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-access-"));
    file = join(folder, "access-log.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = async (count: number, from = 0): Promise<void> => {
    const log = openAccessLog({ file, signer });
    const noted = Array.from({ length: count }, (_, n) =>
      log.note(entry(`/inspections/i${from + n}`, { inspection: `i${from + n}` })),
    );
    await Promise.all(noted);
    log.close();
  };
  /** What somebody does who has the file and no key. */
  const tamper = (sql: string): void => {
    const sqlite = new DatabaseSync(file);
    sqlite.exec(`drop trigger entry_stays; drop trigger entry_remains; ${sql}`);
    sqlite.close();
  };
  const problems = (kept: readonly string[] = []): readonly string[] => {
    const { problems: found, strangers } = verifyAccessLog(file, keys, kept);
    return [...found, ...strangers];
  };

  it("keeps what is noted, in order, under checkpoints that go on after a restart", async () => {
    await write(300);
    await write(5, 300);
    const state = verifyAccessLog(file, keys);
    expect(state).toMatchObject({ entries: 305, unsigned: 0, problems: [] });
    expect(state.checkpoints).toBeGreaterThanOrEqual(2);
    const [newest] = readAccessLog(file, { person: "iris" }, 1);
    expect(newest?.what).toBe("/inspections/i304");
    expect(readAccessLog(file, { inspection: "i7" }, 10)).toHaveLength(1);
  });

  it("refuses to change or remove an entry", async () => {
    await write(2);
    const sqlite = new DatabaseSync(file);
    expect(() => sqlite.exec("update entry set line = '{}'")).toThrow("never changed");
    expect(() => sqlite.exec("delete from entry")).toThrow("never removed");
    sqlite.close();
  });

  it.each([
    ["changed", `update entry set line = replace(line, 'iris', 'ivan') where place = 3`],
    ["removed", "delete from entry where place = 3"],
    ["removed at the end", "delete from entry where place >= 8"],
    ["moved", "update entry set place = 99 where place = 3"],
    [
      "slipped in",
      `update entry set place = place + 1000 where place >= 3;
       insert into entry select 3, line from entry where place = 0;
       update entry set place = place - 999 where place >= 1000`,
    ],
    [
      "vouched for by another key",
      "update checkpoint set note = replace(note, 'access', 'excess')",
    ],
  ])("finds an entry that was %s", async (_, sql) => {
    await write(10);
    expect(problems()).toEqual([]);
    tamper(sql);
    expect(problems()).not.toEqual([]);
  });

  it("finds a file that was put back to an earlier state by a checkpoint kept elsewhere", async () => {
    const signed: string[] = [];
    await write(4);
    const log = openAccessLog({ file, signer, signed: ({ note }) => void signed.push(note) });
    await log.note(entry("/later"));
    log.close();
    tamper("delete from entry where place = 4; delete from checkpoint where size = 5");
    expect(problems()).toEqual([]);
    expect(problems(signed)).toEqual(["5 entries were signed, and only 4 are left"]);
  });

  it("does not go on from a checkpoint that was tampered with", async () => {
    await write(3);
    tamper(`update checkpoint set peaks = '["00"]'`);
    expect(() => openAccessLog({ file, signer })).toThrow("last checkpoint");
  });

  it("goes on under a new key, and both are asked for whoever checks", async () => {
    await write(3);
    const next = signerFrom("console", Buffer.alloc(32, 7).toString("base64"));
    const log = openAccessLog({ file, signer: next });
    await log.note(entry("/after"));
    log.close();
    const both = [...keys, writeVerifierKey(verifierKeyOf(next))];
    expect(verifyAccessLog(file, both)).toMatchObject({ entries: 4, strangers: [], problems: [] });
    const one = verifyAccessLog(file, keys);
    expect(one).toMatchObject({ problems: [], strangers: [expect.stringMatching(/^access-log/)] });
    tamper("update entry set line = replace(line, 'i1', 'i9') where place = 1");
    expect(() => openAccessLog({ file, signer })).toThrow(/does not follow/);
  });

  it("says so when it cannot write", async () => {
    const log = openAccessLog({ file, signer });
    await log.note(entry("/a"));
    const sqlite = new DatabaseSync(file);
    sqlite.exec("drop table entry");
    sqlite.close();
    await expect(log.note(entry("/b"))).rejects.toThrow();
  });
});
