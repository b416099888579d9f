/** What clients propose to append, as the engine takes it. */
import { isUtf8 } from "node:buffer";

import type { Expectation } from "@assay/store/engine/commands.ts";
import type { Content } from "@assay/store/engine/reader.ts";
import type { Entry } from "@assay/store/engine/writer.ts";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";
import type { AppendReq, BatchAppendReq } from "@eventstore/db-client/generated/streams_pb.js";

import { handlerFailed, invalidArgument, metadataMissing } from "./faults.ts";

/** The most that one append may hold, in bytes: what EventStoreDB allows by default. */
export const maxAppendSize = 1_048_576;

export type Proposed = { readonly entry: Entry; readonly size: number };

type ProposedMessage = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

/** Throws a `CallFault` for what cannot be stored. */
export const proposedOf = (proposed: ProposedMessage): Proposed => {
  const metadata = proposed.getMetadataMap();
  const type = metadata.get("type");
  const contentType = metadata.get("content-type");
  if (type === undefined) throw metadataMissing("type");
  if (contentType === undefined) throw metadataMissing("content-type");
  if (type === "") throw handlerFailed();
  const data = proposed.getData_asU8();
  const custom = proposed.getCustomMetadata_asU8();
  return {
    entry: {
      id: idOf(proposed.getId()),
      type,
      json: contentType === "application/json",
      data: contentOf(data),
      metadata: contentOf(custom),
    },
    size: Buffer.byteLength(type) + data.length + custom.length,
  };
};

/** As text where that loses nothing. */
const contentOf = (bytes: Uint8Array): Content => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) && !buffer.includes(0) ? buffer.toString("utf8") : buffer;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const idOf = (id: UUID | undefined): string => {
  const written = id?.hasStructured() ? fromStructured(id) : id?.getString().toLowerCase();
  if (written === undefined || !uuid.test(written)) throw invalidArgument("An id is not a UUID.");
  return written;
};

const fromStructured = (id: UUID): string => {
  const { mostSignificantBits, leastSignificantBits } = id.getStructured()!.toObject();
  const hex = [mostSignificantBits, leastSignificantBits]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0"))
    .join("");
  const part = (from: number, to: number): string => hex.slice(from, to);
  return [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
};

export const nameOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8");
  if (name === "") throw handlerFailed();
  return name;
};

/** Revisions beyond what a number holds exactly are never reached. */
export const numberOf = (value: string): number =>
  Number(value.length > 15 ? clamp(BigInt(value)) : value);

const clamp = (value: bigint): bigint =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : value;

type Expecting = {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
};

export const expectationOf = (options: Expecting, revision: string | undefined): Expectation => {
  if (revision !== undefined) return numberOf(revision);
  if (options.hasNoStream()) return "none";
  if (options.hasStreamExists()) return "exists";
  if (options.hasAny()) return "any";
  throw invalidArgument("The expected revision is missing.");
};

/** The numbers that EventStoreDB uses for expectations that are no revision. */
export const expectedNumber = (expected: Expectation): number => {
  if (typeof expected === "number") return expected;
  return { none: -1, any: -2, exists: -4 }[expected];
};
