/** Act, by rotorsoft, on its SQLite store with its cache of states. */
import { join } from "node:path";

import { act, ConsoleLogger, log, state, store } from "@rotorsoft/act";
import { SqliteStore } from "@rotorsoft/act-sqlite";
import { z } from "zod";

import { answered, type Answers, type Recorder } from "../recording/recorder.ts";
import { createTurns } from "../recording/turns.ts";

const Judged = z.object({
  at: z.string(),
  by: z.object({ id: z.string(), role: z.string() }),
  question: z.string(),
  answer: z.enum(["yes", "no"]),
  rationale: z.string(),
  reason: z.string(),
});

const Assessment = state({ Assessment: z.object({ answers: z.record(z.string(), z.string()) }) })
  .init(() => ({ answers: {} as Answers }))
  .emits({ JudgementRecorded: Judged })
  .patch({ JudgementRecorded: ({ data }, { answers }) => ({ answers: answered(answers, data) }) })
  .on({ recordJudgement: Judged })
  .emit((judgement) => ["JudgementRecorded", judgement])
  .build();

export const startAct = async (folder: string): Promise<Recorder> => {
  log(new ConsoleLogger({ level: "fatal" }));
  store(new SqliteStore({ url: `file:${join(folder, "act.sqlite")}` }));
  await store().seed();
  const app = act().withState(Assessment).build();
  const inTurn = createTurns();
  let begun = 0;
  return {
    name: "Act on SQLite",
    settings: [
      "WAL (its own), synchronous=FULL (libSQL's default), states cached (its default), commands in",
      "turn, because a second transaction at the same time is refused",
    ].join(" "),
    begin: async (streams) => {
      begun += 1;
      const names = Array.from({ length: streams }, (_, stream) => `assessment-${begun}.${stream}`);
      return {
        record: (stream, judgement) =>
          inTurn("the store", async () => {
            const actor = { id: judgement.by.id, name: judgement.by.id };
            await app.do("recordJudgement", { stream: names[stream]!, actor }, judgement);
          }),
        stored: async () => {
          let events = 0;
          for (const stream of names)
            await store().query(() => void (events += 1), { stream, stream_exact: true });
          return events;
        },
      };
    },
    close: async () => {
      await app.shutdown();
      await store().dispose();
    },
  };
};
