import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { letReadAll } from "@assay/store/eventstoredb/examination.ts";
import { AccessDeniedError, EventStoreDBClient } from "@eventstore/db-client";
import { afterAll, beforeAll, expect, test } from "vitest";

import { selfSigned } from "./certificate.ts";
import { ofStream, Raw } from "./raw.ts";
import { collect, events, freshName } from "./served.ts";
import { type SpawnedNode, spawnNode } from "./spawned.ts";

let folder: string;
let node: SpawnedNode;

const urlFor = (credentials: string): string =>
  `esdb://${credentials}localhost:${node.port}?tls=true&tlsCAFile=${join(folder, "cert.pem")}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-secure-"));
  const { certificate, key } = selfSigned();
  await writeFile(join(folder, "cert.pem"), certificate);
  await writeFile(join(folder, "key.pem"), key);
  node = await spawnNode(
    [
      ...["--data", folder, "--port", "0"],
      ...["--cert", join(folder, "cert.pem"), "--key", join(folder, "key.pem")],
    ],
    { EVENTSTORE_NODE_USERNAME: "admin", EVENTSTORE_NODE_PASSWORD: "changeit" },
  );
});

afterAll(async () => {
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

const attempts = async (url: string): Promise<unknown[]> => {
  const client = EventStoreDBClient.connectionString(url);
  const stream = freshName();
  const credentials = { username: "AzureDiamond", password: "hunter2" };
  const outcomes = await Promise.all(
    [
      () => client.appendToStream(stream, events(1)),
      () => client.appendToStream(stream, events(1), { credentials }),
      () => collect(client.readStream(stream)),
      () => collect(client.readAll({ maxCount: 1 })),
      () => client.deleteStream(stream),
      () => client.tombstoneStream(stream),
    ].map((attempt) => attempt().catch((error: unknown) => error)),
  );
  await client.dispose();
  return outcomes;
};

test("the user who is configured may do everything, over TLS", async () => {
  const client = EventStoreDBClient.connectionString(urlFor("admin:changeit@"));
  const stream = freshName();
  await client.appendToStream(stream, events(3));
  expect(await collect(client.readStream(stream))).toHaveLength(3);
  await client.setStreamMetadata(stream, { maxCount: 2 });
  expect(await collect(client.readStream(stream))).toHaveLength(2);
  for await (const { event } of client.subscribeToStream(stream)) {
    if (event?.revision === 2n) break;
  }
  await client.tombstoneStream(stream);
  await client.dispose();
});

test("nobody and a wrong password are denied", async () => {
  for (const credentials of ["", "admin:wrong@"]) {
    for (const outcome of await attempts(urlFor(credentials))) {
      expect(outcome).toBeInstanceOf(AccessDeniedError);
    }
  }
});

test("other credentials in a call are denied, whoever the client is", async () => {
  const client = EventStoreDBClient.connectionString(urlFor("admin:changeit@"));
  const credentials = { username: "AzureDiamond", password: "hunter2" };
  const denied = client.appendToStream(freshName(), events(1), { credentials });
  await expect(denied).rejects.toBeInstanceOf(AccessDeniedError);
  await client.dispose();
});

test("the adapter works with credentials and says when they are wrong", async () => {
  const store = openEventStoreDb({ url: urlFor("admin:changeit@") });
  const stream = freshName();
  const event = { id: crypto.randomUUID(), type: "Tried", data: {}, metadata: {} };
  expect(await store.append(stream, [event], "none")).toMatchObject({ appended: true });
  await store.close();
  const denied = openEventStoreDb({ url: urlFor("admin:wrong@") });
  const fault = { name: "StoreFault", code: "denied", retry: false };
  await expect(denied.append(stream, [event], "none")).rejects.toMatchObject(fault);
  await expect(denied.ping()).rejects.toMatchObject(fault);
  await expect(collect(denied.read(stream))).rejects.toMatchObject(fault);
  await denied.close();
});

test("the adapter says which right a user lacks, and how it is given", async () => {
  const nobody = openEventStoreDb({ url: urlFor("") });
  const stream = freshName();
  const event = { id: crypto.randomUUID(), type: "Tried", data: {}, metadata: {} };
  const { signal } = new AbortController();
  const all = `may not read $all: its metadata has to name the user: {"$acl": {"$r": ["USER"`;
  const calls: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => nobody.append(stream, [event], "none"), `may not write to streams: "$w" of`],
    [() => collect(nobody.read(stream)), `may not read streams: "$r" of`],
    [() => nobody.ping(), all],
    [() => collect(nobody.readAll()), all],
    [() => collect(nobody.readAll({ direction: "backwards" })), all],
    [() => collect(nobody.subscribe({ signal })), all],
  ];
  for (const [call, told] of calls)
    await expect(call()).rejects.toMatchObject({
      ...{ code: "denied", retry: false, message: expect.stringContaining(told) },
    });
  await nobody.close();
  // What the sentence asks for is what `assay setup --rights` writes.
  await letReadAll(urlFor("admin:changeit@"), "assay");
  const client = EventStoreDBClient.connectionString(urlFor("admin:changeit@"));
  const { metadata } = await client.getStreamMetadata("$all");
  expect(metadata).toEqual({ acl: { readRoles: ["assay", "$admins"] } });
  await client.dispose();
});

test("the calls of the tests go over TLS with the user that the address names", async () => {
  const raw = new Raw(urlFor("admin:changeit@"));
  const stream = freshName();
  const { messages } = await raw.append(stream, [{ type: "Tried" }], "none");
  expect(messages[0]!.hasSuccess()).toBe(true);
  expect((await raw.read(ofStream(stream))).messages).toHaveLength(1);
  raw.close();
  const nobody = new Raw(urlFor(""));
  expect((await nobody.append(stream, [{ type: "Tried" }], "any")).fault).toMatchObject({
    code: 7,
  });
  nobody.close();
});
