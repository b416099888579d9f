/**
 * Replaying ratings from stored events: one inspection, and a four-year programme of 155 of them,
 * beside merely reading and parsing the same rows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { byInspection, type Recorded } from "@assay/domain/audit/recorded.ts";
import { replay } from "@assay/domain/audit/replay.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { factOf } from "@assay/embedded/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { round, row, spreadOf } from "./measure.ts";

const rounds = 5;
const inspections = 155;

const recorded = (event: StoredEvent): Recorded => ({
  stream: event.stream,
  revision: event.revision,
  position: event.position,
  metadata: event.metadata,
  event: factOf(event),
});

const exampleEvents = async (): Promise<readonly StoredEvent[]> => {
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "bench", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const events: StoredEvent[] = [];
  await carry({ engine, clock, plots: examplePlots() });
  for await (const page of engine.store.readAll()) events.push(...page);
  await engine.close();
  return events;
};

/** The examples' histories over and over, each under an inspection's id of its own. */
const fill = async (store: EventStore, events: readonly StoredEvent[]): Promise<number> => {
  let stored = 0;
  for (let number = 0; number < inspections; number += 1) {
    const [example] = [examplePlots()[number % 2]!];
    const from = example.inspection;
    const own = events.filter(({ stream }) => stream.includes(`-${from}`));
    const streams = Map.groupBy(own, ({ stream }) => stream);
    for (const [stream, history] of streams) {
      const name = stream.replace(from, `service-${String(number).padStart(3, "0")}`);
      const renamed = (event: StoredEvent): NewEvent => ({
        id: crypto.randomUUID(),
        type: event.type,
        data: JSON.parse(
          JSON.stringify(event.data).replaceAll(from, `service-${String(number).padStart(3, "0")}`),
        ),
        metadata: event.metadata,
      });
      await store.append(name, history.map(renamed), "none");
      stored += history.length;
    }
  }
  return stored;
};

const rawRead = (path: string): number => {
  const database = new DatabaseSync(path, { readOnly: true });
  let rows = 0;
  const statement = database.prepare(
    "select e.position, s.name, e.revision, e.id, e.type, e.data, e.metadata from events e join streams s on s.id = e.stream order by e.position",
  );
  statement.setReturnArrays(true);
  for (const values of statement.iterate() as unknown as Iterable<readonly string[]>) {
    JSON.parse(values[5]!);
    JSON.parse(values[6]!);
    rows += 1;
  }
  database.close();
  return rows;
};

const replayAll = async (store: EventStore): Promise<number> => {
  const events: Recorded[] = [];
  for await (const page of store.readAll()) for (const event of page) events.push(recorded(event));
  let equal = 0;
  for (const own of byInspection(events).values()) if (replay(own)?.equal) equal += 1;
  if (equal !== inspections) throw new Error(`${equal} of ${inspections} replay to their ratings`);
  return events.length;
};

const timed = async (work: () => unknown): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

export const run = async (): Promise<Readonly<Record<string, unknown>>> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const path = storePath(folder);
  const store = openSqliteStore({ path });
  try {
    const example = await exampleEvents();
    const events = await fill(store, example);
    const one = example.filter(({ stream }) => stream.includes("milton-keynes-2021")).map(recorded);
    const times = { raw: [] as number[], replayed: [] as number[], one: [] as number[] };
    for (let i = 0; i < rounds; i += 1) {
      times.raw.push(await timed(() => rawRead(path)));
      times.replayed.push(await timed(() => replayAll(store)));
      times.one.push(await timed(() => replay(one)));
    }
    const widths = [-44, 10, 16];
    console.log(row(widths, ["".padEnd(44), "median ms", "range"]));
    const rows = Object.entries({
      [`${events} events read and parsed, no more`]: spreadOf(times.raw),
      [`${inspections} inspections read and replayed`]: spreadOf(times.replayed),
      [`one inspection of ${one.length} events replayed`]: spreadOf(times.one),
    }).map(([name, spread]) => {
      const range = `${round(spread.least)}–${round(spread.most)}`;
      console.log(row(widths, [name.padEnd(44), round(spread.median, 1), range]));
      return { name, ...spread };
    });
    return { rounds, events, inspections, rows };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
