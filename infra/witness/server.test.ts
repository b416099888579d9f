import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { advance } from "@assay/ledger/advance.ts";
import { attest } from "@assay/ledger/attest.ts";
import { verifyCosignatures, witnessKeyOf } from "@assay/ledger/cosignature.ts";
import { inspection, keyring, seedOf, storyEvents } from "@assay/ledger/golden/story.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { parseNote, parseVerifierKey } from "@assay/ledger/note.ts";
import { openWitnessFile, type WitnessFile } from "@assay/ledger/witness-file.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { witnessServer } from "./server.ts";

const signer = signerFrom("witness.example", seedOf("a witness on this machine"));
const key = witnessKeyOf(signer);
const events = storyEvents();
let folder: string;
let memory: WitnessFile;
let server: Server;
let url: string;

const start = async (): Promise<void> => {
  memory = openWitnessFile(join(folder, "attested.jsonl"));
  const authorities = keyring.keys.map(parseVerifierKey);
  server = witnessServer({ signer, authorities, memory, now: () => 1_700_000_000_000 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};
const stop = async (): Promise<void> => {
  server.close();
  server.closeAllConnections();
  memory.close();
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-witness-"));
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const signedThrough = (type: string, stage: string, record?: Parameters<typeof attest>[0]) =>
  advance({
    ...{ inspection, events, record, keyring, stage },
    after: events.find((event) => event.type === type)!.id,
  });

const attesters = () => ({ witnesses: [{ url, key }], patience: 20_000 });

it("cosigns what an Assay sends it, and goes on after it was started again", async () => {
  const first = await signedThrough("RatingsConcluded", "ratings-concluded");
  const { record, failures } = await attest(first, events, attesters());
  expect(failures).toEqual([]);
  await stop();
  await start();
  const second = await signedThrough("ReportSignedOff", "signed-off", record);
  const attested = await attest(second, events, attesters());
  expect(attested.failures).toEqual([]);
  const notes = attested.record.checkpoints.map(({ note }) => note);
  expect(notes.map((note) => verifyCosignatures(parseNote(note), [key]).length)).toEqual([1, 1]);
  const standing = (await (await fetch(url)).json()) as { logs: { size: number; note: string }[] };
  expect(standing.logs).toMatchObject([{ size: 11, note: notes[1] }]);
});

it("answers nothing else, and takes no endless body", async () => {
  expect((await fetch(`${url}other`)).status).toBe(404);
  const long = await fetch(`${url}add-checkpoint`, { method: "POST", body: "x".repeat(70_000) });
  expect(long.status).toBe(413);
});
