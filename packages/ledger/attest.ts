/**
 * What other bodies say of a log's checkpoints: cosignatures, asked of witnesses by the protocol of
 * C2SP `tlog-witness`, and timestamps, asked of an authority by RFC 3161. Both are asked for and
 * neither is waited for: a publication never hangs on another body's server.
 */
import type { StoredEvent } from "@assay/store/port.ts";

import { toBase64 } from "./base64.ts";
import type { StagedCheckpoint } from "./bundle.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignatures } from "./cosignature.ts";
import { LedgerFault } from "./fault.ts";
import { keptHashesOf, type LogRecord } from "./integrity.ts";
import { type InspectionLog, logOf } from "./log.ts";
import { parseNote, type VerifierKey, writeNote } from "./note.ts";
import { isTimestampOf, parseTimestamp, timestampRequest } from "./timestamp.ts";
import { consistencyProof } from "./tree.ts";

/** `url` is the witness's submission prefix; `key` its verifier key, of type 4. */
export type Witness = { readonly url: string; readonly key: VerifierKey };

export type Attesters = {
  readonly witnesses: readonly Witness[];
  /** A timestamping authority's address. */
  readonly timestamper?: string | undefined;
  /** Milliseconds for one answer. */
  readonly patience: number;
};

/** `failures`: who did not answer as asked, in words. It is asked again at the next checkpoint. */
export type Attested = { readonly record: LogRecord; readonly failures: readonly string[] };

/** The record with every cosignature and timestamp that its checkpoints lacked and could be had. */
export const attest = async (
  record: LogRecord,
  events: readonly StoredEvent[],
  attesters: Attesters,
): Promise<Attested> => {
  const log = logOf(record.inspection, events, keptHashesOf(record));
  const failures: string[] = [];
  let { checkpoints } = record;
  for (const witness of attesters.witnesses) {
    checkpoints = await settle(failures, `witness ${witness.key.name}`, checkpoints, (known) =>
      cosigned(known, { log, witness, patience: attesters.patience }),
    );
  }
  const { timestamper, patience } = attesters;
  if (timestamper !== undefined) {
    checkpoints = await settle(failures, `timestamping at ${timestamper}`, checkpoints, (known) =>
      timestamped(known, timestamper, patience),
    );
  }
  return { record: { ...record, checkpoints }, failures };
};

type Checkpoints = readonly StagedCheckpoint[];

/** Each step hands on what it got before it failed. */
const settle = async (
  failures: string[],
  who: string,
  checkpoints: Checkpoints,
  step: (known: Checkpoints) => AsyncGenerator<Checkpoints>,
): Promise<Checkpoints> => {
  let reached = checkpoints;
  try {
    for await (const next of step(checkpoints)) reached = next;
  } catch (error) {
    failures.push(`${who}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return reached;
};

type Asking = {
  readonly log: InspectionLog;
  readonly witness: Witness;
  readonly patience: number;
};

/** A witness signs only what comes after the last checkpoint that it signed. */
async function* cosigned(checkpoints: Checkpoints, asking: Asking): AsyncGenerator<Checkpoints> {
  const { key } = asking.witness;
  const last = checkpoints.findLastIndex(({ note }) => hasSigned(note, key));
  let from = last < 0 ? 0 : sizeOf(checkpoints[last]!.note);
  let reached = checkpoints;
  for (const [at, checkpoint] of checkpoints.entries()) {
    if (at <= last) continue;
    const note = await cosignatureOn(checkpoint.note, from, asking);
    from = sizeOf(note);
    reached = reached.with(at, { ...checkpoint, note });
    yield reached;
  }
}

const hasSigned = (note: string, key: VerifierKey): boolean =>
  verifyCosignatures(parseNote(note), [key]).length > 0;

const sizeOf = (note: string): number => parseCheckpoint(parseNote(note).text).size;

/** The note with the witness's line. A witness that knows a larger tree says so once (409). */
const cosignatureOn = async (note: string, from: number, asking: Asking): Promise<string> => {
  const first = await ask(note, from, asking);
  const answer = first.status === 409 ? await ask(note, await knownSize(first), asking) : first;
  const body = await answer.text();
  if (!answer.ok) throw new Error(`answered ${answer.status}: ${body.slice(0, 200).trim()}`);
  const signed = parseNote(note);
  const { key } = asking.witness;
  const lines = parseNote(`${signed.text}\n${body}`).signatures.filter(
    ({ name }) => name === key.name,
  );
  const cosignedNote = writeNote({ ...signed, signatures: [...signed.signatures, ...lines] });
  if (hasSigned(cosignedNote, key)) return cosignedNote;
  throw new LedgerFault("unknown-signer", "its answer has no signature by its key");
};

const knownSize = async (answer: Response): Promise<number> => {
  const size = (await answer.text()).trim();
  if (/^\d{1,15}$/.test(size)) return Number(size);
  throw new Error("answered 409 without the size that it knows");
};

const ask = (note: string, from: number, { log, witness, patience }: Asking): Promise<Response> => {
  const proof = consistencyProof({ from, to: sizeOf(note) }, log.read).map(toBase64);
  return fetch(`${witness.url.replace(/\/$/, "")}/add-checkpoint`, {
    method: "POST",
    body: [`old ${from}`, ...proof, "", note].join("\n"),
    signal: AbortSignal.timeout(patience),
  });
};

async function* timestamped(
  checkpoints: Checkpoints,
  address: string,
  patience: number,
): AsyncGenerator<Checkpoints> {
  let reached = checkpoints;
  for (const [at, checkpoint] of checkpoints.entries()) {
    if (checkpoint.timestamps.length > 0) continue;
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query" },
      body: timestampRequest(checkpoint.note).slice(),
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const token = new Uint8Array(await answer.arrayBuffer());
    if (!isTimestampOf(parseTimestamp(token), checkpoint.note)) {
      throw new LedgerFault("inconsistent", "the timestamp is for something else");
    }
    reached = reached.with(at, { ...checkpoint, timestamps: [toBase64(token)] });
    yield reached;
  }
}
