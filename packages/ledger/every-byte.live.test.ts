/** The whole mutation test: too long for the fast set, which does a sample of it. */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { flipBytes } from "./golden/every-byte.ts";
import { recertify, recompute, trusted } from "./golden/story.ts";

const step = 6;
const bundle = readFileSync(new URL("golden/bundle-1.json", import.meta.url), "utf8");

it.each(Array.from({ length: step }, (_, from) => ({ from, turn: from + 1 })))(
  `notices one flipped bit in any byte of a bundle, and names the member: $turn of ${step}`,
  ({ from }) => {
    const options = { trusted, recompute, recertify };
    const { flipped, unnoticed } = flipBytes(bundle, options, { from, step });
    expect(unnoticed).toEqual([]);
    expect(flipped).toBe(Math.ceil((new TextEncoder().encode(bundle).length - from) / step));
  },
);
