import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, it } from "vitest";

import { attest, type Attesters } from "./attest.ts";
import { fromBase64 } from "./base64.ts";
import { openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignatures, witnessKeyOf } from "./cosignature.ts";
import { authority, inspection, keyring, seedOf, storyEvents } from "./golden/story.ts";
import { advance } from "./advance.ts";
import type { LogRecord } from "./integrity.ts";
import { signerFrom } from "./keys.ts";
import { parseNote, parseVerifierKey, writeVerifierKey } from "./note.ts";
import { isTimestampOf, parseTimestamp } from "./timestamp.ts";
import { addCheckpoint } from "./witness.ts";

const events = storyEvents();
const witness = signerFrom("witness.example/w1", seedOf("a witness of its own"));
const keys = keyring.keys.map(parseVerifierKey);

const recordThrough = async (...types: readonly string[]): Promise<LogRecord> => {
  let record: LogRecord | undefined;
  for (const stage of types) {
    const after = events.find(({ type }) => type === stage)!.id;
    record = await advance({ inspection, events, record, keyring, stage, after });
  }
  return record!;
};

/**
 * Another body: a witness that keeps the largest tree it signed, and a clock that signs imprints.
 */
let seen: string | undefined;
let broken: boolean;
let server: Server;
let attesters: Attesters;

const witnessing = async (request: IncomingMessage): Promise<[number, string]> => {
  const memory = { last: () => seen, keep: (_: string, note: string) => void (seen = note) };
  const options = { signer: witness, authorities: keys, memory };
  const { status, body } = addCheckpoint(await text(request), 1_700_000_000, options);
  return [status, body];
};

const der = (tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const value = parts.flatMap((part) => [...part]);
  const length = value.length < 128 ? [value.length] : [0x81, value.length];
  return Uint8Array.from([tag, ...length, ...value]);
};
const oid = (hex: string): Uint8Array => der(0x06, [...Buffer.from(hex, "hex")]);

/** A token as RFC 3161 lays it out, without the signature, which is not judged here. */
const tokenFor = (query: Buffer): Uint8Array => {
  const imprint = query.subarray(query.length - 35, query.length - 3);
  const info = der(
    0x30,
    der(0x02, [1]),
    oid("2a03"),
    der(0x30, der(0x30, oid("608648016503040201")), der(0x04, [...imprint])),
    der(0x02, [7]),
    der(0x18, [...Buffer.from("20260101120000Z")]),
  );
  const content = der(0x30, oid("2a864886f70d0109100104"), der(0xa0, der(0x04, info)));
  const signed = der(0x30, der(0x02, [3]), der(0x31), content);
  const token = der(0x30, oid("2a864886f70d010702"), der(0xa0, signed));
  return der(0x30, der(0x30, der(0x02, [0])), token);
};

const answered = async (request: IncomingMessage): Promise<[number, string | Uint8Array]> => {
  if (broken) return [503, "busy"];
  return request.url === "/time"
    ? [200, tokenFor(await buffer(request))]
    : await witnessing(request);
};

beforeEach(async () => {
  seen = undefined;
  broken = false;
  server = createServer((request, response) => {
    void answered(request).then(([status, body]) => response.writeHead(status).end(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  attesters = {
    witnesses: [{ url: `${url}/`, key: witnessKeyOf(witness) }],
    timestamper: `${url}/time`,
    patience: 20_000,
  };
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const cosignaturesIn = ({ checkpoints }: LogRecord) =>
  checkpoints.map(
    ({ note }) => verifyCosignatures(parseNote(note), [witnessKeyOf(witness)]).length,
  );

it("gathers a witness's cosignature and a timestamp for each checkpoint, in order", async () => {
  const bare = await recordThrough("RatingsConcluded", "ReportSignedOff");
  const { record, failures } = await attest(bare, events, attesters);
  expect(failures).toEqual([]);
  expect(cosignaturesIn(record)).toEqual([1, 1]);
  for (const { note, timestamps } of record.checkpoints) {
    expect(openCheckpoint(note, keys).checkpoint.origin).toBe(`${authority}/${inspection}`);
    expect(isTimestampOf(parseTimestamp(fromBase64(timestamps[0]!)), note)).toBe(true);
  }
  expect(await attest(record, events, attesters)).toEqual({ record, failures: [] });
});

it("goes on from what a witness has seen, also where nobody here remembers it", async () => {
  const first = await recordThrough("RatingsConcluded");
  const { record } = await attest(first, events, attesters);
  const after = events.find(({ type }) => type === "ReportPublished")!.id;
  const next = await advance({ inspection, events, record, keyring, stage: "published", after });
  const { record: witnessed } = await attest(next, events, attesters);
  expect(cosignaturesIn(witnessed)).toEqual([1, 1]);
  const forgetful = await recordThrough("ReportPublished");
  expect(cosignaturesIn((await attest(forgetful, events, attesters)).record)).toEqual([1]);
});

it("goes without those who do not answer, says so, and asks them again later", async () => {
  broken = true;
  const bare = await recordThrough("RatingsConcluded");
  const without = await attest(bare, events, attesters);
  expect(without.record).toEqual(bare);
  expect(without.failures).toEqual([
    "witness witness.example/w1: answered 503: busy",
    expect.stringMatching(/^timestamping at .*: answered 503$/),
  ]);
  broken = false;
  expect((await attest(bare, events, attesters)).failures).toEqual([]);
});

it("takes no signature but that of the witness's own key", async () => {
  const stranger = signerFrom("witness.example/w1", seedOf("somebody else"));
  const [known] = attesters.witnesses;
  const others = { ...attesters, witnesses: [{ ...known!, key: witnessKeyOf(stranger) }] };
  const { record, failures } = await attest(
    await recordThrough("RatingsConcluded"),
    events,
    others,
  );
  expect(failures).toEqual(["witness witness.example/w1: its answer has no signature by its key"]);
  expect(cosignaturesIn(record)).toEqual([0]);
  expect(writeVerifierKey(known!.key)).toMatch(/^witness\.example\/w1\+/);
  expect(parseCheckpoint(parseNote(record.checkpoints[0]!.note).text).size).toBeGreaterThan(0);
});
