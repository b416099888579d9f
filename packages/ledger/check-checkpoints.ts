/** Checks a bundle's checkpoints: signed, of these very events, each extending the one before. */
import { hexToBytes } from "@noble/hashes/utils.js";

import { fromBase64 } from "./base64.ts";
import { keysOf } from "./check-authority.ts";
import { type Checkpoint, openCheckpoint, originOf, parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignatures } from "./cosignature.ts";
import {
  linesByOthers,
  parseNote,
  parseVerifierKey,
  renamed,
  signatureTypes,
  writeVerifierKey,
} from "./note.ts";
import { isStageOf, stageAfter } from "./stages.ts";
import { isTimestampOf, parseTimestamp } from "./timestamp.ts";
import {
  append,
  emptyRange,
  equal,
  nodesInMemory,
  type ReadNode,
  rootAt,
  verifyConsistency,
} from "./tree.ts";
import type { Bundle } from "./bundle.ts";
import type { Case, Finding } from "./check.ts";

/** Each is signed for this log, and its root is that of the events up to the one it names. */
export const checkCheckpoints = (matter: Case): Finding => {
  const { bundle } = matter;
  const read = treeOf(matter);
  const problems = bundle.checkpoints.flatMap((_, at) => problemsAt(matter, at, read));
  const last = readAt(matter, bundle.checkpoints.length - 1);
  if (last?.size !== bundle.events.length) {
    problems.push("the last checkpoint does not cover exactly these events");
  }
  const stages = bundle.checkpoints.map(({ stage }) => stage).join(", ");
  const recomputed = bundle.checkpoints.length;
  const caveats = unsignedIn(bundle);
  return { problems, summary: `${recomputed} signed: ${stages}`, recomputed, caveats };
};

/** Where a later checkpoint was signed first, none is signed for the event before it any more. */
const unsignedIn = ({ events, checkpoints }: Bundle): readonly string[] => {
  const signed = new Set(checkpoints.map(({ after }) => after));
  const unsigned = events.flatMap(({ index, ...logged }) => {
    const { id, type } = "event" in logged ? logged.event : logged.withheld;
    return stageAfter({ type }) === undefined || signed.has(id) ? [] : [`${index} (${type})`];
  });
  if (unsigned.length === 0) return [];
  return [`signed only with a later checkpoint, not by themselves: events ${unsigned.join(", ")}`];
};

/** Each checkpoint's tree begins with the one before: RFC 6962, section 2.1.4. */
export const checkConsistency = (matter: Case): Finding => {
  const { consistency, checkpoints } = matter.bundle;
  const problems = consistency.flatMap((hashes, at) => {
    const [from, to] = [readAt(matter, at), readAt(matter, at + 1)];
    const proof = hashes.map((hash) => hexToBytes(hash));
    if (from && to && verifyConsistency({ from, to, proof })) return [];
    return [`the proof from checkpoint ${at} to ${at + 1} is wrong`];
  });
  if (consistency.length !== Math.max(0, checkpoints.length - 1)) {
    problems.push("there is not one proof between each checkpoint and the next");
  }
  const recomputed = consistency.length;
  return { problems, summary: `${recomputed} proofs between checkpoints`, recomputed };
};

/**
 * The cosignatures are those of witnesses that the bundle names or the reader trusts, on these very
 * checkpoints. A witness that the reader trusts is missed where it is silent.
 */
export const checkWitnesses = ({ bundle, trusted, verify }: Case): Finding => {
  const named = bundle.witnesses.map(parseVerifierKey);
  const known = trusted.filter(({ type }) => type === signatureTypes.cosignature);
  const lines = new Set(known.map(writeVerifierKey));
  const strangers = named.filter((key) => !lines.has(writeVerifierKey(key)));
  const problems = named
    .filter(({ type }) => type !== signatureTypes.cosignature)
    .map(({ name }) => `the key of witness ${name} is not one for cosignatures`);
  const found = bundle.checkpoints.flatMap(({ note, stage }, at) => {
    try {
      const all = verifyCosignatures(parseNote(note), [...known, ...strangers], verify);
      return all.map((each) => ({ ...each, stage, at }));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : "unreadable";
      problems.push(`checkpoint ${at} (${stage}), ${eventsUnder(bundle, at)}: ${why}`);
      return [];
    }
  });
  const unknown = bundle.checkpoints.flatMap(({ note, stage }) => {
    const parsed = parseNote(note);
    const { origin } = parseCheckpoint(parsed.text);
    const own = keysOf({ bundle }).map((key) => renamed(key, origin));
    return linesByOthers(parsed, [...own, ...known, ...strangers]).map(
      (line) => `the signature line on ${stage} by ${line}, whose key is neither here nor trusted`,
    );
  });
  const attested = found.map(({ witness, stage, time }) => `${witness} on ${stage}, ${day(time)}`);
  const last = bundle.checkpoints.length - 1;
  const silent = known.flatMap(({ name }) => {
    const seen = found.findLast(({ witness }) => witness === name);
    if (seen?.at === last) return [];
    return seen
      ? [`witness ${name} attested nothing after checkpoint ${seen.at} (${seen.stage})`]
      : [`witness ${name}, whom you trust, attested nothing in this file`];
  });
  return {
    problems,
    summary: found.length === 0 ? "no cosignature" : attested.join("; "),
    compared: found.length,
    caveats: [
      ...silent,
      ...unknown,
      ...strangers.map((key) => `witness ${writeVerifierKey(key)} was not compared`),
    ],
    trust: known.length > silent.length ? [] : [unwitnessed],
  };
};

const unwitnessed =
  "the inspectorate, that it did not write another record later, as nobody whom you trust saw " +
  "this one at the time";

const day = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The events between a checkpoint and the one before. */
const eventsUnder = ({ checkpoints }: Case["bundle"], at: number): string => {
  const sizeAt = (place: number): number => {
    const note = checkpoints[place]?.note;
    return note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
  };
  return `events ${sizeAt(at - 1)} to ${sizeAt(at) - 1}`;
};

/** Each timestamp was made for the checkpoint that it stands beside. */
export const checkTimestamps = ({ bundle }: Case): Finding => {
  const problems: string[] = [];
  const times: string[] = [];
  for (const { stage, note, timestamps } of bundle.checkpoints) {
    for (const token of timestamps) {
      const timestamp = parseTimestamp(fromBase64(token));
      if (!isTimestampOf(timestamp, note)) {
        problems.push(`the timestamp of ${stage} is for something else`);
      }
      times.push(timestamp.time);
    }
  }
  const caveat = "the timestamps' own signatures are checked with `openssl ts -verify`";
  return {
    problems,
    summary: times.length === 0 ? "none" : `${times.length}: ${times.join(", ")}`,
    compared: times.length,
    caveats: times.length === 0 ? [] : [caveat],
  };
};

const problemsAt = (matter: Case, at: number, read: ReadNode): readonly string[] => {
  const { bundle, verify } = matter;
  const { stage, after, note } = bundle.checkpoints[at]!;
  const name = `checkpoint ${at} (${stage})`;
  let checkpoint: Checkpoint;
  try {
    ({ checkpoint } = openCheckpoint(note, keysOf(matter), verify));
  } catch (cause) {
    return [`${name}: ${cause instanceof Error ? cause.message : "unreadable"}`];
  }
  const { origin, size, root } = checkpoint;
  const problems: string[] = [];
  if (origin !== originOf(bundle.authority, bundle.inspection)) {
    problems.push(`${name} is of another log, ${origin}`);
  }
  const last = bundle.events[size - 1];
  if (last === undefined) return [...problems, `${name} covers ${size} events`];
  if (!equal(rootAt(size, read), root)) problems.push(`${name} is of other events than these`);
  const event = "event" in last ? last.event : last.withheld;
  if (event.id !== after) problems.push(`${name} does not end with event ${after}`);
  if (!isStageOf(stage, event)) problems.push(`${name} is signed after ${event.type}`);
  return problems;
};

const treeOf = ({ bundle }: Case): ReadNode => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  for (const { leaf } of bundle.events) range = append(range, hexToBytes(leaf), write);
  return read;
};

/** What a checkpoint says, whoever signed it; undefined when there is none. */
const readAt = ({ bundle }: Case, at: number): Checkpoint | undefined => {
  const note = bundle.checkpoints[at]?.note;
  return note === undefined ? undefined : parseCheckpoint(parseNote(note).text);
};
