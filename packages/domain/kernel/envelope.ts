/** What travels around facts and commands: their identity, their cause and their answer. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import { CommandId, type EventId } from "./ids.ts";
import { Instant } from "./instants.ts";

/**
 * What is kept of a command's seal with the first of its facts: enough to check it again for
 * whoever has the facts without their words.
 */
export const KeptSeal = z.strictObject({
  edge: z.string().min(1).max(200),
  at: Instant,
  /** 64 bytes of Ed25519, in base64. */
  signature: z.base64().length(88),
  /** The salted hash of the command's words. */
  words: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeptSeal = z.infer<typeof KeptSeal>;

/** Kept with every event beside its data. `index` is its place among its command's events. */
export const EventMetadata = z.strictObject({
  version: z.int().min(1),
  commandId: CommandId,
  index: z.int().min(0),
  correlationId: z.uuid(),
  causationId: z.uuid(),
  /** The framework version in force, once the inspection has one. */
  framework: z.string().optional(),
  /** Random, 32 hexadecimal digits: salts the hash by which the ledger commits to `text`. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  seal: KeptSeal.optional(),
});
export type EventMetadata = z.infer<typeof EventMetadata>;

/** An authenticated edge stands behind the command: all of it, the edge's name and the moment. */
export const Seal = z.strictObject({
  edge: z.string().min(1).max(200),
  at: Instant,
  /** In base64: 64 bytes of Ed25519, or within one process 32 bytes of HMAC-SHA256. */
  signature: z.base64().min(44).max(88),
  /** Salts the hash of the command's words; 32 hexadecimal digits, left out within one process. */
  salt: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});

/** A command on its way to the one service that owns the step. */
export const CommandEnvelope = z.strictObject({
  id: CommandId,
  correlationId: z.uuid(),
  /** The event or command that led to this one; the command's own id where a person began it. */
  causationId: z.uuid(),
  command: z.looseObject({ type: z.string() }),
  /** Added as it is sent. */
  seal: Seal.optional(),
});
export type CommandEnvelope = z.infer<typeof CommandEnvelope>;

/** Accepted, with the stream's revision afterwards and how many facts it took; or refused. */
export const Reply = z.discriminatedUnion("accepted", [
  z.strictObject({
    accepted: z.literal(true),
    stream: z.string(),
    revision: z.int(),
    events: z.int().min(0),
  }),
  z.strictObject({
    accepted: z.literal(false),
    refusal: z.looseObject({ reason: z.string() }),
  }),
]);
export type Reply = z.infer<typeof Reply>;

/** A UUID (version 8, RFC 9562) made from the SHA-256 of `name`: the same name, the same id. */
export const uuidFrom = (name: string): string => {
  const hash = sha256(utf8ToBytes(name)).subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = bytesToHex(hash);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** A command's events get their ids from it, so that its repetition appends nothing anywhere. */
export const eventIdOf = (commandId: CommandId, index: number): EventId =>
  uuidFrom(`${commandId}/${index}`) as EventId;
