/** `npm start`: brings the examples into an empty data folder, says what came of them, stays up. */
import { join, resolve } from "node:path";

import { readReminding } from "@assay/announcement/config.ts";
import { nonceSecret } from "@assay/announcement/secret.ts";
import { readSettings } from "@assay/console/config.ts";
import { feedSecretOf } from "@assay/console/kept.ts";
import { readAsides } from "@assay/host/aside-book.ts";
import { systemClock } from "@assay/host/clock.ts";
import { isOutOfRoom } from "@assay/host/fault.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import { freeOf } from "@assay/host/free-port.ts";
import { createLog, type Log, logTo } from "@assay/host/log.ts";
import { measureProcess } from "@assay/host/metrics.ts";
import { runUntilStopped } from "@assay/host/run.ts";
import { startTracing } from "@assay/host/tracing-export.ts";
import { integrityInWords } from "@assay/publication/integrity-watch.ts";
import { readPublishing } from "@assay/publication/config.ts";
import type { Ledger } from "@assay/publication/ledger-keeper.ts";
import {
  attestersIn,
  openLedger,
  publishing,
  signingIn,
  siteInWords,
  typesetterOf,
} from "@assay/publication/publishing.ts";
import { type EventStore, StoreFault } from "@assay/store/port.ts";

import { help, readArguments, type Start } from "./arguments.ts";
import { begunCommands } from "./begun.ts";
import { tellBegun } from "./carry-begun.ts";
import { exampleOutcomes, inStory, tellExamples } from "./carry-examples.ts";
import { UpgradeRefused } from "./check-upgrade.ts";
import { demonstrationControl, demonstrationTime } from "./demonstration.ts";
import { collectorIn, masterKeyIn, operationsPortIn } from "./config.ts";
import { type Engine, type EngineOptions, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { commandsOf, withProgress } from "./progress.ts";
import { type LookingBack, lookBack, watchNew } from "./looking-back.ts";
import { serve } from "./serve.ts";
import { outcomeTable } from "./table.ts";
import { startWitnesses } from "./witnesses.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const plots = examplePlots();

const showTable = async (store: EventStore): Promise<void> => {
  const found = await exampleOutcomes(store, plots);
  if (found.length > 0) say(`\n${outcomeTable(found)}\n`);
};

/** The published inspections first, because their table is what one waits for. */
const tellStories = (options: Omit<EngineOptions, "clock">): Promise<void> =>
  inStory(options, async (story) => {
    await withProgress(
      { what: "Carrying the published inspections through", commands: commandsOf(plots) },
      (onCommand) => tellExamples(story, { plots, onCommand }),
    );
    await showTable(story.engine.store);
    const now = systemClock.now();
    const examples = plots.map(({ inspection }) => inspection);
    await withProgress(
      { what: "Beginning made-up inspections to try things out ", commands: begunCommands },
      (onCommand) => tellBegun(story, { examples, now, onCommand }),
    );
  });

const run = async ({ dataDir: given, port: wanted, empty, demoClock }: Start): Promise<0 | 1> => {
  const settings = readSettings(process.env);
  const reminding = readReminding(process.env);
  const operationsPort = operationsPortIn(process.env);
  const tracing = await startTracing("assay", collectorIn(process.env));
  const dataDir = resolve(given);
  const log = createLog({ service: "assay", destination: logTo(join(dataDir, "assay.log")) });
  // What is published names its address, so that is known before anything is.
  const port = await freeOf(wanted);
  const home = settings.url ?? `http://127.0.0.1:${port}`;
  const named = readPublishing({
    ...{ PUBLISHER_URL: `${home}/site/`, CONSOLE_URL: home },
    ...process.env,
  });
  const { keyring, records } = await openLedger(dataDir, signingIn(named));
  const own = empty || named.WITNESSES ? undefined : await startWitnesses(dataDir, keyring.keys);
  const published = own ? { ...named, WITNESSES: [...own.witnesses] } : named;
  const ledger: Ledger = {
    ...{ keyring, records, attesters: attestersIn(published) },
    onUnattested: (what) => log.warn({ what }, "a checkpoint is not attested yet"),
  };
  const reactions = publishing(dataDir, ledger, published);
  const options = { dataDir, log, masterKey: masterKeyIn(process.env), reactions };
  if (!empty) await tellStories(options);
  const typesetter = typesetterOf(published);
  const { examine } = typesetter;
  const moved = demoClock ? await demonstrationTime(dataDir) : undefined;
  const clock = moved ?? systemClock;
  const engine = await startEngine({ ...options, ...reminding, examine, clock });
  measureProcess(engine.metrics);
  const changed = await watchNew(dataDir, engine.store, ledger);
  if (changed.length > 0) say(integrityInWords(changed));
  const feedSecret = feedSecretOf(nonceSecret(dataDir));
  const serving = await serve({
    ...{ engine, log, port, operationsPort, plots, dataDir, settings, feedSecret },
    ...{ typesetter, clock },
    ...(moved && { demonstrationClock: demonstrationControl(moved, { ...engine, log }) }),
  });
  say(`Assay is at ${home}/`);
  if (!settings.identity)
    say("Anybody on this machine may act as anybody: set OIDC_ISSUER for real people.");
  say(`Health and metrics are at http://127.0.0.1:${serving.operationsPort}/health/ready`);
  say(
    `Everything is kept in ${dataDir}, published reports in ${siteInWords(dataDir, published)}.\n` +
      "Stop with Ctrl+C.",
  );
  // It serves first: what is behind catches up meanwhile, however much there is.
  const looking = lookBack(dataDir, ledger, say);
  catchUp(engine, looking, { log, empty });
  void serving.trouble().then((said) => said === undefined || say(said));
  return runUntilStopped(log, [serving, engine, looking, ...(own ? [own] : []), tracing]);
};

/** Says what came of it once everything has been handled that the store holds. */
const catchUp = (
  engine: Engine,
  looking: LookingBack,
  { log, empty }: { readonly log: Log; readonly empty: boolean },
): void => {
  const told = async (): Promise<void> => {
    await engine.idle();
    if (empty) await showTable(engine.store);
    await looking.begin();
    const aside = await readAsides(engine.store);
    if (aside.length > 0) say(`SET ASIDE ${aside.length}: npm run -s assay -- aside list`);
  };
  told().catch((error: unknown) => log.error({ err: error }, "catching up failed"));
};

const explain = (error: unknown): string => {
  if (error instanceof Misconfigured) return error.message;
  if (error instanceof UpgradeRefused) return error.message;
  if (isOutOfRoom(error)) {
    return (
      `${(error as Error).message}\nThe disk is full or cannot be written: make room on it, ` +
      "then start again. Nothing was lost."
    );
  }
  if (error instanceof StoreFault && ["other-store", "corrupt"].includes(error.code))
    return `${error.message}.`;
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
    // Whatever could not be closed must not keep the process.
    process.exit(await run(given));
  } catch (error) {
    process.stderr.write(`Assay cannot go on: ${explain(error)}\n`);
    process.exitCode = 1;
  }
}
