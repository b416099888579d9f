import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findNatsServer } from "@assay/nats/find.ts";
import { startNats } from "@assay/nats/start.ts";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, it } from "vitest";

import { keyStoreContract } from "./contract/keeping.ts";
import { newMasterKey } from "./master-key.ts";
import { openNatsKeys } from "./nats-keys.ts";
import { keysStream } from "./nats-stream.ts";

let server: string;
beforeAll(async () => {
  server = await findNatsServer({ path: process.env["PATH"] ?? "" });
});

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const stage = async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-keys-"));
  const start = (port: number) => startNats({ server, dataDir: folder, port, jetstream: true });
  let nats = await start(0);
  const { url, port } = nats;
  return {
    url,
    open: async (master: ReturnType<typeof newMasterKey>) =>
      openNatsKeys({
        connection: await connect({
          servers: url,
          maxReconnectAttempts: -1,
          reconnectTimeWait: 50,
        }),
        master,
      }),
    bytes: () => Buffer.concat(filesIn(folder).map((path) => readFileSync(path))),
    stop: () => nats.stop(),
    again: async () => void (nats = await start(port)),
    remove: async () => {
      await nats.stop();
      rmSync(folder, { recursive: true });
    },
  };
};

keyStoreContract("keys in NATS", stage);

const owner = "a-2020.words.c0001";
const at = "2026-01-02T03:04:05.678Z";
let nats: Awaited<ReturnType<typeof stage>>;
beforeAll(async () => {
  nats = await stage();
});
afterAll(() => nats.remove());

it("finishes a destruction that stopped half way, for everybody", async () => {
  const master = newMasterKey();
  const keys = await nats.open(master);
  await keys.findOrMake([owner]);
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  const subject = `assay.keys.${owner}`;
  const { seq } = (await streams.getMessage(keysStream, { last_by_subj: subject }))!;
  const half = JSON.stringify({ destroyed: at, made: at, replaces: seq });
  await jetstream(connection).publish(subject, half);

  expect(await streams.getMessage(keysStream, { seq })).not.toBeNull();
  const next = await nats.open(master);
  expect(await streams.getMessage(keysStream, { seq })).toBeNull();
  expect((await keys.find([owner])).get(owner)).not.toBe("destroyed");
  await next.destroy({ owners: [{ one: owner }], at });
  expect((await keys.find([owner])).get(owner)).toBe("destroyed");
  for (const each of [keys, next, connection]) await each.close();
});

it("takes no message for a key that no key store wrote", async () => {
  const keys = await nats.open(newMasterKey());
  const connection = await connect({ servers: nats.url });
  await jetstream(connection).publish("assay.keys.b-2020", '{"wrapped":1}');
  await expect(keys.find(["b-2020"])).rejects.toMatchObject({ code: "corrupt" });
  const { streams } = await jetstreamManager(connection);
  const query = { last_by_subj: "assay.keys.b-2020" };
  await streams.deleteMessage(keysStream, (await streams.getMessage(keysStream, query))!.seq);
  for (const each of [keys, connection]) await each.close();
});

it("says that it may be asked again while NATS is away, and goes on when it is back", async () => {
  const keys = await nats.open(newMasterKey());
  const made = await keys.findOrMake(["c-2020"]);
  await nats.stop();
  await expect(keys.find(["c-2020"])).rejects.toMatchObject({ code: "unavailable", retry: true });
  await nats.again();
  await expect.poll(() => keys.find(["c-2020"]).catch(String), { timeout: 10_000 }).toEqual(made);
  await keys.close();
}, 30_000);

it("does not replace keys that were lost by none, unless it is to begin", async () => {
  const master = newMasterKey();
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  await streams.delete(keysStream);
  const running = await nats.open(master);
  await streams.delete(keysStream);
  const lost = { code: "corrupt", retry: false };
  const said = expect.stringContaining(`there is no stream ${keysStream}`) as string;
  await expect(running.find(["d-2020"])).rejects.toMatchObject({ ...lost, message: said });
  const begin = async () => false;
  const other = await connect({ servers: nats.url });
  const opening = openNatsKeys({ connection: other, master, begin });
  await expect(opening).rejects.toMatchObject({ ...lost, message: said });
  const next = await nats.open(master);
  expect([...(await next.find(["d-2020"]))]).toEqual([]);
  for (const each of [running, next, connection, other]) await each.close();
});
