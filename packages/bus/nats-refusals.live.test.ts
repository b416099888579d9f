import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findNatsServer } from "@assay/nats/find.ts";
import { selfSigned } from "@assay/nats/self-signed.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { openFactPublisher } from "./facts.ts";
import { connectNats } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-refusals-"));
const at = (name: string): string => join(folder, name);
const servers: Nats[] = [];
let [encrypted, plain, guarded]: readonly number[] = [];

beforeAll(async () => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  for (const name of ["ours", "theirs"]) {
    const { cert, key } = selfSigned();
    writeFileSync(at(`${name}.pem`), cert);
    writeFileSync(at(`${name}.key`), key);
  }
  const configs = [
    `tls { cert_file: "${at("ours.pem")}", key_file: "${at("ours.key")}" }`,
    "",
    'authorization { users: [{ user: "panel", password: "x" }] }',
  ];
  for (const [index, config] of configs.entries())
    servers.push(
      await startNats({ server, dataDir: at(`nats-${index}`), port: 0, jetstream: false, config }),
    );
  [encrypted, plain, guarded] = servers.map(({ port }) => port);
});
afterAll(async () => {
  for (const each of servers) await each.stop();
  rmSync(folder, { recursive: true });
});

type Mistake = {
  readonly made: string;
  readonly options: () => NatsOptions;
  readonly said: RegExp;
  /** Whether waiting may mend it. */
  readonly waits: boolean;
};

const withCa = (name: string) => ({ tls: { caFile: at(name) } });

const mistakes: readonly Mistake[] = [
  {
    ...{ made: "nobody there", said: /127\.0\.0\.1:1: nobody answers there/, waits: true },
    options: () => ({ url: "nats://127.0.0.1:1" }),
  },
  {
    ...{ made: "no such host", said: /nowhere\.invalid:4222: there is no such host/, waits: true },
    options: () => ({ url: "nats://u:secret@nowhere.invalid:4222" }),
  },
  {
    ...{
      made: "no authority",
      said: /signed by nobody who is known here.*NATS_TLS_CA/,
      waits: false,
    },
    options: () => ({ url: `tls://127.0.0.1:${encrypted}` }),
  },
  {
    ...{
      made: "wrong authority",
      said: /not signed by the authority in .*theirs\.pem/,
      waits: false,
    },
    options: () => ({ url: `tls://127.0.0.1:${encrypted}`, ...withCa("theirs.pem") }),
  },
  {
    ...{
      made: "authority's file missing",
      said: /a file .* is missing: .*none\.pem/,
      waits: false,
    },
    options: () => ({ url: `tls://127.0.0.1:${encrypted}`, ...withCa("none.pem") }),
  },
  {
    ...{ made: "TLS with a server that has none", said: /speaks without TLS/, waits: false },
    options: () => ({ url: `tls://127.0.0.1:${plain}`, ...withCa("ours.pem") }),
  },
  {
    ...{
      made: "wrong password",
      said: /does not accept the user's name or password/,
      waits: false,
    },
    options: () => ({ url: `nats://panel:secret@127.0.0.1:${guarded}` }),
  },
  {
    ...{ made: "no user", said: /lets nobody in whom it does not know/, waits: false },
    options: () => ({ url: `nats://127.0.0.1:${guarded}` }),
  },
];

it.each(mistakes)("says what is wrong and where: $made", async ({ options, said, waits }) => {
  const failed: unknown = await connectNats({ ...options(), timeout: 2_000 }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ code: "unavailable", retry: waits });
  expect(String(failed)).toMatch(said);
  expect(String(failed)).toMatch(/the NATS server at [\w.]+:\d+: /);
  expect(String(failed)).not.toContain("secret");
});

it("says that JetStream is missing, and that waiting does not help", async () => {
  await expect(openFactPublisher({ url: `nats://127.0.0.1:${plain}` })).rejects.toMatchObject({
    message: expect.stringContaining("JetStream is not enabled") as string,
    retry: false,
  });
});
