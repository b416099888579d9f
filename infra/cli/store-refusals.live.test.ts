import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningNode, startNode } from "@assay/eventstore-node/node.ts";
import { selfSigned } from "@assay/nats/self-signed.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "assay-store-refusals-"));
const at = (name: string): string => join(folder, name);
let encrypted: RunningNode;
let plain: RunningNode;

beforeAll(async () => {
  const ours = selfSigned();
  writeFileSync(at("ours.pem"), ours.cert);
  writeFileSync(at("theirs.pem"), selfSigned().cert);
  const tls = { certificate: Buffer.from(ours.cert), key: Buffer.from(ours.key) };
  const credentials = { username: "assay", password: "right" };
  encrypted = await startNode({ path: at("encrypted.sqlite"), port: 0, tls, credentials });
  plain = await startNode({ path: at("plain.sqlite"), port: 0 });
});
afterAll(async () => {
  await encrypted.stop();
  await plain.stop();
  rmSync(folder, { recursive: true });
});

const ask = async (url: string): Promise<unknown> => {
  let store: ReturnType<typeof openEventStoreDb> | undefined;
  try {
    store = openEventStoreDb({ url, deadline: 3_000 });
    return await store.ping();
  } catch (error) {
    return error;
  } finally {
    await store?.close();
  }
};

const secure = (ca: string, user = "assay:right@") =>
  `esdb://${user}127.0.0.1:${encrypted.port}?tls=true&tlsCaFile=${at(ca)}`;

it.each([
  ["nobody there", () => "esdb://127.0.0.1:1?tls=false", /nobody answers there/, true],
  ["no such host", () => "esdb://nowhere.invalid:1?tls=false", /there is no such host/, true],
  ["wrong authority", () => secure("theirs.pem"), /signed by nobody who is known/, false],
  ["authority's file missing", () => secure("none.pem"), /none\.pem, which is missing/, false],
  ["without TLS", () => `esdb://127.0.0.1:${encrypted.port}?tls=false`, /write tls=true/, true],
  [
    "TLS with a server that has none",
    () => `esdb://127.0.0.1:${plain.port}?tls=true&tlsCaFile=${at("ours.pem")}`,
    /speaks without TLS/,
    false,
  ],
  ["wrong password", () => secure("ours.pem", "assay:wrong@"), /password is wrong/, false],
  ["no user", () => secure("ours.pem", ""), /may not read \$all/, false],
])("says what is wrong: %s", async (_, url, said, retry) => {
  const failed = await ask(url());
  expect(String(failed)).toMatch(said);
  expect(failed).toMatchObject({ retry });
});

it("is content where all is right", async () => {
  expect(await ask(secure("ours.pem"))).toBeUndefined();
});
