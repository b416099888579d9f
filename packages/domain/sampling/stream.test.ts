import { createHash } from "node:crypto";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { commitmentTo, randomStream, seedFrom, shuffled } from "./stream.ts";

const hex = (...parts: readonly string[]): Digest =>
  createHash("sha256")
    .update(Buffer.from(parts.join(""), "hex"))
    .digest("hex") as Digest;

/** The stream as a stranger would write it from the description, with OpenSSL and big integers. */
function* secondBytes(seed: string, label: string): Generator<number> {
  for (let counter = 0n; ; counter += 1n) {
    const message =
      seed + counter.toString(16).padStart(16, "0") + Buffer.from(label).toString("hex");
    yield* Buffer.from(hex(message), "hex");
  }
}
const secondStream = (seed: string, label: string) => {
  const bytes = secondBytes(seed, label);
  const take = (count: number): bigint => {
    let value = 0n;
    for (let i = 0; i < count; i += 1) value = value * 256n + BigInt(bytes.next().value as number);
    return value;
  };
  const below = (bound: number): number => {
    const size = 2n ** 32n;
    const usable = (size / BigInt(bound)) * BigInt(bound);
    for (;;) {
      const drawn = take(4);
      if (drawn < usable) return Number(drawn % BigInt(bound));
    }
  };
  return { below, fraction: () => Number(take(8) >> 11n) / Number(2n ** 53n) };
};

const seeds = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex") as Digest);

describe("the random stream", () => {
  it("is what a second implementation makes of its description", () => {
    const asked = fc.oneof(fc.constant("fraction" as const), fc.integer({ min: 1, max: 2 ** 32 }));
    fc.assert(
      fc.property(seeds, fc.string(), fc.array(asked, { maxLength: 100 }), (seed, label, calls) => {
        const [ours, theirs] = [randomStream(seed, label), secondStream(seed, label)];
        for (const call of calls) {
          if (call === "fraction") expect(ours.fraction()).toBe(theirs.fraction());
          else expect(ours.below(call)).toBe(theirs.below(call));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("keeps to these values for ever", () => {
    const random = randomStream("00".repeat(32) as Digest, "golden");
    const drawn = [random.below(1000), random.fraction(), random.below(2 ** 32)];
    expect(drawn).toMatchInlineSnapshot(`
      [
        130,
        0.28583014736388035,
        1589584984,
      ]
    `);
  });

  it("turns down the draws that would favour small numbers", () => {
    const bound = 3 * 2 ** 30;
    const random = randomStream("01".repeat(32) as Digest, "bias");
    const drawn = Array.from({ length: 4000 }, () => random.below(bound));
    const small = drawn.filter((each) => each < 2 ** 30).length;
    // A third of them; without rejection a half would be.
    expect(Math.abs(small - 4000 / 3)).toBeLessThan(5 * Math.sqrt(4000 * (2 / 9)));
  });

  it("puts every order of three things as often as any other", () => {
    const random = randomStream("02".repeat(32) as Digest, "orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i += 1) {
      const order = shuffled(["a", "b", "c"], random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    // 99.9% point of chi-square with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.52);
  });
});

describe("commitment and seed", () => {
  it("are hashes of the bytes, in the order written down", () => {
    const listDigest = hex("aa");
    expect(commitmentTo("00ff")).toBe(hex("00ff"));
    expect(seedFrom({ nonce: "00ff", listDigest })).toBe(hex("00ff", listDigest));
    expect(seedFrom({ nonce: "00ff", listDigest, beacon: "beac" })).toBe(
      hex("00ff", listDigest, "beac"),
    );
  });
});
