/**
 * Replaying ratings from the embedded store: one inspection of some 2,000 judgements, and a
 * four-year programme of 155 such inspections, each beside reading and parsing the same rows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { replay } from "@assay/domain/audit/replay.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots, plotFrom } from "@assay/embedded/examples.ts";
import { factOf } from "@assay/embedded/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { round, row, spreadOf } from "./measure.ts";

const rounds = 5;
const inspections = 155;
const name = "larger-2020" as InspectionId;

const idOf = (number: number): InspectionId =>
  `service-${String(number).padStart(3, "0")}` as InspectionId;

const recorded = (event: StoredEvent): Recorded => ({
  stream: event.stream,
  revision: event.revision,
  position: event.position,
  metadata: event.metadata,
  event: factOf(event),
});

/** The first example's story on more cases: what a service of middling size comes to. */
const largerPlot = () => {
  const { file } = examplePlots()[0]!;
  const standards = Object.fromEntries(
    Object.entries(file.standards).map(([code, { keyQuestions = {} }]) => [
      code,
      {
        rating: "Good",
        keyQuestions: Object.fromEntries(
          Object.keys(keyQuestions).map((question) => [
            question,
            question === "policeWork" ? { relevant: 6, percent: 67 } : { percent: 70 },
          ]),
        ),
      },
    ]),
  );
  const plot = plotFrom({
    id: name,
    service: "Larger YOS",
    fieldwork: { start: "2020-02-03", end: "2020-02-07" },
    court: { cases: 24 },
    outOfCourt: { cases: 16 },
    domainOne: { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Good" },
    standards,
    score: 24,
    overall: "Good",
  });
  if (!plot.ok) throw new TypeError(JSON.stringify(plot.problems));
  return plot.value;
};

const history = async (): Promise<readonly StoredEvent[]> => {
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "bench", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: [largerPlot()] });
  const events = await readInspection(engine.store, name);
  await engine.close();
  return events;
};

/** That history over and over, each time under an inspection's id of its own. */
const fill = async (store: EventStore, events: readonly StoredEvent[]): Promise<void> => {
  const streams = Map.groupBy(events, ({ stream }) => stream);
  for (let number = 0; number < inspections; number += 1) {
    const renamed = (text: string): string => text.replaceAll(name, idOf(number));
    const again = ({ type, data, metadata }: StoredEvent): NewEvent => ({
      id: crypto.randomUUID(),
      type,
      data: JSON.parse(renamed(JSON.stringify(data))),
      metadata,
    });
    for (const [stream, own] of streams) {
      await store.append(renamed(stream), own.map(again), "none");
    }
  }
};

/** The floor: the rows of one inspection, or all of them, and JSON.parse of what they hold. */
const readAndParse = (path: string, inspection?: InspectionId): number => {
  const database = new DatabaseSync(path, { readOnly: true });
  const columns = "e.position, s.name, e.revision, e.id, e.type, e.data, e.metadata";
  const from = "from events e join streams s on s.id = e.stream";
  const own = "select id from streams where name like ? or name like ?";
  const where = inspection === undefined ? "" : `where e.stream in (${own})`;
  const statement = database.prepare(`select ${columns} ${from} ${where} order by e.position`);
  statement.setReturnArrays(true);
  const given = inspection === undefined ? [] : [`%-${inspection}`, `%-${inspection}.%`];
  let rows = 0;
  for (const values of statement.iterate(...given) as unknown as Iterable<readonly string[]>) {
    JSON.parse(values[5]!);
    JSON.parse(values[6]!);
    rows += 1;
  }
  database.close();
  return rows;
};

const replayFrom = async (store: EventStore, inspection: InspectionId): Promise<void> => {
  const events = (await readInspection(store, inspection)).map(recorded);
  if (!replay(events)?.equal) throw new Error(`${inspection} does not replay to its ratings`);
};

const replayAll = async (store: EventStore): Promise<void> => {
  for (let number = 0; number < inspections; number += 1) await replayFrom(store, idOf(number));
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
    const events = await history();
    await fill(store, events);
    const judgements = events.filter(({ type }) => type === "JudgementRecorded").length;
    const one = idOf(77);
    const known = events.map(recorded);
    const rows = readAndParse(path);
    const told = `one inspection, ${judgements} judgements among ${events.length} events`;
    const all = `${inspections} inspections, ${rows} events`;
    const works: readonly (readonly [string, () => unknown])[] = [
      [`${told}: read and parsed, no more`, () => readAndParse(path, one)],
      [`${told}: read and replayed`, () => replayFrom(store, one)],
      [`${told}: replayed from memory`, () => replay(known)],
      [`${all}: read and parsed, no more`, () => readAndParse(path)],
      [`${all}: read and replayed`, () => replayAll(store)],
    ];
    return { rounds, judgements, events: rows, inspections, rows: await measured(works) };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measured = async (works: readonly (readonly [string, () => unknown])[]) => {
  const times = works.map((): number[] => []);
  for (let i = 0; i <= rounds; i += 1) {
    for (const [at, [, work]] of works.entries()) {
      const took = await timed(work);
      // The first round warms up.
      if (i > 0) times[at]!.push(took);
    }
  }
  const widths = [-76, 10, 16];
  console.log(row(widths, ["milliseconds", "median", "range"]));
  return works.map(([what], at) => {
    const spread = spreadOf(times[at]!);
    const range = `${round(spread.least)}–${round(spread.most)}`;
    console.log(row(widths, [what, round(spread.median, 1), range]));
    return { name: what, ...spread };
  });
};
