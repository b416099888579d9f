import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, expect, it } from "vitest";

import { append } from "./commands.ts";
import { openEngine } from "./engine.ts";
import { revive } from "./stored.ts";
import { Tail } from "./tail.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-tail-"));
const engine = openEngine({ path: join(folder, "events.db") });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (count: number, bytes: number): Promise<unknown> => {
  const data = JSON.stringify({ words: "x".repeat(bytes) });
  const event = { type: "Tried", json: true, data, metadata: "{}" };
  const entries = Array.from({ length: count }, () => ({ ...event, id: randomUUID() }));
  const stream = `tail-${randomUUID()}`;
  return engine.change((writer) => append(writer, { stream, expected: "none", entries, now: 1 }));
};

const everything = { forwards: true, limit: 1_000, filters: [] };

/** What was asked at that moment, so far back from the end. */
const asks = fc.array(fc.nat(200), { maxLength: 6 });
const turns = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 150 }),
    bytes: fc.constantFrom(10, 10, 10, 60_000),
    asks,
  }),
  { maxLength: 8 },
);

it("holds what the store holds, or says that it does not", async () => {
  const whole: number[] = [];
  const property = fc.asyncProperty(turns, async (all) => {
    const tail = new Tail(engine.reader);
    for (const { count, bytes, asks: back } of all) {
      await write(count, bytes);
      for (const each of back) {
        const at = Math.max(0, engine.end - each);
        const held = tail.since(at, engine.end);
        if (held === undefined) continue;
        const bounds = { above: at, below: engine.end + 1 };
        expect(held).toEqual(engine.reader.scan({ ...bounds, ...everything }).map(revive));
        whole.push(held.length);
      }
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(Math.max(...whole)).toBeGreaterThan(64);
});

it("has all that was recorded since a follower looked last, and gives everybody the same", async () => {
  const tail = new Tail(engine.reader);
  tail.since(engine.end, engine.end);
  for (let turn = 0; turn < 50; turn += 1) {
    const at = engine.end;
    await write(10, 10);
    const held = tail.since(at, engine.end)!;
    expect(held).toHaveLength(10);
    expect(tail.since(at, engine.end)![3]).toBe(held[3]);
  }
});

it("is shared by followers who rested while much was recorded", async () => {
  const tail = new Tail(engine.reader);
  tail.since(engine.end, engine.end);
  const at = engine.end;
  for (let turn = 0; turn < 4; turn += 1) {
    await write(60, 10);
    tail.since(engine.end - 60, engine.end);
  }
  expect(tail.since(at, engine.end)).toHaveLength(240);
});

it("reads large events no further than a page of them goes", async () => {
  const tail = new Tail(engine.reader);
  for (let turn = 0; turn < 6; turn += 1) {
    await write(60, 100_000);
    tail.since(engine.end, engine.end);
  }
  expect(tail.since(engine.end - 60, engine.end)).toBeUndefined();
  expect(tail.since(engine.end - 2, engine.end)).toHaveLength(2);
});
