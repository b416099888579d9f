/** DBOS: a durable workflow for each command, whose one step's recorded result is the fact. */

import { DBOS } from "@dbos-inc/dbos-sdk";

import type { Judgement, Recorder } from "../recording/recorder.ts";
import { createTurns } from "../recording/turns.ts";

export const startDbos = async (systemDatabaseUrl: string): Promise<Recorder> => {
  DBOS.setConfig({ name: "bench", systemDatabaseUrl, logLevel: "error", runAdminServer: false });
  const recordJudgement = DBOS.registerWorkflow(
    async (stream: string, judgement: Judgement) =>
      DBOS.runStep(async () => ({ stream, ...judgement }), { name: "JudgementRecorded" }),
    { name: "recordJudgement" },
  );
  await DBOS.launch();
  const inTurn = createTurns();
  let begun = 0;
  return {
    name: "DBOS on PostgreSQL",
    settings: "fsync=on, synchronous_commit=on, its default pool; one workflow of one step each",
    begin: async (streams) => {
      begun += 1;
      const prefix = `${begun}/`;
      let number = 0;
      return {
        record: (stream, judgement) =>
          inTurn(String(stream % streams), async () => {
            number += 1;
            const workflowID = `${prefix}${number}`;
            const run = await DBOS.startWorkflow(recordJudgement, { workflowID })(
              `assessment-${begun}.${stream}`,
              judgement,
            );
            await run.getResult();
          }),
        stored: async () => {
          const done = await DBOS.listWorkflows({
            workflow_id_prefix: prefix,
            status: "SUCCESS",
            loadInput: false,
            loadOutput: false,
          });
          return done.length;
        },
      };
    },
    close: () => DBOS.shutdown(),
  };
};
