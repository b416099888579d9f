/**
 * The public part of a seed: a value of a later moment that nobody can foresee or choose. It comes
 * from drand's network "quicknet", which signs the number of each round; whoever has the signature
 * can check it against the network's key, without asking anybody.
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import { fromEpochMs, Instant, toEpochMs } from "../kernel/instants.ts";
import type { Beacon } from "./stream.ts";

export const BeaconSource = z.literal("drand-quicknet");
export type BeaconSource = z.infer<typeof BeaconSource>;

/** One round of a beacon, named before anybody can know its value; `at` is when it appears. */
export const BeaconRound = z.strictObject({
  source: BeaconSource,
  round: z.int().min(1),
  at: Instant,
});
export type BeaconRound = z.infer<typeof BeaconRound>;

/** Chain 52db9ba7…e971: its first round in milliseconds since 1970, and one more every so many. */
const genesis = 1_692_803_367_000;
const period = 3_000;
const publicKey =
  "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064" +
  "510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ec" +
  "e45a";

/** The first round at or after the moment; undefined before the network's first one. */
export const roundAfter = (source: BeaconSource, moment: Instant): BeaconRound | undefined => {
  const since = toEpochMs(moment) - genesis;
  if (since < 0) return undefined;
  const steps = Math.ceil(since / period);
  return { source, round: steps + 1, at: fromEpochMs(genesis + steps * period) };
};

/**
 * Whether the value is the network's signature of that round: 48 bytes, a point of BLS12-381's G1
 * over SHA-256 of the round's number in 8 bytes (scheme `bls-unchained-g1-rfc9380`).
 */
export const isOfRound = ({ round }: BeaconRound, value: Beacon): boolean => {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(round));
  const scheme = bls12_381.shortSignatures;
  const signed = scheme.hash(sha256(number), "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_");
  const signature = pointOf(value);
  return signature !== undefined && scheme.verify(signature, signed, hexToBytes(publicKey));
};

const { Fp } = bls12_381.fields;
const half = (Fp.ORDER - 1n) / 2n;

/**
 * The point that 48 bytes stand for, compressed: three flags (compressed, infinite, the larger y),
 * then x. Undefined for all other values; the library's own reader would throw.
 */
const pointOf = (value: Beacon) => {
  const bits = BigInt(`0x${value}`);
  const x = bits & ((1n << 381n) - 1n);
  const square = Fp.add(Fp.pow(x % Fp.ORDER, 3n), 4n);
  const isCompressed = value.length === 96 && bits >> 382n === 2n;
  if (!isCompressed || x >= Fp.ORDER || Fp.pow(square, half) !== 1n) return undefined;
  const root = Fp.sqrt(square);
  const isLarger = ((bits >> 381n) & 1n) === 1n;
  const y = root > half === isLarger ? root : Fp.neg(root);
  const point = bls12_381.G1.Point.fromAffine({ x, y });
  return point.isTorsionFree() ? point : undefined;
};
