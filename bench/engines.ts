/**
 * The real engines: appends, reads and whole commands over the wire, against our own event store
 * node and NATS, or the server that `EVENTSTORE_URL` names. What was acknowledged is read again.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findNatsServer } from "@assay/nats/find.ts";
import { inherited, readConfig } from "@assay/services/config.ts";
import { openEdges } from "@assay/services/edges.ts";
import { startProgram } from "@assay/services/program.ts";
import { keepEventStore, keepNats, keepService } from "@assay/services/topology.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";

import { startJudging } from "./engines/judging.ts";
import { appending, type Figures, reading } from "./engines/storing.ts";
import { row, round, spreadOf, told } from "./measure.ts";
import { inTurns, type Rounds } from "./rounds.ts";

type Closing = () => Promise<unknown>;

export const run = async (): Promise<Readonly<Record<string, unknown>>> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const open: Closing[] = [];
  try {
    const { EVENTSTORE_URL: external, PATH: path } = readConfig(inherited());
    const surroundings = { dataDir: folder, say: () => {} };
    const nats = await keepNats({ ...surroundings, server: await findNatsServer({ path }) });
    open.unshift(() => nats.stop());
    const eventStore = external === undefined ? await keepEventStore(surroundings) : undefined;
    if (eventStore) open.unshift(() => eventStore.stop());
    const eventStoreUrl = external ?? eventStore!.url;
    const store = openEventStoreDb({ url: eventStoreUrl, deadline: 60_000 });
    open.unshift(() => store.close());
    const edges = await openEdges(folder);
    const wired = { ...surroundings, eventStoreUrl, natsUrl: nats.url, edges };
    const fieldwork = await keepService({ ...wired, service: "fieldwork", story: true });
    open.unshift(() => fieldwork.stop());
    const judging = await startJudging({ ...wired, store, services: [fieldwork] });
    open.unshift(() => judging.close());
    const read = await reading(store, 20_000);
    const bare = external === undefined ? await openBare(eventStoreUrl) : undefined;
    if (bare) open.unshift(() => bare.close());
    // What is asked the first time is learnt.
    if (bare) await read(bare.store);
    const contenders = [
      { name: "appends, 1 writer", run: () => appending(store, { writers: 1, appends: 300 }) },
      { name: "appends, 64 writers", run: () => appending(store, { writers: 64, appends: 2560 }) },
      { name: "events read", run: () => read(store) },
      ...(bare ? [{ name: "events read, bare", run: () => read(bare.store) }] : []),
      { name: "commands, 1 caller", run: () => judging.send({ callers: 1, commands: 300 }) },
      { name: "commands, 64 callers", run: () => judging.send({ callers: 64, commands: 1280 }) },
    ];
    const measured = await inTurns({ contenders, folder });
    return { server: external === undefined ? "our own node" : "external", ...printed(measured) };
  } finally {
    for (const close of open) await close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The node's answers without its work: how much the client could read at most. */
const openBare = async (url: string) => {
  const listening = Promise.withResolvers<string>();
  const running = startProgram({
    path: "bench/engines/from-memory.ts",
    args: [new URL(url).host],
    line: listening.resolve,
  });
  void running.ended.then(() => listening.reject(new Error("it ended before it listened")));
  const store = openEventStoreDb({ url: await listening.promise, deadline: 60_000 });
  const close = async (): Promise<void> => {
    await store.close();
    await running.stop();
  };
  return { store, close };
};

const printed = ({ rounds, fsync, figures }: Rounds<Figures>) => {
  const widths = [-22, 26, 10, 10];
  console.log(`${rounds} rounds; fsync of 4 KiB: ${told(fsync, 2)} ms`);
  console.log(row(widths, ["", "a second", "p50 ms", "p99 ms"]));
  const rows = [...figures].map(([name, all]) => {
    const perSecond = spreadOf(all.map((each) => each.perSecond));
    const p50 = spreadOf(all.map((each) => each.p50)).median;
    const p99 = spreadOf(all.map((each) => each.p99)).median;
    console.log(row(widths, [name, told(perSecond), round(p50, 2), round(p99, 2)]));
    return { name, perSecond, p50, p99 };
  });
  return { rounds, fsync, rows };
};
