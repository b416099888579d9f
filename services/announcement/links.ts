/**
 * Links that lead to one file: each is derived from the service's secret, so that a letter that is
 * tried again has the same one, and only its digest is recorded.
 */
import { createHash, createHmac } from "node:crypto";

import type { Digest } from "@assay/domain/kernel/ids.ts";

/** HMAC-SHA256 of the letter's id under the secret (at least 32 bytes), in base64url. */
export const tokenFor = (secret: Uint8Array, letter: string): string =>
  createHmac("sha256", secret).update(`assay letter link 1\n${letter}`).digest("base64url");

/** SHA-256 of a letter's token in UTF-8. */
export const digestFor =
  (secret: Uint8Array) =>
  (letter: string): Digest =>
    createHash("sha256").update(tokenFor(secret, letter)).digest("hex") as Digest;
