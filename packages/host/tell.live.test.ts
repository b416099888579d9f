import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openFactPublisher } from "@assay/bus/facts.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { startNats } from "@assay/nats/start.ts";
import { expect, it } from "vitest";

import { tellFacts } from "./tell.ts";
import { Stage } from "./contract/vigil-stage.ts";
import { VigilFact, vigilService } from "./contract/vigil.ts";

it("tells each public fact once, though the checkpoint was set back and NATS went away", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-tell-"));
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const nats = await startNats({ server, dataDir, port: 0, jetstream: true });
  const publisher = await openFactPublisher({ url: nats.url });
  const told: string[] = [];
  const counting = {
    publish: async (fact: Parameters<typeof publisher.publish>[0]): Promise<boolean> => {
      const isNew = await publisher.publish(fact);
      told.push(`${fact.type}${isNew ? "" : " again"}`);
      return isNew;
    },
  };
  const telling = {
    ...vigilService,
    reactions: [
      tellFacts({
        publisher: counting,
        facts: [VigilFact],
        types: ["VigilOpened", "VigilClosed"],
        prefixes: ["panel-"],
      }),
    ],
  };
  const stage = new Stage();
  const first = await stage.start(telling);
  await stage.openVigil();
  await stage.joinVigil("ada");
  await stage.idle();
  await nats.kill();
  await stage.stopFieldwork();
  await stage.until(async () => (await stage.closings()).length === 1);
  const back = await startNats({ server, dataDir, port: nats.port, jetstream: true });
  await stage.idle();
  expect(told).toEqual(["VigilOpened", "VigilClosed"]);

  await stage.stop(first);
  await stage.start(telling, { dataDir: join(dataDir, "from-the-beginning") });
  await stage.idle();
  expect(told.slice(2)).toEqual(["VigilOpened again", "VigilClosed again"]);

  await stage.close();
  await publisher.close();
  await back.stop();
  rmSync(dataDir, { recursive: true });
});
