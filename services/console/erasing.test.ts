import { Instant } from "@assay/domain/kernel/instants.ts";
import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk } from "./contract/desk.ts";
import { createLibrary } from "./reading/library.ts";

const [plot] = examplePlots();
const { inspection } = plot!;

let engine: Engine;
let desk: Desk;

beforeAll(async () => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2018-01-01T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: [plot!] });
  desk = await openDesk(engine, clock);
}, 120_000);
afterAll(async () => {
  desk.close();
  await engine.close();
});

/** What was written about this case and about no other, as the store has it. */
const wordsAbout = async (id: string): Promise<readonly string[]> => {
  const [own, others] = [new Set<string>(), new Set<string>()];
  for (const { data } of await readInspection(engine.store, inspection))
    mapTexts(data, (text, place) => {
      for (const value of Object.values(text as object))
        if (typeof value === "string") (place.case === id ? own : others).add(value);
      return text;
    });
  return [...own].filter((value) => !others.has(value));
};

it("erases a case by its form, and then nobody is shown or holds a word about it", async () => {
  await desk.signIn("head-of-programme/head-of-programme/");
  const own = await wordsAbout("c0001");
  expect(own.length).toBeGreaterThan(1);

  const library = createLibrary(engine.store);
  const holds = async (): Promise<string> => {
    const held = (await library.one(inspection))!;
    const plain = (_: string, value: unknown): unknown =>
      value instanceof Map || value instanceof Set ? [...value] : value;
    return JSON.stringify([held.announcement, held.fieldwork, held.panel, held.publication], plain);
  };
  const path = `/inspections/${inspection}/cases/c0001`;
  await desk.read(path);
  const before = await holds();
  expect(own.filter((each) => before.includes(JSON.stringify(each)))).toEqual(own);

  const answer = await desk.send(path, "EraseCase", {
    ...{ ground: "objection-upheld", reason: "The family objected." },
  });
  expect([answer.status, answer.at]).toEqual([200, `${path}?done=EraseCase`]);
  expect(answer.text).toContain("[erased]");
  const after = await holds();
  expect(own.filter((each) => after.includes(JSON.stringify(each)))).toEqual([]);
});

it("warns of words that could identify somebody, and takes them when they are sent again", async () => {
  await desk.signIn("head-of-programme/head-of-programme/");
  const path = `/inspections/${inspection}/cases/c0002`;
  const form = { ground: "objection-upheld", reason: "Agreed with 07700 900123." };

  const warned = await desk.send(path, "EraseCase", form);
  expect(warned.status).toBe(422);
  expect(warned.text).toContain("“07700 900123” could tell who somebody is (phone number)");
  expect((await desk.read(path)).text).not.toContain("[erased]");

  const other = await desk.send(warned, "EraseCase", { ...form, reason: "Ring 07700 900124." });
  expect(other.status).toBe(422);
  const kept = await desk.send(warned, "EraseCase", form);
  expect([kept.status, kept.at]).toEqual([200, `${path}?done=EraseCase`]);
});
