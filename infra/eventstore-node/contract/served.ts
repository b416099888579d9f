/**
 * A server and the official client for the live tests: our node, started for the file that asks, or
 * the server that `EVENTSTORE_URL` names. Nothing in these tests may rely on which it is.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { EventStoreDBClient, jsonEvent, type ResolvedEvent } from "@eventstore/db-client";
import { afterAll, beforeAll } from "vitest";

import { startNode } from "../node.ts";

export const served = (): (() => EventStoreDBClient) => {
  let client: EventStoreDBClient;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const url = process.env["EVENTSTORE_URL"];
    const node = url ? undefined : await ourNode();
    stop = node?.stop ?? (async () => undefined);
    client = EventStoreDBClient.connectionString(url ?? node!.url);
  });
  afterAll(async () => {
    await client.dispose();
    await stop();
  });
  return () => client;
};

const ourNode = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), "assay-node-"));
  const node = await startNode({ path: join(folder, "events.db"), port: 0 });
  return {
    url: node.connectionString,
    stop: async () => {
      await node.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const freshName = (category = "live"): string => `${category}${randomUUID().slice(0, 8)}-1`;

export const events = (count: number, type = "Tried") =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { index } }));

export const collect = async <Event>(stream: AsyncIterable<Event>): Promise<Event[]> => {
  const all: Event[] = [];
  for await (const event of stream) all.push(event);
  return all;
};

export const indexes = (resolved: readonly ResolvedEvent[]): unknown[] =>
  resolved.map(({ event }) => (event?.data as { index: number } | undefined)?.index);
