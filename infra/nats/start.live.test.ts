import { connect as connectTcp } from "node:net";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { fetchNatsServer, NatsMissing } from "./fetch.ts";
import { findNatsServer } from "./find.ts";
import { releaseFor } from "./release.ts";
import { startNats } from "./start.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-nats-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const answers = async (port: number): Promise<string> => {
  const socket = connectTcp(port, "127.0.0.1");
  const [greeting] = await once(socket, "data");
  socket.destroy();
  return String(greeting);
};

describe("nats-server", () => {
  it("is found or fetched without being root, and then found again", async () => {
    const said: string[] = [];
    const cacheDir = join(folder, "cache");
    const say = (line: string) => said.push(line);
    const server = await findNatsServer({ path: "", cacheDir, say });
    expect(server.startsWith(cacheDir)).toBe(true);
    expect(said[0]).toContain("fetching");
    expect(await findNatsServer({ path: "", cacheDir, say: () => expect.fail() })).toBe(server);
    expect(await findNatsServer({ path: `/nowhere:${cacheDir}` })).toBe(server);
  }, 120_000);

  it("listens on this machine alone, on a free port or on the one that was asked for", async () => {
    const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
    const first = await startNats({ server, dataDir: folder, port: 0, jetstream: true });
    expect(await answers(first.port)).toMatch(/^INFO .*"jetstream":true/);
    await first.stop();
    const again = await startNats({ server, dataDir: folder, port: first.port });
    expect(again.port).toBe(first.port);
    await again.kill();
    await again.ended;
  });

  it("that does not start says why", async () => {
    const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
    const wrong = startNats({ server, dataDir: folder, port: 0, config: "port: {" });
    await expect(wrong).rejects.toThrow(/ended with 1/);
    const missing = startNats({ server: join(folder, "none"), dataDir: folder, port: 0 });
    await expect(missing).rejects.toThrow("cannot be run");
  });
});

describe("the release archive", () => {
  it("is known for each platform that has one, and for no other", () => {
    expect(releaseFor("darwin", "arm64").file).toMatch(/darwin-arm64\.tar\.gz$/);
    expect(releaseFor("linux", "x64").digest).toMatch(/^[0-9a-f]{64}$/);
    expect(() => releaseFor("aix", "ppc64")).toThrow("no archive");
  });
});

it("says what was tried, and what to do, when nothing could be fetched", async () => {
  const to = join(folder, "cache/nats-server");
  const path = process.env["PATH"];
  try {
    process.env["PATH"] = "/nowhere";
    await expect(fetchNatsServer({ to, say: () => {} })).rejects.toBeInstanceOf(NatsMissing);
  } finally {
    process.env["PATH"] = path;
  }
  expect(existsSync(to)).toBe(false);
}, 150_000);
