/**
 * Random numbers that anybody can make again from a seed: SHA-256 in counter mode, as Rivest and
 * Stark draw audit samples and RFC 3797 draws committees. Nothing but the seed and a label enters.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import { everyKeyOf } from "../kernel/every-key.ts";
import { Digest } from "../kernel/ids.ts";

/**
 * Whole bytes in lower-case hexadecimal. 32 random bytes make a commitment that nobody can guess.
 */
export const Nonce = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){1,64}$/, "1 to 64 bytes in lower-case hexadecimal");
export type Nonce = z.infer<typeof Nonce>;

/** A public random value of a later time than the list, in hexadecimal. */
export const Beacon = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){1,512}$/, "1 to 512 bytes in lower-case hexadecimal");
export type Beacon = z.infer<typeof Beacon>;

/** What changed after the list had come in, so that another nonce had to be committed to. */
export const RenewalReason = z.enum([
  "list-returned",
  "fieldwork-moved",
  "sizes-set",
  "beacon-passed",
]);
export type RenewalReason = z.infer<typeof RenewalReason>;

/** What is published when the inspection is announced: SHA-256 of the nonce's bytes. */
export const commitmentTo = (nonce: Nonce): Digest =>
  bytesToHex(sha256(hexToBytes(nonce))) as Digest;

/**
 * SHA-256 of the nonce's bytes, then the 32 bytes of the list's digest, then the beacon's bytes.
 */
export const seedFrom = (parts: SeedParts): Digest =>
  bytesToHex(
    sha256(concatBytes(...seedParts.map((part) => hexToBytes(parts[part] ?? "")))),
  ) as Digest;

type SeedParts = {
  readonly nonce: Nonce;
  readonly listDigest: Digest;
  readonly beacon?: Beacon | undefined;
};

const seedParts = everyKeyOf<SeedParts>()(["nonce", "listDigest", "beacon"]);

export type RandomStream = {
  /** A whole number from 0 to `bound` - 1, each equally likely; `bound` from 1 to 2^32. */
  readonly below: (bound: number) => number;
  /** A multiple of 2^-53 from 0 (included) to 1 (excluded), each equally likely. */
  readonly fraction: () => number;
};

/**
 * Block i (from 0) is SHA-256(seed, 32 bytes ‖ i, 8 bytes big-endian ‖ label, UTF-8); the blocks in
 * order are one long string of bytes, which is consumed from the front. `below` takes 4 bytes as a
 * big-endian integer and takes another 4 whenever it is not less than the greatest multiple of the
 * bound; `fraction` takes 8 bytes, of which the first 53 bits count.
 */
export const randomStream = (seed: Digest, label: string): RandomStream => {
  const message = concatBytes(hexToBytes(seed), new Uint8Array(8), utf8ToBytes(label));
  const view = new DataView(message.buffer, message.byteOffset);
  let counter = 0;
  let block = new DataView(new ArrayBuffer(0));
  let used = 0;
  const word = (): number => {
    if (used === block.byteLength) {
      view.setUint32(32, Math.floor(counter / 2 ** 32));
      view.setUint32(36, counter % 2 ** 32);
      const bytes = sha256(message);
      block = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      counter += 1;
      used = 0;
    }
    used += 4;
    return block.getUint32(used - 4);
  };
  return {
    below: (bound) => {
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let drawn = word();
      while (drawn >= limit) drawn = word();
      return drawn % bound;
    },
    fraction: () => {
      const high = word();
      const low = word();
      return (high * 2 ** 21 + Math.floor(low / 2 ** 11)) / 2 ** 53;
    },
  };
};

/** The items in an order that is uniformly random (Fisher and Yates, from the last place down). */
export const shuffled = <Item>(items: readonly Item[], random: RandomStream): Item[] => {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
};
