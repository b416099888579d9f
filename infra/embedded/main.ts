/** `npm start`: brings the examples into an empty data folder, says what came of them, stays up. */
import { join, resolve } from "node:path";

import { systemClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { runUntilStopped } from "@assay/host/run.ts";
import { destination } from "pino";
import { integrityInWords, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { openLedger, publishing, siteFolder } from "@assay/publication/publishing.ts";
import { StoreFault } from "@assay/store/port.ts";

import { type Arguments, help, readArguments } from "./arguments.ts";
import { carryExamples, exampleOutcomes } from "./carry-examples.ts";
import { type EngineOptions, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { withProgress } from "./progress.ts";
import { serve } from "./serve.ts";
import { outcomeTable } from "./table.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const bringExamples = async (options: Omit<EngineOptions, "clock">): Promise<void> => {
  const plots = examplePlots();
  await withProgress(plots, (onCommand) => carryExamples({ ...options, plots, onCommand }));
};

const run = async ({
  dataDir: given,
  port,
  empty,
}: Extract<Arguments, { kind: "start" }>): Promise<0 | 1> => {
  const dataDir = resolve(given);
  const log = createLog({
    service: "assay",
    destination: destination({ dest: join(dataDir, "assay.log"), mkdir: true }),
  });
  const options = { dataDir, log, reactions: await publishing(dataDir) };
  if (!empty) await bringExamples(options);
  const engine = await startEngine({ ...options, clock: systemClock });
  await engine.idle();
  const plots = examplePlots();
  const found = await exampleOutcomes(engine.store, plots);
  const watched = await watchIntegrity(engine.store, await openLedger(dataDir));
  const serving = await serve({ engine, log, port, plots });
  if (found.length > 0) say(`\n${outcomeTable(found)}\n`);
  if (watched.length > 0) say(integrityInWords(watched));
  say(`Assay is at http://127.0.0.1:${serving.port}/`);
  say(
    `Everything is kept in ${dataDir}, published reports in ${siteFolder(dataDir)}.\n` +
      "Stop with Ctrl+C.",
  );
  return runUntilStopped(log, [serving, engine]);
};

const explain = (error: unknown): string => {
  if (error instanceof StoreFault) return `${error.message}\nNothing was lost or changed.`;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return "That port is taken. Choose another with --port, or let Assay choose: --port 0.";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

const given = readArguments(process.argv.slice(2));
if (given.kind === "help") {
  say(help);
} else if (given.kind === "wrong") {
  process.stderr.write(`${given.problem}\n\n${help}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await run(given);
  } catch (error) {
    process.stderr.write(`Assay cannot go on: ${explain(error)}\n`);
    process.exitCode = 1;
  }
}
