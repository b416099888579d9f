/**
 * The audit bundle: one JSON file for a published inspection with all that its ratings rest on and
 * all that proves it unchanged. It holds no words about anybody but those that were laid open.
 */
import type { JsonObject } from "@assay/store/port.ts";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import { originOf, parseCheckpoint } from "./checkpoint.ts";
import { LedgerFault } from "./fault.ts";
import type { Keyring } from "./keys.ts";
import { canonical, digestOf, type Disclosure, type RedactedEvent } from "./leaf.ts";
import { type InspectionLog, type LogEntry, proofFor } from "./log.ts";
import { parseNote } from "./note.ts";
import { append, consistencyProof, emptyRange, nodesInMemory } from "./tree.ts";

/** Stands for an event that is not shown: its leaf is proven, what it says is not. */
export type Withheld = {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly reason: string;
};

/** `leaf`: the leaf's hash, 64 hexadecimal digits. */
export type BundleEvent = { readonly index: number; readonly leaf: string } & (
  | { readonly event: RedactedEvent }
  | { readonly withheld: Withheld }
);

/** A signed checkpoint, with the moment of the inspection at which it was signed. */
export type StagedCheckpoint = {
  /** Why it was signed, such as `ratings-concluded`, `signed-off` or `published`. */
  readonly stage: string;
  /** The id of the last event it covers. */
  readonly after: string;
  /** The signed note, with the cosignatures that were gathered. */
  readonly note: string;
  /** RFC 3161 tokens over it, DER in base64. */
  readonly timestamps: readonly string[];
};

export type BundleDisclosure = Disclosure & { readonly index: number };

export const bundleFormat = "assay-bundle/1";

/** Version 1. Its members and their meaning never change; another version has another `format`. */
export type Bundle = {
  readonly format: typeof bundleFormat;
  readonly inspection: string;
  /** The name under which the inspectorate signs; its logs' origins are paths below it. */
  readonly authority: string;
  /** Verifier keys of the authority, the former ones first; how each led to the next. */
  readonly keys: readonly string[];
  readonly rotations: readonly string[];
  /** Verifier keys (type 4) of the witnesses whose cosignatures are to be checked. */
  readonly witnesses: readonly string[];
  /** `digest` is the SHA-256 of the document's canonical JSON. */
  readonly framework: {
    readonly id: string;
    readonly digest: string;
    readonly document: JsonObject;
  };
  readonly certificates: readonly { readonly digest: string; readonly document: JsonObject }[];
  /** Every event that the last checkpoint covers, in the log's order. */
  readonly events: readonly BundleEvent[];
  readonly checkpoints: readonly StagedCheckpoint[];
  /** RFC 6962 proofs from each checkpoint to the next one, hashes in hexadecimal. */
  readonly consistency: readonly (readonly string[])[];
  readonly disclosures: readonly BundleDisclosure[];
  /** The ratings as published, in the form in which the domain computes them. */
  readonly ratings: JsonObject;
  /** A signed note that lists the digest of each member above. */
  readonly seal: string;
};

export type Unsealed = Omit<Bundle, "seal">;

export type BundleContent = {
  readonly log: InspectionLog;
  readonly keyring: Keyring;
  readonly checkpoints: readonly StagedCheckpoint[];
  readonly framework: { readonly id: string; readonly document: JsonObject };
  readonly certificates?: readonly JsonObject[];
  readonly ratings: JsonObject;
  readonly witnesses?: readonly string[];
  /** Why an event is not shown, or undefined for those that are. Default: all are shown. */
  readonly withhold?: (event: RedactedEvent) => string | undefined;
  readonly disclosures?: readonly BundleDisclosure[];
};

/**
 * All members but the seal. Checkpoints are given in the order in which they were signed; the
 * events up to the last one go in. Throws a LedgerFault when there is none, or it covers no event.
 */
export const bundleMembers = (content: BundleContent): Unsealed => {
  const { log, keyring, framework } = content;
  const sizes = content.checkpoints.map(({ note }) => parseCheckpoint(parseNote(note).text).size);
  const last = sizes.at(-1);
  if (last === undefined || sizes.includes(0)) {
    throw new LedgerFault("inconsistent", "a bundle needs a checkpoint that covers events");
  }
  return {
    format: bundleFormat,
    inspection: log.inspection,
    authority: keyring.signer.name,
    keys: keyring.keys,
    rotations: keyring.rotations,
    witnesses: content.witnesses ?? [],
    framework: { ...framework, digest: digestOf(framework.document) },
    certificates: (content.certificates ?? []).map((document) => ({
      digest: digestOf(document),
      document,
    })),
    events: log.entries.slice(0, last).map((entry) => bundleEvent(entry, content.withhold)),
    checkpoints: content.checkpoints,
    consistency: sizes
      .slice(1)
      .map((to, i) =>
        consistencyProof({ from: sizes[i]!, to }, log.read).map((hash) => bytesToHex(hash)),
      ),
    disclosures: content.disclosures ?? [],
    ratings: content.ratings,
  };
};

/** The file's whole text; `seal` is the signed note over `sealText`. */
export const sealedBundle = (members: Unsealed, seal: string): string =>
  canonical({ ...members, seal });

/** What the seal signs: the format, the log's origin, then each member's name and digest. */
export const sealText = (members: Unsealed): string => {
  const lines = Object.entries(members).map(([name, value]) => `${name} ${digestOf(value)}`);
  const origin = originOf(members.authority, members.inspection);
  return [members.format, origin, ...lines.toSorted()].map((line) => `${line}\n`).join("");
};

/**
 * The proof file of one event from a bundle alone, under its last checkpoint. Withheld events
 * cannot be proven.
 */
export const proofFrom = (bundle: Bundle, index: number): string => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  for (const { leaf } of bundle.events) range = append(range, hexToBytes(leaf), write);
  const entries = bundle.events.flatMap((entry) =>
    "event" in entry
      ? [{ index: entry.index, event: entry.event, leaf: hexToBytes(entry.leaf) }]
      : [],
  );
  return proofFor({ entries, read }, index, bundle.checkpoints.at(-1)?.note ?? "");
};

const bundleEvent = (
  { index, leaf, event }: LogEntry,
  withhold: BundleContent["withhold"],
): BundleEvent => {
  const reason = withhold?.(event);
  const place = { index, leaf: bytesToHex(leaf) };
  if (reason === undefined) return { ...place, event };
  const { id, stream, revision, type } = event;
  return { ...place, withheld: { id, stream, revision, type, reason } };
};
