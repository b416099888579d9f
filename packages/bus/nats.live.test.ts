import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CommandEnvelope, type Reply } from "@assay/domain/kernel/envelope.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { selfSigned } from "@assay/nats/self-signed.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { Svcm } from "@nats-io/services";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { busContract } from "./contract.ts";
import { openNatsBus } from "./nats.ts";
import { BusFault, type CommandBus, type Offer } from "./port.ts";

const accepted: Reply = { accepted: true, stream: "panel-p1", revision: 0, events: 1 };
const offer: Offer = { step: "panel", commands: ["ConvenePanel"], handle: async () => accepted };

const convene = (rest: object = {}): CommandEnvelope => {
  const id = randomUUID();
  const command = { type: "ConvenePanel", ...rest };
  return CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
};

let folder: string;
let server: string;
let nats: Nats;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-bus-"));
  server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  nats = await startNats({ server, dataDir: join(folder, "main"), port: 0 });
});
afterAll(async () => {
  await nats.stop();
  rmSync(folder, { recursive: true });
});

busContract("the bus over NATS", async () => ({
  connect: () => openNatsBus({ url: nats.url }),
  close: async () => {},
}));

const withBus = async (url: string, run: (bus: CommandBus) => Promise<void>): Promise<void> => {
  const bus = await openNatsBus({ url });
  try {
    await run(bus);
  } finally {
    await bus.close();
  }
};

describe("the bus over NATS", () => {
  it("is seen by any NATS tool: each step a service, each command an endpoint that counts", async () => {
    await withBus(nats.url, async (bus) => {
      await bus.offer(offer);
      await bus.send("panel", convene());
      const tool = await connect({ servers: nats.url });
      const services = await new Svcm(tool).client().stats("assay-panel");
      const found: unknown[] = [];
      for await (const service of services) found.push(service);
      await tool.close();
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        name: "assay-panel",
        endpoints: [
          {
            name: "ConvenePanel",
            subject: "assay.panel.ConvenePanel",
            queue_group: "panel",
            num_requests: 1,
            data: { accepted: 1, refused: 0, failed: 0 },
          },
        ],
      });
    });
  });

  it("refuses what is larger than the server takes, for good", async () => {
    await withBus(nats.url, async (bus) => {
      await bus.offer(offer);
      const large = bus.send("panel", convene({ words: "x".repeat(2_000_000) }));
      await expect(large).rejects.toMatchObject({ code: "too-large", retry: false });
      expect(await bus.send("panel", convene())).toEqual(accepted);
    });
  });

  it("answers what is no envelope with an error, and goes on", async () => {
    await withBus(nats.url, async (bus) => {
      await bus.offer(offer);
      const tool = await connect({ servers: nats.url });
      const answer = await tool.request("assay.panel.ConvenePanel", "{ nonsense");
      await tool.close();
      expect(answer.headers?.get("Nats-Service-Error-Code")).toBe("500");
      expect(await bus.send("panel", convene())).toEqual(accepted);
    });
  });

  it("goes on by itself after the server was killed and came back", async () => {
    const own = { server, dataDir: join(folder, "killed") };
    const first = await startNats({ ...own, port: 0 });
    const bus = await openNatsBus({ url: first.url });
    await bus.offer(offer);
    expect(await bus.send("panel", convene())).toEqual(accepted);
    await first.kill();
    const lost = bus.send("panel", convene(), { timeout: 300 });
    await expect(lost).rejects.toMatchObject({ retry: true });
    const meanwhile = bus.send("panel", convene());
    await expect(meanwhile).rejects.toMatchObject({ code: "unavailable", retry: true });
    await expect(bus.ping()).rejects.toMatchObject({ retry: true });
    const second = await startNats({ ...own, port: first.port });
    expect(await again(bus)).toEqual(accepted);
    await bus.ping();
    await bus.close();
    await second.stop();
  });

  it("comes back with a new password after an old one was refused again and again", async () => {
    const own = { server, dataDir: join(folder, "changing") };
    const users = (password: string) =>
      `authorization { users: [{ user: "panel", password: "${password}" }] }`;
    const first = await startNats({ ...own, port: 0, config: users("old") });
    let password = "old";
    let asked = 0;
    const url = () => `nats://panel:${password}@127.0.0.1:${first.port}`;
    const bus = await openNatsBus({
      url: url(),
      again: () => {
        asked += 1;
        return { url: url() };
      },
    });
    await bus.offer(offer);
    await first.kill();
    const second = await startNats({ ...own, port: first.port, config: users("new") });
    const before = asked;
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before + 6);
    await expect(bus.ping()).rejects.toMatchObject({ code: "unavailable", retry: true });
    password = "new";
    expect(await again(bus)).toEqual(accepted);
    await bus.close();
    await second.stop();
  });

  it("shows who it is, and says for good that nobody let it in", async () => {
    const config = `authorization { users: [{ user: "panel", password: "a b/c" }] }`;
    const guarded = await startNats({ server, dataDir: join(folder, "users"), port: 0, config });
    const stranger = openNatsBus({ url: guarded.url });
    await expect(stranger).rejects.toMatchObject({ code: "unavailable", retry: false });
    await withBus(`nats://panel:a%20b%2Fc@127.0.0.1:${guarded.port}`, async (bus) => {
      await bus.offer(offer);
      expect(await bus.send("panel", convene())).toEqual(accepted);
    });
    await guarded.stop();
  });

  it("shows credentials, and proves that they are its own", async () => {
    const config = `authorization { users: [{ nkey: ${key.public} }] }`;
    const guarded = await startNats({ server, dataDir: join(folder, "keys"), port: 0, config });
    const { url } = guarded;
    await expect(openNatsBus({ url })).rejects.toMatchObject({ code: "unavailable", retry: false });
    const bus = await openNatsBus({ url, credentials: credentialsWith(key.seed) });
    await bus.offer(offer);
    expect(await bus.send("panel", convene())).toEqual(accepted);
    await bus.close();
    await guarded.stop();
  });

  it("speaks over an encrypted wire, and only to whom it trusts", async () => {
    const dataDir = join(folder, "encrypted");
    mkdirSync(dataDir);
    const { cert, key } = selfSigned();
    const caFile = join(dataDir, "cert.pem");
    const keyFile = join(dataDir, "key.pem");
    writeFileSync(caFile, cert);
    writeFileSync(keyFile, key);
    const config = `tls { cert_file: "${caFile}", key_file: "${keyFile}" }`;
    const encrypted = await startNats({ server, dataDir, port: 0, config });
    const url = `tls://127.0.0.1:${encrypted.port}`;
    await expect(openNatsBus({ url, timeout: 2_000 })).rejects.toBeInstanceOf(BusFault);
    const bus = await openNatsBus({ url, tls: { caFile } });
    await bus.offer(offer);
    expect(await bus.send("panel", convene())).toEqual(accepted);
    await bus.close();
    await encrypted.stop();
  });

  it("is no longer well when NATS does not let it take commands", async () => {
    const config = `authorization { users: [
      { user: "u", password: "p", permissions: { subscribe: { deny: "assay.>" } } }
    ] }`;
    const guarded = await startNats({ server, dataDir: join(folder, "denied"), port: 0, config });
    await withBus(`nats://u:p@127.0.0.1:${guarded.port}`, async (bus) => {
      await bus.ping();
      await bus.offer(offer);
      await expect(bus.ping()).rejects.toMatchObject({ code: "unavailable", retry: false });
    });
    await guarded.stop();
  });

  it("says that a server cannot be reached, and that trying again may help", async () => {
    const gone = await startNats({ server, dataDir: join(folder, "gone"), port: 0 });
    await gone.stop();
    const bus = openNatsBus({ url: gone.url, timeout: 500 });
    await expect(bus).rejects.toMatchObject({ code: "unavailable", retry: true });
  });
});

/** Made for this test: it opens nothing anywhere. */
const key = {
  public: "UBWQROPHXCUJPK424DOM2HIDR2LNFI4LWSHUVPBIUBE2MOQWZIHPYKVP",
  seed: "SUAIXCHD32SAE524ZFSCU5W3FLD46SGZ4YTM3EG4DTXNND46J3LIHQS2WE",
};

/** A `.creds` file. The token in it matters to servers with operators, which this one has not. */
const credentialsWith = (seed: string): string => {
  const block = (name: string, value: string): string =>
    `-----BEGIN ${name}-----\n${value}\n------END ${name}------\n\n`;
  return `${block("NATS USER JWT", "e30.e30.e30")}${block("USER NKEY SEED", seed)}`;
};

/** A sender that meets a service which is not back yet sends the same again. */
const again = async (bus: CommandBus): Promise<Reply> => {
  for (let tries = 0; tries < 50; tries += 1) {
    const reply = await bus.send("panel", convene()).catch(() => undefined);
    if (reply !== undefined) return reply;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the service did not come back");
};
