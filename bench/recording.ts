/**
 * Recording judgements: from a command to a durable fact, embedded, beside the physical limit: the
 * same rows with the same durability through node:sqlite alone.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import type { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import { type CaseId, CommandId, type InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { envelopeFor, line, people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { quantile, round, row, spreadOf, told } from "./measure.ts";
import { inTurns, type Rounds } from "./rounds.ts";

type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };

const commands = 1500;

/** Stops the story when every case is assessed and before fieldwork closes. */
class Enough extends Error {}

const openedInspection = async (engine: Engine, clock: ReturnType<typeof createSteppedClock>) => {
  const [plot] = examplePlots();
  if (!plot) throw new TypeError("no example");
  const onCommand = (_: unknown, { command }: { readonly command: { readonly type: string } }) => {
    if (command.type === "ProposeDomainOne") throw new Enough();
  };
  await carry({ engine, clock, plots: [plot], onCommand }).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  await engine.idle();
  const { briefing } = await lookAt(engine.store, plot.inspection);
  for (const id of briefing.sample.keys()) await engine.bus.send("fieldwork", reopening(plot, id));
  return plot.inspection;
};

/** So that its judgements can be changed at will. */
const reopening = (plot: Plot, id: CaseId): CommandEnvelope =>
  envelopeFor(
    plot,
    line(people.lead, { type: "ReopenAssessment", case: id, reason: "To measure with it." }),
    { at: "2020-08-20T15:00:00.000Z" as Instant, place: `reopen/${id}` },
  );

/** Judgements that change an answer back and forth, on every case that is still open. */
const judgements = async (engine: Engine, inspection: InspectionId) => {
  const { briefing, files } = await lookAt(engine.store, inspection);
  const open = [...briefing.sample.keys()];
  let number = 0;
  return (): AssessmentCommand => {
    const id = open[number % open.length]!;
    const file = files.get(id)!;
    const assessor = [...file.judges][0]!;
    number += 1;
    return {
      type: "RecordJudgement",
      inspection,
      at: "2020-08-18T10:00:00.000Z" as Instant,
      by: { id: assessor, role: "inspector" },
      case: id,
      question: [...file.relevant][0]!,
      answer: Math.floor(number / open.length) % 2 === 0 ? "no" : "yes",
      rationale: "The plan did not address what had led to the offence.",
      reason: `A second look, number ${number}.`,
    };
  };
};

const send = async (
  engine: Engine,
  next: () => AssessmentCommand,
  callers: number,
): Promise<Figures> => {
  const times: number[] = [];
  let left = commands;
  const begun = performance.now();
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sent = performance.now();
      const id = CommandId.parse(crypto.randomUUID());
      const envelope = { id, correlationId: id, causationId: id, command: next() };
      const reply = await engine.bus.send("fieldwork", envelope);
      if (!reply.accepted || reply.events !== 1) throw new Error(JSON.stringify(reply));
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: commands / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
};

/** One insert, one commit, one fsync, as often as the disk allows. */
const rawInserts = (folder: string): Figures => {
  const file = join(folder, `raw-${crypto.randomUUID()}.sqlite`);
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal; pragma synchronous = full");
  database.exec("create table events (position integer primary key, data text) strict");
  const insert = database.prepare("insert into events (data) values (?)");
  const data = "x".repeat(900);
  const times: number[] = [];
  const begun = performance.now();
  for (let i = 0; i < commands; i += 1) {
    const sent = performance.now();
    insert.run(data);
    times.push(performance.now() - sent);
  }
  const seconds = (performance.now() - begun) / 1000;
  database.close();
  return { perSecond: commands / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
};

export const run = async (): Promise<Readonly<Record<string, unknown>>> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const log = createLog({ service: "bench", level: "silent" });
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const engine = await startEngine({ dataDir: folder, clock, log });
  try {
    const next = await judgements(engine, await openedInspection(engine, clock));
    const contenders = [
      { name: "Assay, 1 caller", run: () => send(engine, next, 1) },
      { name: "Assay, 64 callers", run: () => send(engine, next, 64) },
      { name: "node:sqlite alone, 1 row a commit", run: () => rawInserts(folder) },
    ];
    return { commands, ...printed(await inTurns({ contenders, folder })) };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const printed = ({ figures, fsync, rounds }: Rounds<Figures>) => {
  const widths = [-36, 10, 22, 10, 10];
  console.log(`fsync of 4 KiB: ${told(fsync, 2)} ms`);
  console.log(row(widths, ["", "a second", "range", "p50 ms", "p99 ms"]));
  const rows = [...figures].map(([name, all]) => {
    const perSecond = spreadOf(all.map((each) => each.perSecond));
    const p50 = spreadOf(all.map((each) => each.p50)).median;
    const p99 = spreadOf(all.map((each) => each.p99)).median;
    const range = `${round(perSecond.least)}–${round(perSecond.most)}`;
    console.log(row(widths, [name, round(perSecond.median), range, round(p50, 2), round(p99, 2)]));
    return { name, perSecond, p50, p99 };
  });
  return { rounds, fsync, rows };
};
