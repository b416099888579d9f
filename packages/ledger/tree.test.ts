import { createHash } from "node:crypto";

import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  append,
  consistencyProof,
  emptyRange,
  type Hash,
  hashLeaf,
  inclusionProof,
  nodesInMemory,
  rootAt,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./tree.ts";

/** RFC 6962, sections 2.1, 2.1.1 and 2.1.2, word for word and on `node:crypto`: shares nothing. */
const sha = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());
const halfOf = (n: number): number => {
  let k = 1;
  while (k < n / 2) k = k * 2;
  return k;
};
const MTH = (d: readonly Uint8Array[]): Uint8Array => {
  if (d.length === 0) return sha();
  if (d.length === 1) return sha(Buffer.of(0x00), d[0]!);
  const k = halfOf(d.length);
  return sha(Buffer.of(0x01), MTH(d.slice(0, k)), MTH(d.slice(k)));
};
const PATH = (m: number, d: readonly Uint8Array[]): readonly Uint8Array[] => {
  if (d.length === 1) return [];
  const k = halfOf(d.length);
  return m < k
    ? [...PATH(m, d.slice(0, k)), MTH(d.slice(k))]
    : [...PATH(m - k, d.slice(k)), MTH(d.slice(0, k))];
};
const SUBPROOF = (m: number, d: readonly Uint8Array[], whole: boolean): readonly Uint8Array[] => {
  if (m === d.length) return whole ? [] : [MTH(d)];
  const k = halfOf(d.length);
  return m <= k
    ? [...SUBPROOF(m, d.slice(0, k), whole), MTH(d.slice(k))]
    : [...SUBPROOF(m - k, d.slice(k), false), MTH(d.slice(0, k))];
};

const grow = (leaves: readonly Uint8Array[]) => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  for (const leaf of leaves) range = append(range, hashLeaf(leaf), write);
  return { range, read };
};
const hexes = (hashes: readonly Hash[]): readonly string[] =>
  hashes.map((hash) => bytesToHex(hash));
const leavesOf = (size: number): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, i) => new TextEncoder().encode(`leaf ${i}`));

describe("the vectors of the Certificate Transparency reference implementation", () => {
  const leaves = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].map((hex) => hexToBytes(hex));
  const roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];

  it.each(roots.map((root, size) => ({ root, size })))("root of $size", ({ root, size }) => {
    expect(bytesToHex(rootOf(grow(leaves.slice(0, size)).range))).toBe(root);
  });

  it.each([
    { index: 0, size: 1, proof: [] },
    {
      index: 5,
      size: 8,
      proof: [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    },
    { index: 2, size: 3, proof: [roots[2]!] },
    {
      index: 1,
      size: 5,
      proof: [
        roots[1]!,
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    },
  ])("path of leaf $index in $size", ({ index, size, proof }) => {
    expect(hexes(inclusionProof({ index, size }, grow(leaves).read))).toEqual(proof);
  });
});

describe("against the RFC's own recursive definitions", () => {
  const largest = 70;
  const leaves = leavesOf(largest);
  const { read } = grow(leaves);

  it("gives the same roots and inclusion proofs for every leaf of every size", () => {
    for (let size = 0; size <= largest; size += 1) {
      const root = MTH(leaves.slice(0, size));
      expect(rootAt(size, read)).toEqual(root);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof({ index, size }, read);
        expect(hexes(proof)).toEqual(hexes(PATH(index, leaves.slice(0, size))));
        expect(verifyInclusion({ index, size, leaf: hashLeaf(leaves[index]!), root, proof })).toBe(
          true,
        );
      }
    }
  });

  it("gives the same consistency proofs for every pair of sizes", () => {
    for (let to = 1; to <= largest; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = consistencyProof({ from, to }, read);
        expect(hexes(proof)).toEqual(hexes(SUBPROOF(from, leaves.slice(0, to), true)));
        const claim = {
          from: { size: from, root: rootAt(from, read) },
          to: { size: to, root: rootAt(to, read) },
          proof,
        };
        expect(verifyConsistency(claim)).toBe(true);
      }
    }
  });

  it("agrees on random leaves at random larger sizes", () => {
    const drawn = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 600 });
    fc.assert(
      fc.property(drawn, fc.nat(), fc.nat(), (data, a, b) => {
        const tree = grow(data);
        const index = a % data.length;
        const from = 1 + (b % data.length);
        expect(rootOf(tree.range)).toEqual(MTH(data));
        expect(hexes(inclusionProof({ index, size: data.length }, tree.read))).toEqual(
          hexes(PATH(index, data)),
        );
        expect(hexes(consistencyProof({ from, to: data.length }, tree.read))).toEqual(
          hexes(SUBPROOF(from, data, true)),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("a proof that is not the proof", () => {
  const spoil = (proof: readonly Hash[], at: number): readonly Hash[] =>
    proof.map((hash, i) => (i === at ? hash.map((byte, j) => (j === 7 ? byte ^ 1 : byte)) : hash));
  const tree = grow(leavesOf(100));

  it("of inclusion is refused when changed, shortened, lengthened or moved", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), fc.nat(), (size, a, b) => {
        const index = a % size;
        const proof = inclusionProof({ index, size }, tree.read);
        const leaf = hashLeaf(leavesOf(100)[index]!);
        const claim = { index, size, leaf, root: rootAt(size, tree.read), proof };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, proof: spoil(proof, b % proof.length) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, leaf] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(false);
        expect(verifyInclusion({ ...claim, index: size })).toBe(false);
        expect(verifyInclusion({ ...claim, index: -1 })).toBe(false);
      }),
    );
  });

  it("of consistency is refused when changed, shortened, lengthened or for another size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), fc.nat(), (size, a, b) => {
        const from = 1 + (a % (size - 1));
        const proof = consistencyProof({ from, to: size }, tree.read);
        const claim = {
          from: { size: from, root: rootAt(from, tree.read) },
          to: { size, root: rootAt(size, tree.read) },
          proof,
        };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, proof: spoil(proof, b % proof.length) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, proof[0]!] })).toBe(false);
        const other = { size: from, root: rootAt(from - 1, tree.read) };
        expect(verifyConsistency({ ...claim, from: other })).toBe(false);
        expect(verifyConsistency({ ...claim, from: claim.to, to: claim.from })).toBe(false);
      }),
    );
  });

  it("of a smaller tree is not one of a larger that claims the same root", () => {
    const proof = inclusionProof({ index: 1, size: 4 }, tree.read);
    const root = rootAt(4, tree.read);
    const leaf = hashLeaf(leavesOf(2)[1]!);
    expect(verifyInclusion({ index: 1, size: 4, leaf, root, proof })).toBe(true);
    expect(verifyInclusion({ index: 1, size: 8, leaf, root, proof })).toBe(false);
    const from = { size: 3, root: rootAt(3, tree.read) };
    const consistent = consistencyProof({ from: 3, to: 4 }, tree.read);
    expect(verifyConsistency({ from, to: { size: 4, root }, proof: consistent })).toBe(true);
    expect(verifyConsistency({ from, to: { size: 8, root }, proof: consistent })).toBe(false);
  });

  it("cannot be asked for where there is none", () => {
    expect(() => inclusionProof({ index: 3, size: 3 }, tree.read)).toThrow(RangeError);
    expect(() => consistencyProof({ from: 4, to: 3 }, tree.read)).toThrow(RangeError);
  });
});
