import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findNatsServer } from "@assay/nats/find.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, it } from "vitest";

import { openNatsBus } from "./nats.ts";
import { filesStream, type NatsFiles, openNatsFiles } from "./nats-files.ts";

let folder: string;
let server: string;
let nats: Nats;
const start = async (port: number): Promise<void> => {
  nats = await startNats({ server, dataDir: join(folder, "nats"), port, jetstream: true });
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-nats-files-"));
  server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  await start(0);
});
afterAll(async () => {
  await nats.stop();
  rmSync(folder, { recursive: true });
});

const withFiles = async <Got>(work: (files: NatsFiles) => Promise<Got>): Promise<Got> => {
  const files = await openNatsFiles({ url: nats.url });
  try {
    return await work(files);
  } finally {
    await files.close();
  }
};

it("gives every replica what one was sent, byte for byte, also after the server was killed", async () => {
  for (const size of [0, 1, 256 * 1024, 3_000_001]) {
    const content = new Uint8Array(randomBytes(size));
    const digest = await withFiles((files) => files.keep(content));
    expect(await withFiles((files) => files.keep(content))).toBe(digest);
    expect(await withFiles((files) => files.read(digest))).toEqual(content);
  }
  const kept = new TextEncoder().encode("minutes");
  const digest = await withFiles((files) => files.keep(kept));
  const port = Number(new URL(nats.url).port);
  await nats.kill();
  await start(port);
  expect(await withFiles((files) => files.read(digest))).toEqual(kept);
});

it("knows no file that is not whole, and gives none that was changed", async () => {
  const content = new TextEncoder().encode("a plan");
  const digest = await withFiles((files) => files.keep(content));
  const tool = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(tool);
  tool.publish(`assay.files.${digest}.0`, "another plan");
  await tool.flush();
  await expect
    .poll(() => withFiles((files) => files.read(digest).catch((error: Error) => error.message)))
    .toContain("is not what was kept");
  await streams.purge(filesStream, { filter: `assay.files.${digest}.whole` });
  expect(await withFiles((files) => files.read(digest))).toBeUndefined();
  await withFiles((files) => files.keep(content));
  expect(await withFiles((files) => files.read(digest))).toEqual(content);
  expect(await withFiles((files) => files.read("../secrets"))).toBeUndefined();
  await tool.close();
});

it("says what the servers' clock shows", async () => {
  const bus = await openNatsBus({ url: nats.url });
  const shown = Date.parse((await bus.time!())!);
  expect(Math.abs(shown - Date.now())).toBeLessThan(300_000);
  await bus.close();
});
