import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import {
  EventStoreDBClient,
  isCommandError,
  persistentSubscriptionToStreamSettingsFromDefaults,
  UnavailableError,
  UnknownError,
} from "@eventstore/db-client";
import { afterEach, beforeEach, expect, test } from "vitest";

import { collect, events, freshName } from "./served.ts";
import { type SpawnedNode, spawnNode } from "./spawned.ts";

let folder: string;
let node: SpawnedNode;

const start = async (port = 0): Promise<void> => {
  node = await spawnNode(["--data", folder, "--port", String(port)]);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-durable-"));
  await start();
});

afterEach(async () => {
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

test("SIGKILL at any moment keeps every acknowledged append, whole", async () => {
  for (let round = 0; round < 3; round += 1) {
    const client = EventStoreDBClient.connectionString(node.url);
    const acknowledged = new Map<string, bigint>();
    const write = async (stream: string): Promise<void> => {
      for (;;) {
        const { nextExpectedRevision } = await client.appendToStream(stream, events(5));
        acknowledged.set(stream, nextExpectedRevision);
      }
    };
    const writing = Array.from({ length: 10 }, () => write(freshName()).catch(() => undefined));
    while (acknowledged.size < 5) await wait(5);
    await wait(round * 60);
    await node.kill();
    await Promise.all(writing);
    await client.dispose();
    await start();
    const again = EventStoreDBClient.connectionString(node.url);
    expect(acknowledged.size).toBeGreaterThan(0);
    for (const [stream, revision] of acknowledged) {
      const stored = await collect(again.readStream(stream));
      expect(stored.length).toBeGreaterThan(Number(revision));
      expect(stored.length % 5).toBe(0);
    }
    await again.dispose();
  }
});

test("SIGTERM answers what is under way, ends the subscriptions and exits with 0", async () => {
  const client = EventStoreDBClient.connectionString(node.url);
  const stream = freshName();
  await client.appendToStream(stream, events(1));
  const ended = collect(client.subscribeToStream(stream)).catch((error: unknown) => error);
  const appends = Array.from({ length: 20 }, () =>
    client.appendToStream(freshName(), events(2)).then(
      (result) => result.success,
      (error: unknown) => isCommandError(error as Error),
    ),
  );
  await wait(50);
  expect(await node.stop()).toBe(0);
  const error = await ended;
  expect(error instanceof UnavailableError || error instanceof UnknownError).toBe(true);
  for (const outcome of await Promise.all(appends)) expect(outcome).toBe(true);
  await client.dispose();
});

test("the adapter's subscription and appends outlive a restart of the server", async () => {
  // However long the server takes to start again.
  const store = openEventStoreDb({ url: node.url, deadline: 120_000 });
  const { port } = node;
  const abort = new AbortController();
  const seen: number[] = [];
  const following = (async () => {
    for await (const delivery of store.subscribe({
      prefixes: ["restart-"],
      signal: abort.signal,
    })) {
      if (delivery.kind === "events") seen.push(...delivery.events.map((one) => one.revision));
    }
  })();
  for (let revision = 0; revision < 40; revision += 1) {
    const event = { id: crypto.randomUUID(), type: "Tried", data: { revision }, metadata: {} };
    const expected = revision === 0 ? "none" : revision - 1;
    const appending = store.append("restart-1", [event], expected);
    if (revision === 10 || revision === 30) {
      await node.kill();
      await start(port);
    }
    expect(await appending).toMatchObject({ appended: true, revision });
  }
  while (seen.length < 40) await wait(20);
  expect(seen).toEqual([...Array(40).keys()]);
  abort.abort();
  await following;
  await store.close();
});

test("a client that discovers finds the one node and its leader", async () => {
  const seed = `127.0.0.1:${node.port}`;
  const client = EventStoreDBClient.connectionString(
    `esdb://${seed},${seed}?tls=false&nodePreference=leader`,
  );
  await client.appendToStream(freshName(), events(1));
  const discovering = EventStoreDBClient.connectionString(`esdb+discover://${seed}?tls=false`);
  await discovering.appendToStream(freshName(), events(1));
  await client.dispose();
  await discovering.dispose();
});

test("what is not served says so", async () => {
  const client = EventStoreDBClient.connectionString(node.url);
  const attempts = [
    client.createProjection("p", "fromAll()"),
    client.disableProjection("p"),
    client.createPersistentSubscriptionToStream(
      "s",
      "g",
      persistentSubscriptionToStreamSettingsFromDefaults(),
    ),
  ];
  for (const attempt of attempts) {
    const error: unknown = await attempt.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/unimplemented|requires server version/i);
  }
  await client.dispose();
});
