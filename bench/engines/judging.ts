/**
 * Judgements end to end: from a caller over NATS to fieldwork services in processes of their own,
 * from there to the event store, and back. The inspection is told beforehand, in memory.
 */
import { randomUUID } from "node:crypto";

import { openTimeTeller } from "@assay/bus/nats-clock.ts";
import { openNatsBus } from "@assay/bus/nats.ts";
import type { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import { type CaseId, CommandId, InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { assessmentStream } from "@assay/domain/kernel/stream.ts";
import { envelopeFor, line, people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { carry, deliver } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { sealing } from "@assay/host/seal.ts";
import type { Edges } from "@assay/services/edges.ts";
import { type KeptService, untilReady } from "@assay/services/topology.ts";
import type { EventStore, NewEvent } from "@assay/store/port.ts";

import { all, type Figures, timed } from "./storing.ts";

export type Judging = {
  send(asked: { readonly callers: number; readonly commands: number }): Promise<Figures>;
  close(): Promise<void>;
};

/** In milliseconds: slow answers are measured, and what replicas contended for is sent again. */
const patience = { answer: 60_000, command: 60_000, again: 5 };

/** While fieldwork is open: nothing falls due for as long as it is measured. */
const now = "2020-08-20T15:00:00.000Z" as Instant;

export const startJudging = async (surroundings: {
  readonly store: EventStore;
  readonly natsUrl: string;
  readonly edges: Edges;
  /** Who carries the commands out, in a story's time, which begins here if nobody told it yet. */
  readonly services: readonly KeptService[];
  /** Whose cases are judged, in turn; 1 by default. */
  readonly inspections?: number;
}): Promise<Judging> => {
  const { store, natsUrl, edges, services, inspections = 1 } = surroundings;
  const [example] = examplePlots();
  if (!example) throw new TypeError("no example");
  const plots = Array.from({ length: inspections }, () => {
    const name = `${example.inspection}-${randomUUID().slice(0, 8)}`;
    return { ...example, inspection: InspectionId.parse(name) };
  });
  await bringAssessed(plots, store);
  const teller = await openTimeTeller({ url: natsUrl, name: "assay-clock" });
  teller.tell(now);
  const bus = sealing(await openNatsBus({ url: natsUrl, name: "assay-bench" }), edges.teller);
  await untilReady(services);
  const cases = (await Promise.all(plots.map((plot) => casesOf(plot, store)))).flat();
  for (const { plot, id } of cases) await deliver(bus, reopening(plot, id));

  let number = 0;
  const nextCommand = (): AssessmentCommand => {
    const { plot, id, file } = cases[number % cases.length]!;
    number += 1;
    return {
      ...{ type: "RecordJudgement", inspection: plot.inspection, at: now, case: id },
      by: { id: [...file.judges][0]!, role: "inspector" },
      question: [...file.relevant][0]!,
      answer: Math.floor(number / cases.length) % 2 === 0 ? "no" : "yes",
      rationale: "The plan did not address what had led to the offence.",
      reason: `A second look, number ${number}.`,
    };
  };
  const judgements = async (): Promise<number> => {
    const streams = cases.map(({ plot, id }) =>
      all(store.read(assessmentStream(plot.inspection, id))),
    );
    return (await Promise.all(streams)).flat().length;
  };
  return {
    send: async ({ callers, commands }) => {
      const before = await judgements();
      const figures = await timed({ callers, times: commands }, async () => {
        const commandId = CommandId.parse(randomUUID());
        const envelope = { id: commandId, correlationId: commandId, causationId: commandId };
        await deliver(bus, { ...envelope, command: nextCommand() }, patience);
      });
      const added = (await judgements()) - before;
      if (added !== commands) throw new Error(`${added} judgements for ${commands} commands`);
      return figures;
    },
    close: async () => {
      await bus.close();
      await teller.close();
    },
  };
};

/** Stops the story when every case is assessed and before fieldwork closes. */
class Enough extends Error {}

/** Tells the story in this process and copies its streams, as whoever moves a store does. */
const bringAssessed = async (plots: readonly Plot[], store: EventStore): Promise<void> => {
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "bench", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const onCommand = (_: unknown, { command }: { readonly command: { readonly type: string } }) => {
    if (command.type === "ProposeDomainOne") throw new Enough();
  };
  await carry({ engine, clock, plots, onCommand }).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  await engine.idle();
  const streams = Map.groupBy(await all(engine.store.readAll()), ({ stream }) => stream);
  for (const [stream, stored] of streams) {
    const events = stored.map(({ id, type, data, metadata }): NewEvent => ({
      ...{ id, type, data, metadata },
    }));
    const answer = await store.append(stream, events, "none");
    if (!answer.appended) throw new Error(`${stream} was there already`);
  }
  await engine.close();
};

const casesOf = async (plot: Plot, store: EventStore) => {
  const { briefing, files } = await lookAt(store, plot.inspection);
  return [...briefing.sample.keys()].map((id) => ({ plot, id, file: files.get(id)! }));
};

const reopening = (plot: Plot, id: CaseId) =>
  envelopeFor(
    plot,
    line(people.lead, { type: "ReopenAssessment", case: id, reason: "To measure with it." }),
    { at: now, place: `reopen/${id}` },
  );
