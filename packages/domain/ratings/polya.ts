/**
 * Pólya's urn on whole numbers: an inspected sample grown to the whole eligible population, again
 * and again. The same seed grows the same populations on every machine; no floating point is used.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** A source of whole numbers below a bound, each equally likely. `bound` is 1 to 2^32 - 1. */
export type Below = (bound: number) => number;

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators")
 * from four 32-bit words that are not all zero. Yields whole numbers from 0 to 2^32 - 1. Fast and
 * well distributed, and predictable: for simulation only, never for drawing a sample.
 */
export const xoshiro128 = (words: readonly [number, number, number, number]): (() => number) => {
  let [a, b, c, d] = words;
  return () => {
    const scrambled = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return scrambled;
  };
};

/**
 * Whole numbers below a bound, from the first 16 bytes of SHA-256 over the seed's UTF-8 bytes, read
 * as four little-endian words. Without bias: of the 2^32 words the lowest 2^32 mod bound are thrown
 * away, so that every remainder is left equally often. Unsigned arithmetic throughout, for speed.
 */
export const belowFrom = (seed: string): Below => {
  const bytes = sha256(utf8ToBytes(seed));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (i: number): number => view.getUint32(4 * i, true);
  const next = xoshiro128([word(0), word(1), word(2), word(3)]);
  return (bound) => {
    const size = bound >>> 0;
    const excess = (-size >>> 0) % size;
    let value = next() >>> 0;
    while (value < excess) value = next() >>> 0;
    return value % size;
  };
};

/**
 * An urn that starts with one ball for each of `sampled` cases; a ball is taken at random and put
 * back with one more of its case, until there are `eligible` balls. `grow` does this afresh and
 * writes how many balls each case came to (at least 1; together `eligible`). All compositions are
 * equally likely. This is the Pólya posterior of Ghosh and Meeden (1997), the finite-population
 * Bayesian bootstrap of Lo (1988). Throws a RangeError when fewer are eligible than were sampled.
 */
export const polyaUrn = (
  { sampled, eligible }: { readonly sampled: number; readonly eligible: number },
  below: Below,
): { readonly grow: (counts: Uint32Array) => void } => {
  if (!Number.isSafeInteger(eligible) || eligible < sampled) {
    throw new RangeError(`${sampled} cases cannot be a sample of ${eligible}`);
  }
  const urn = new Uint32Array(sampled === 0 ? 0 : eligible);
  for (let i = 0; i < sampled; i += 1) urn[i] = i;
  return {
    grow: (counts) => {
      counts.fill(1);
      for (let balls = sampled; balls < urn.length; balls += 1) {
        const drawn = urn[below(balls)]!;
        urn[balls] = drawn;
        counts[drawn] = counts[drawn]! + 1;
      }
    },
  };
};

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
