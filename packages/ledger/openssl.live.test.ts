import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

import { expect, it } from "vitest";

import { attest } from "./attest.ts";
import { advance } from "./advance.ts";
import { inspection, keyring, storyEvents } from "./golden/story.ts";
import { isTimestampOf, parseTimestamp, timestampedBytes } from "./timestamp.ts";

const settings = `
[req]
distinguished_name = name
prompt = no
x509_extensions = stamping
[name]
CN = Time of Exampleton
[stamping]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = clock
[clock]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
`;

/** An authority that signs with a certificate of its own, as `openssl ts` does. */
const authorityIn = async (folder: string) => {
  const run = (...given: string[]) =>
    execFileSync("openssl", given, { cwd: folder, stdio: "pipe" });
  writeFileSync(join(folder, "ts.cnf"), settings);
  writeFileSync(join(folder, "serial"), "01");
  const made = ["-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "authority.pem"];
  run("req", "-x509", ...made, "-days", "2", "-config", "ts.cnf");
  const server = createServer((request, response) => {
    void buffer(request).then((query) => {
      writeFileSync(join(folder, "query.tsq"), query);
      const by = ["-config", "ts.cnf", "-signer", "authority.pem", "-inkey", "key.pem"];
      run("ts", "-reply", "-queryfile", "query.tsq", ...by, "-out", "token.tsr");
      response.end(readFileSync(join(folder, "token.tsr")));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, run };
};

it("a checkpoint is stamped by openssl, and its own check of the token agrees", async (context) => {
  if (spawnSync("openssl", ["version"]).status !== 0)
    return context.skip("there is no openssl on this machine");
  const folder = mkdtempSync(join(tmpdir(), "assay-clock-"));
  const { server, url, run } = await authorityIn(folder);
  try {
    const events = storyEvents();
    const stage = "RatingsConcluded";
    const after = events.find(({ type }) => type === stage)!.id;
    const record = await advance({ inspection, events, record: undefined, keyring, stage, after });
    const options = { witnesses: [], timestamper: url, patience: 10_000 };
    const found = await attest(record, events, options);
    expect(found.failures).toEqual([]);
    const [checkpoint] = found.record.checkpoints;
    const token = Buffer.from(checkpoint!.timestamps[0]!, "base64");
    expect(isTimestampOf(parseTimestamp(token), checkpoint!.note)).toBe(true);
    writeFileSync(join(folder, "checkpoint.txt"), timestampedBytes(checkpoint!.note));
    writeFileSync(join(folder, "stored.tsr"), token);
    const stored = ["-in", "stored.tsr", "-CAfile", "authority.pem"];
    expect(run("ts", "-verify", "-data", "checkpoint.txt", ...stored).toString()).toContain("OK");
    writeFileSync(join(folder, "other.txt"), `${checkpoint!.note}changed`);
    expect(() => run("ts", "-verify", "-data", "other.txt", ...stored)).toThrow("ts -verify");
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});
