/** Assay as it ships: commands over the in-process bus to the fieldwork service, SQLite below. */
import { mkdirSync } from "node:fs";

import type { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import { assessmentStream } from "@assay/domain/kernel/stream.ts";
import type { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import {
  type CaseId,
  CommandId,
  type InspectionId,
  type PersonId,
} from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { envelopeFor, line, people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import type { Recorder } from "./recorder.ts";

/** Stops the story when every case is assessed and before fieldwork closes. */
class Enough extends Error {}

export const startAssay = async (folder: string): Promise<Recorder> => {
  mkdirSync(folder);
  const log = createLog({ service: "bench", level: "silent" });
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const engine = await startEngine({ dataDir: folder, clock, log });
  const cases = (await openedCases(engine, clock)).slice(0, 16);

  const lengthOf = async ({ inspection, id }: OpenCase): Promise<number> => {
    const stream = assessmentStream(inspection, id);
    const pages = engine.store.read(stream, { direction: "backwards", limit: 1 });
    for await (const [last] of pages) return last!.revision + 1;
    return 0;
  };
  const stored = async (streams: number): Promise<number> => {
    const lengths = await Promise.all(cases.slice(0, streams).map(lengthOf));
    return lengths.reduce((sum, each) => sum + each, 0);
  };

  return {
    name: "Assay",
    settings: "SQLite in WAL mode, synchronous=FULL, group commit; as it ships",
    begin: async (streams) => {
      const before = await stored(streams);
      return {
        stored: async () => (await stored(streams)) - before,
        record: async (stream, { at, answer, rationale, reason }) => {
          const { inspection, id: caseId, judge, question } = cases[stream]!;
          const id = CommandId.parse(crypto.randomUUID());
          const command: AssessmentCommand = {
            type: "RecordJudgement",
            inspection,
            at: at as Instant,
            by: { id: judge, role: "inspector" },
            case: caseId,
            question,
            answer,
            rationale,
            reason,
          };
          const envelope = { id, correlationId: id, causationId: id, command };
          const reply = await engine.bus.send("fieldwork", envelope);
          if (!reply.accepted || reply.events !== 1) throw new Error(JSON.stringify(reply));
        },
      };
    },
    close: () => engine.close(),
  };
};

type OpenCase = {
  readonly inspection: InspectionId;
  readonly id: CaseId;
  readonly judge: PersonId;
  readonly question: string;
};

/** The cases of both examples, assessed and opened again, to be judged at will. */
const openedCases = async (
  engine: Engine,
  clock: ReturnType<typeof createSteppedClock>,
): Promise<readonly OpenCase[]> => {
  const onCommand = (_: unknown, { command }: { readonly command: { readonly type: string } }) => {
    if (command.type === "ProposeDomainOne") throw new Enough();
  };
  const opened: OpenCase[] = [];
  for (const plot of examplePlots()) {
    await carry({ engine, clock, plots: [plot], onCommand }).catch((error: unknown) => {
      if (!(error instanceof Enough)) throw error;
    });
    await engine.idle();
    const { files } = await lookAt(engine.store, plot.inspection);
    for (const [id, { judges, relevant }] of files) {
      const { accepted } = await engine.bus.send("fieldwork", reopening(plot, id));
      if (!accepted) throw new Error(`${id} cannot be opened again`);
      const [judge, question] = [[...judges][0]!, [...relevant][0]!];
      opened.push({ inspection: plot.inspection, id, judge, question });
    }
  }
  return opened;
};

const reopening = (plot: Plot, id: CaseId): CommandEnvelope =>
  envelopeFor(
    plot,
    line(people.lead, { type: "ReopenAssessment", case: id, reason: "To measure with it." }),
    { at: "2021-12-01T15:00:00.000Z" as Instant, place: `reopen/${id}` },
  );
