/**
 * The distributed engine for a measurement: NATS, our own event store and every step's service as
 * processes of this machine, in a folder that is thrown away with them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Step } from "@assay/domain/steps.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { inherited, readConfig } from "@assay/services/config.ts";
import { keepSecret } from "@assay/services/contract/disturbed.ts";
import { type Edges, openEdges, steps } from "@assay/services/edges.ts";
import {
  keepEventStore,
  keepNats,
  type KeptService,
  keepService,
  type Server,
} from "@assay/services/topology.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

export type Stage = {
  readonly dataDir: string;
  readonly nats: Server;
  readonly natsUrl: string;
  readonly eventStore: Server;
  readonly edges: Edges;
  /** What the services keep, its words unsealed. */
  readonly store: EventStore;
  /** All that were started so far. */
  readonly services: readonly KeptService[];
  service(step: Step, replica: number): KeptService;
  /** One more of each step. They are ready once somebody tells them a story's time. */
  addReplicas(): Promise<void>;
};

/** Whatever comes of `work`, all that was started has ended afterwards. */
export const onStage = async <Result>(
  replicas: number,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  const said: string[] = [];
  const open: (() => Promise<unknown>)[] = [];
  process.once("exit", remove);
  try {
    const stage = await openStage(dataDir, { said, open });
    for (let number = 0; number < replicas; number += 1) await stage.addReplicas();
    return await work(stage);
  } catch (cause) {
    throw new Error(`the processes said last:\n${said.slice(-30).join("\n")}`, { cause });
  } finally {
    for (const close of open) await close();
    process.off("exit", remove);
    remove();
  }
};

const openStage = async (
  dataDir: string,
  { said, open }: { readonly said: string[]; readonly open: (() => Promise<unknown>)[] },
): Promise<Stage> => {
  const say = (name: string, line: string): void => {
    if (name !== "nats") said.push(`${name} ${line}`);
  };
  keepSecret(dataDir);
  const server = await findNatsServer({ path: readConfig(inherited()).PATH });
  const nats = await keepNats({ dataDir, say, server });
  open.unshift(() => nats.stop());
  const eventStore = await keepEventStore({ dataDir, say });
  open.unshift(() => eventStore.stop());
  const plain = openEventStoreDb({ url: eventStore.url, deadline: 30_000 });
  const store = sealedStore(plain, openKeys(dataDir));
  open.unshift(() => store.close());
  const edges = await openEdges(dataDir);
  const wired = { dataDir, say, eventStoreUrl: eventStore.url, natsUrl: nats.url, edges };
  const rows: (readonly KeptService[])[] = [];
  return {
    ...{ dataDir, nats, natsUrl: nats.url, eventStore, edges, store },
    get services() {
      return rows.flat();
    },
    service: (step, replica) => rows[replica - 1]![steps.indexOf(step)]!,
    addReplicas: async () => {
      const replica = rows.length + 1;
      const row = await Promise.all(
        steps.map((service) => keepService({ ...wired, service, replica, story: true })),
      );
      rows.push(row);
      open.unshift(() => Promise.all(row.map((each) => each.stop())));
    },
  };
};
