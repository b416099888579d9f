import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { StepRules } from "@assay/domain/audit/continuity.ts";
import { recomputedRatings } from "@assay/domain/audit/recompute.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { carry } from "./carry.ts";
import { checkUpgrade, isKnownCode } from "./check-upgrade.ts";
import { stepsToday } from "./code.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";

const log = createLog({ service: "test", level: "silent" });
const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
const [plot] = examplePlots();
const over = plot!.inspection;
let engine: Engine;
/** The same inspection as it stood when the panel sat. */
let underWay: EventStore;

beforeAll(async () => {
  engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: [plot!] });
  underWay = createMemoryStore();
  await copied(underWay, ({ type }) => type === "RatingsConcluded");
}, 120_000);

/** Appends what the engine recorded, up to the first event for which `stop` says so. */
const copied = async (to: EventStore, stop: (event: StoredEvent) => boolean): Promise<void> => {
  const revisions = new Map<string, number>();
  for await (const page of engine.store.readAll()) {
    for (const event of page) {
      if (stop(event)) return;
      const last = revisions.get(event.stream);
      await to.append(event.stream, [event], last ?? "none");
      revisions.set(event.stream, (last ?? -1) + 1);
    }
  }
};

afterAll(() => engine.close());

/** The steps of today, one of them otherwise. */
const planted = (category: string, change: (step: StepRules) => Partial<StepRules>) =>
  stepsToday.map((step) => (step.category === category ? { ...step, ...change(step) } : step));

/** A chart that no longer knows one type of fact. */
const without = (type: string) => (step: StepRules) => {
  type State = StepRules["initial"] & { readonly whole?: StepRules["initial"] };
  const narrow = (whole: StepRules["initial"]): State => ({
    whole,
    phase: {
      value: whole.phase!.value,
      status: whole.phase!.status,
      can: (fact) => fact.type !== type && whole.phase!.can(fact),
    },
  });
  return {
    initial: narrow(step.initial),
    evolve: (state: never, fact: never) =>
      narrow(step.evolve((state as State).whole as never, fact)),
  };
};

it("finds nothing to say against the code that recorded everything", async () => {
  expect(await checkUpgrade(engine.store)).toMatchObject({ replayed: 1, stranded: [] });
  expect(await checkUpgrade(underWay)).toMatchObject({ replayed: 1, stranded: [] });
});

it("has nothing to say about reminders, on which no rating rests", async () => {
  const golden = "../../packages/domain/reminders/golden/reminder-called.1.json";
  const { type, ...data } = JSON.parse(readFileSync(join(import.meta.dirname, golden), "utf8")) as {
    type: string;
  };
  const store = createMemoryStore();
  const called = { id: crypto.randomUUID(), type, data, metadata: { version: 1 } };
  await store.append(`reminders-${over}`, [called], "none");
  await copied(store, () => false);
  expect(await checkUpgrade(store)).toMatchObject({ replayed: 1, stranded: [] });
});

it("takes inspections for themselves, however their events come between each other", async () => {
  const store = createMemoryStore();
  const strange = () => ({ id: crypto.randomUUID(), type: "Nothing", data: {}, metadata: {} });
  await copied(store, ({ type }) => type === "InspectionAnnounced");
  await store.append("panel-b-2020", [strange()], "none");
  await store.append("panel-c-2020", [strange()], "none");
  await store.append("publication-b-2020", [strange()], "none");
  const { replayed, stranded } = await checkUpgrade(store);
  expect(replayed).toBe(3);
  expect(stranded.map(({ name, breaks }) => [name, breaks.length])).toEqual([
    ["b-2020", 2],
    ["c-2020", 1],
  ]);
});

describe("a planted change is found, in an inspection that is over and in one under way", () => {
  const kinds = async (store: EventStore, code: Parameters<typeof checkUpgrade>[1]) => {
    const { stranded } = await checkUpgrade(store, code);
    return stranded.flatMap(({ name, breaks }) => breaks.map(({ kind }) => `${name}: ${kind}`));
  };

  it("a chart that no longer expects a recorded fact", async () => {
    const steps = planted("panel", without("StandardConsidered"));
    expect(await kinds(engine.store, { steps })).toEqual([`${over}: unexpected`]);
    expect(await kinds(underWay, { steps })).toEqual([`${over}: unexpected`]);
  });

  it("a schema that refuses a recorded fact", async () => {
    const steps = planted("inspection", (step) => ({
      read: (event) =>
        event.type === "SampleDrawn" ? { unreadable: "draw.seed is too short" } : step.read(event),
    }));
    expect(await kinds(engine.store, { steps })).toEqual([`${over}: unreadable`]);
    expect(await kinds(underWay, { steps })).toEqual([`${over}: unreadable`]);
  });

  it("a phase from which nothing is possible any more", async () => {
    const steps = planted("panel", (step) => ({ types: step.types.filter(() => false) }));
    expect(await kinds(underWay, { steps })).toEqual([`${over}: stranded`]);
  });

  it("a rule that rates otherwise", async () => {
    const recompute: typeof recomputedRatings = (facts) => {
      const ratings = recomputedRatings(facts);
      return ratings && { ...ratings, score: ratings.score + 1 };
    };
    const { stranded } = await checkUpgrade(engine.store, { recompute });
    expect(stranded).toMatchObject([
      { name: over, breaks: [{ kind: "rated otherwise", what: "score 29 → 30" }] },
    ]);
    expect(await kinds(underWay, { recompute })).toEqual([]);
  });
});

describe("a data folder that other code used last", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-upgrade-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const start = () => startEngine({ dataDir: folder, clock, log });
  const forget = () => writeFileSync(join(folder, "code.json"), '{"fingerprint":"another"}\n');

  it("is taken over when all of its inspections can go on", async () => {
    await (await start()).close();
    expect(isKnownCode(folder)).toBe(true);
    forget();
    expect(isKnownCode(folder)).toBe(false);
    await (await start()).close();
    expect(isKnownCode(folder)).toBe(true);
  });

  it("is taken over with what cannot be read set aside, for that stops nothing else", async () => {
    const first = await start();
    const strange = { id: crypto.randomUUID(), type: "PanelAdjourned", data: {}, metadata: {} };
    await first.store.append("panel-somewhere-2020", [strange], "none");
    await first.close();
    forget();
    await (await start()).close();
    expect(isKnownCode(folder)).toBe(true);
  });

  it("is refused when one would go on otherwise, and left as it was", async () => {
    const first = await start();
    const [scheduled] = await readStream(engine.store, `inspection-${over}`);
    for (const last of ["none", 0] as const)
      await first.store.append(
        "inspection-elsewhere-2020",
        [{ ...scheduled!, id: crypto.randomUUID() }],
        last,
      );
    await first.close();
    await (await start()).close();
    forget();
    await expect(start()).rejects.toThrow(/cannot go on from there: elsewhere-2020/);
    expect(readFileSync(join(folder, "code.json"), "utf8")).toContain("another");
  });
});
