/**
 * Merkle trees of RFC 6962: appending, roots, and proofs of inclusion and consistency. A tree is
 * kept as a compact range; where its inner nodes are stored is the caller's choice.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/**
 * Reads the root of the complete subtree over leaves `index * 2^level` up to
 * `(index + 1) * 2^level`. It may be asked for any that `append` has written, and for no other.
 */
export type ReadNode = (level: number, index: number) => Hash;
export type WriteNode = (level: number, index: number, hash: Hash) => void;

/** A tree's size and the roots of its complete subtrees, from the left, the largest first. */
export type CompactRange = { readonly size: number; readonly peaks: readonly Hash[] };

/** What is checked when a leaf is said to be in a tree. `index` counts from 0. */
export type Inclusion = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
};

/** What is checked when a tree is said to begin with an earlier one. */
export type Consistency = {
  readonly from: { readonly size: number; readonly root: Hash };
  readonly to: { readonly size: number; readonly root: Hash };
  readonly proof: readonly Hash[];
};

/** RFC 6962, section 2.1: a leaf's hash, SHA-256 over 0x00 and the leaf's bytes. */
export const hashLeaf = (leaf: Uint8Array): Hash => sha256(concatBytes(Uint8Array.of(0), leaf));

/** RFC 6962, section 2.1: an inner node's hash, SHA-256 over 0x01 and its two children. */
export const hashNode = (left: Hash, right: Hash): Hash =>
  sha256(concatBytes(Uint8Array.of(1), left, right));

export const emptyRange: CompactRange = { size: 0, peaks: [] };

/** The tree with one more leaf, in amortised constant time. `write` is told of each new node. */
export const append = (range: CompactRange, leaf: Hash, write?: WriteNode): CompactRange => {
  const peaks = [...range.peaks];
  let hash = leaf;
  let index = range.size;
  let level = 0;
  write?.(level, index, hash);
  while (index % 2 === 1) {
    hash = hashNode(peaks.pop()!, hash);
    index = (index - 1) / 2;
    level += 1;
    write?.(level, index, hash);
  }
  return { size: range.size + 1, peaks: [...peaks, hash] };
};

/** RFC 6962, section 2.1: the root, MTH. The empty tree's is SHA-256 of nothing. */
export const rootOf = ({ peaks }: CompactRange): Hash =>
  peaks.length === 0
    ? sha256(new Uint8Array())
    : peaks.reduceRight((right, left) => hashNode(left, right));

/** Inner nodes kept in memory, for trees that are built, used and forgotten. */
export const nodesInMemory = (): { readonly read: ReadNode; readonly write: WriteNode } => {
  const levels: Hash[][] = [];
  return {
    read: (level, index) => {
      const hash = levels[level]?.[index];
      if (hash === undefined) throw new RangeError(`no node ${index} at level ${level}`);
      return hash;
    },
    write: (level, index, hash) => {
      (levels[level] ??= [])[index] = hash;
    },
  };
};

/** The root of the first `size` leaves. */
export const rootAt = (size: number, read: ReadNode): Hash =>
  size === 0 ? rootOf(emptyRange) : hashBetween(0, size, read);

/**
 * RFC 6962, section 2.1.1, PATH(index, D[size]): from the leaf's sibling up to the root's child.
 * Throws a RangeError when the tree has no such leaf.
 */
export const inclusionProof = (
  { index, size }: { readonly index: number; readonly size: number },
  read: ReadNode,
): readonly Hash[] => {
  if (!isSize(size) || !isSize(index) || index >= size) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  }
  const proof: Hash[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      proof.push(hashBetween(middle, end, read));
      end = middle;
    } else {
      proof.push(hashBetween(start, middle, read));
      start = middle;
    }
  }
  return proof.toReversed();
};

/**
 * RFC 6962, section 2.1.2, PROOF(from, D[to]). Empty when the sizes are equal or the first is 0.
 * Throws a RangeError when `from` is beyond `to`.
 */
export const consistencyProof = (
  { from, to }: { readonly from: number; readonly to: number },
  read: ReadNode,
): readonly Hash[] => {
  if (!isSize(from) || !isSize(to) || from > to) {
    throw new RangeError(`a tree of ${to} does not begin with one of ${from}`);
  }
  if (from === 0 || from === to) return [];
  const proof: Hash[] = [];
  let start = 0;
  let end = to;
  while (from !== end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      proof.push(hashBetween(middle, end, read));
      end = middle;
    } else {
      proof.push(hashBetween(start, middle, read));
      start = middle;
    }
  }
  if (start > 0) proof.push(hashBetween(start, end, read));
  return proof.toReversed();
};

/** Whether the proof leads from the leaf to the root: RFC 9162, section 2.1.3.2. */
export const verifyInclusion = ({ index, size, leaf, root, proof }: Inclusion): boolean => {
  if (!isSize(size) || !isSize(index) || index >= size) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = hashNode(sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(hash, root);
};

/** Whether the later tree begins with the earlier one: RFC 9162, section 2.1.4.2. */
export const verifyConsistency = ({ from, to, proof }: Consistency): boolean => {
  if (!isSize(from.size) || !isSize(to.size) || from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && equal(from.root, to.root);
  if (from.size === 0) return proof.length === 0 && equal(from.root, rootOf(emptyRange));
  const hashes = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  const [first, ...rest] = hashes;
  if (first === undefined) return false;
  let place = from.size - 1;
  let last = to.size - 1;
  while (place % 2 === 1) {
    place = (place - 1) / 2;
    last = Math.floor(last / 2);
  }
  let earlier = first;
  let later = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      earlier = hashNode(hash, earlier);
      later = hashNode(hash, later);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      later = hashNode(later, hash);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(earlier, from.root) && equal(later, to.root);
};

/** Every value here is public, so that the time this takes tells nobody anything. */
export const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The root over the leaves from `start` up to `end`, which are one subtree of a larger tree. */
const hashBetween = (start: number, end: number, read: ReadNode): Hash => {
  const size = end - start;
  if (isPowerOfTwo(size)) return read(Math.log2(size), start / size);
  const middle = start + splitOf(size);
  return hashNode(hashBetween(start, middle, read), hashBetween(middle, end, read));
};

/** The largest power of two below `size`, which is at least 2. */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

const isPowerOfTwo = (size: number): boolean => splitOf(size) * 2 === size || size === 1;

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
