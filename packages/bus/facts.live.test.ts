import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findNatsServer } from "@assay/nats/find.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { DiscardPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, it } from "vitest";

import { factsStream, openFactPublisher, type ToldFact } from "./facts.ts";

let folder: string;
let server: string;
let nats: Nats;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-facts-"));
  server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  nats = await startNats({ server, dataDir: join(folder, "nats"), port: 0, jetstream: true });
});
afterAll(async () => {
  await nats.stop();
  rmSync(folder, { recursive: true });
});

const published: ToldFact = {
  id: "0d0f9f1a-54d5-8a0e-8a73-3c5b2f6f4f01",
  type: "ReportPublished",
  stream: "publication-p1",
  revision: 7,
  data: { at: "2026-11-23T09:30:00.000Z", overall: "good", text: { preface: "Ada said" } },
};

/** What other systems can read. */
const told = async (): Promise<readonly { subject: string; body: unknown }[]> => {
  const connection = await connect({ servers: nats.url });
  const stream = await jetstream(connection).streams.get(factsStream);
  const messages = [];
  const { last_seq } = (await stream.info()).state;
  for (let seq = 1; seq <= last_seq; seq += 1) {
    const message = await stream.getMessage({ seq });
    if (message) messages.push({ subject: message.subject, body: message.json() });
  }
  await connection.close();
  return messages;
};

it("tells a fact once, however often it is published, and never its words", async () => {
  const publisher = await openFactPublisher({ url: nats.url });
  expect(await publisher.publish(published)).toBe(true);
  expect(await publisher.publish(published)).toBe(false);
  await publisher.close();
  const later = await openFactPublisher({ url: nats.url });
  expect(await later.publish(published)).toBe(false);
  await later.close();
  const { data, ...identity } = published;
  const { text: _words, ...kept } = data;
  expect(await told()).toEqual([
    { subject: "assay.facts.ReportPublished.p1", body: { ...identity, data: kept } },
  ]);
});

it("keeps what it was told when the server is killed", async () => {
  const publisher = await openFactPublisher({ url: nats.url });
  await publisher.publish({ ...published, id: "0d0f9f1a-54d5-8a0e-8a73-3c5b2f6f4f02" });
  await publisher.close();
  const before = await told();
  await nats.kill();
  const again = { server, dataDir: join(folder, "nats"), port: nats.port, jetstream: true };
  nats = await startNats(again);
  expect(await told()).toEqual(before);
});

it("makes its stream anew when that was lost, and says which limit keeps a fact out", async () => {
  const publisher = await openFactPublisher({ url: nats.url });
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  await streams.delete(factsStream);
  expect(await publisher.publish(published)).toBe(true);
  expect(await told()).toHaveLength(1);

  const limits = { max_msgs: 1, discard: DiscardPolicy.New };
  await streams.update(factsStream, { ...(await streams.info(factsStream)).config, ...limits });
  const another = publisher.publish({ ...published, id: "0d0f9f1a-54d5-8a0e-8a73-3c5b2f6f4f03" });
  await expect(another).rejects.toThrow("JetStream refuses it: maximum messages exceeded");
  await streams.delete(factsStream);
  await publisher.close();
  await connection.close();
});

it("says so when the server has no JetStream", async () => {
  const plain = await startNats({ server, dataDir: join(folder, "plain"), port: 0 });
  const opened = openFactPublisher({ url: plain.url });
  await expect(opened).rejects.toMatchObject({ code: "unavailable", retry: false });
  await plain.stop();
});
