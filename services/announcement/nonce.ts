/**
 * The secret half of each inspection's seed. It is derived from one secret of the service's, so
 * that nothing has to be kept between the announcement and the draw, and nobody can choose it.
 */
import { createHmac } from "node:crypto";

import { commitmentTo, Nonce } from "@assay/domain/sampling/stream.ts";

/** HMAC-SHA256 of the inspection's id under the service's secret (at least 32 bytes). */
export const nonceFor = (secret: Uint8Array, inspection: string): Nonce =>
  Nonce.parse(
    createHmac("sha256", secret).update(`assay sampling nonce 1\n${inspection}`).digest("hex"),
  );

type Loose = { readonly [key: string]: unknown };

/** Fills in what only this service knows: the commitment at announcement, the nonce at the draw. */
export const withNonce = (secret: Uint8Array, command: unknown): unknown => {
  if (typeof command !== "object" || command === null) return command;
  const { type, inspection } = command as Loose;
  if (typeof inspection !== "string") return command;
  if (type === "AnnounceInspection") {
    return { commitment: commitmentTo(nonceFor(secret, inspection)), ...command };
  }
  if (type === "DrawSample") return { nonce: nonceFor(secret, inspection), ...command };
  return command;
};
