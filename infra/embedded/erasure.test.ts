import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CommandEnvelope, Reply } from "@assay/domain/kernel/envelope.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { verifyErasure } from "@assay/ledger/erasure.ts";
import { verifyBundle } from "@assay/ledger/verify-bundle.ts";
import { integrityInWords, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { publishedBundles } from "@assay/console/reading/proofs-in.ts";
import {
  erasuresFolder,
  openLedger,
  publishing,
  siteFolder,
} from "@assay/publication/publishing.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { destination } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";

import { carry } from "./carry.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";

let dataDir: string;
let engine: Engine;
let clock: SteppedClock;
let before: readonly StoredEvent[];
const [plot] = examplePlots();
const { inspection } = plot!;

const start = async (): Promise<void> => {
  const log = createLog({
    service: "assay",
    level: "debug",
    destination: destination({ dest: join(dataDir, "assay.log"), mkdir: true, sync: true }),
  });
  engine = await startEngine({
    dataDir,
    clock,
    log,
    reactions: publishing(dataDir, await openLedger(dataDir)),
  });
};

const ask = (command: CommandEnvelope["command"]): Promise<Reply> => {
  const id = CommandId.parse(crypto.randomUUID());
  return engine.bus.send("announcement", { id, correlationId: id, causationId: id, command });
};

const eraseCase = (of: string) =>
  ask({
    type: "EraseCase",
    inspection,
    at: clock.now(),
    by: { id: "hugo", role: "head-of-programme" },
    of,
    ground: "objection-upheld",
    reason: "The family objected, and nothing outweighs it.",
  });

/** The words of one case as they were written, longer than what might stand elsewhere by chance. */
const wordsOf = (events: readonly StoredEvent[], id: string): readonly string[] => {
  const found = new Set<string>();
  for (const { data } of events)
    mapTexts(data, (text, place) => {
      if (place.case !== id) return text;
      for (const value of Object.values(text as object)) {
        if (typeof value === "string" && value.length >= 6) found.add(value);
      }
      return text;
    });
  return [...found];
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** Every file of the data folder in which any of these stands. */
const filesWith = (words: readonly string[]): readonly string[] =>
  filesIn(dataDir).filter((path) => {
    const bytes = readFileSync(path);
    return words.some((word) => bytes.includes(word) || bytes.includes(JSON.stringify(word)));
  });

const textsOf = async (id: string): Promise<ReadonlySet<string>> => {
  const states = new Set<string>();
  for (const { data } of await readInspection(engine.store, inspection))
    mapTexts(data, (text, place) => {
      if (place.case === id)
        states.add(JSON.stringify(text) === '{"erased":true}' ? "gone" : "kept");
      return text;
    });
  return states;
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-erased-"));
  clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  await start();
  await carry({ engine, clock, plots: [plot!] });
  before = await readInspection(engine.store, inspection);
}, 120_000);

afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it("finds no word about any case in any file, before anything is erased", () => {
  const words = ["c0001", "c0002"].flatMap((id) => wordsOf(before, id));
  expect(words.length).toBeGreaterThan(4);
  expect(filesWith(words)).toEqual([]);
  expect(filesWith(["JudgementRecorded"])).not.toEqual([]);
});

it("erases one case and leaves every other, every rating and every proof as it was", async () => {
  expect(await textsOf("c0001")).toEqual(new Set(["kept"]));
  expect(await eraseCase("c0001")).toMatchObject({ accepted: true, events: 1 });
  expect(await textsOf("c0001")).toEqual(new Set(["gone"]));
  expect(await textsOf("c0002")).toEqual(new Set(["kept"]));
  await engine.idle();

  const watched = await watchIntegrity(engine.store, await openLedger(dataDir));
  expect(integrityInWords(watched)).toMatch(/^The store holds what/);
  const [bundle] = await publishedBundles(siteFolder(dataDir), inspection);
  expect(verifyBundle(readFileSync(bundle!.path)).checks.filter(({ holds }) => !holds)).toEqual([]);

  const after = await readInspection(engine.store, inspection);
  const judged = (events: readonly StoredEvent[]) =>
    events
      .filter(({ stream }) => !stream.startsWith("erasure-"))
      .map(({ id, type, data }) => ({ id, type, data: mapTexts(data, () => undefined) }));
  expect(judged(after)).toEqual(judged(before));
});

it("certifies what is gone, by place and hash, and signs it", async () => {
  const [name] = readdirSync(erasuresFolder(dataDir));
  const file = readFileSync(join(erasuresFolder(dataDir), name!), "utf8");
  const { keyring } = await openLedger(dataDir);
  const report = verifyErasure(file, keyring.keys);
  expect(report).toMatchObject({
    holds: true,
    statement: { inspection, fact: { type: "CaseErased", of: "c0001", by: { id: "hugo" } } },
  });
  const texts = report.statement!.texts;
  const expected = before.flatMap((event) => {
    const own: string[] = [];
    mapTexts(event.data, (text, { pointer, case: id }) => {
      if (id === "c0001") own.push(`${event.id}${pointer}`);
      return text;
    });
    return own;
  });
  expect(texts.map(({ event, pointer }) => `${event}${pointer}`)).toEqual(expected);
  expect(texts.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash ?? ""))).toBe(true);
});

it("is still erased after a restart, and asked again records nothing", async () => {
  await engine.close();
  await start();
  expect(await textsOf("c0001")).toEqual(new Set(["gone"]));
  expect(await eraseCase("c0001")).toMatchObject({ accepted: true, events: 0 });
  expect(filesWith(wordsOf(before, "c0001"))).toEqual([]);
});
