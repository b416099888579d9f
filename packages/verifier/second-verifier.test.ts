import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { randomBundles, secondProblems } from "./contract/second-verifier.ts";
import { publishedBundle } from "./golden/published-bundle.ts";
import { judge } from "./judge.ts";

const published = publishedBundle();
const { keys } = JSON.parse(published) as { readonly keys: readonly string[] };
const stamped = readFileSync(new URL("../ledger/golden/bundle-1.json", import.meta.url), "utf8");
const otherWords = stamped.replace("The sub-sample is one case.", "The sub-sample is two cases.");
/** The first letters of the digest in a token. */
const otherStamp = stamped.replace("IL6oY6b0", "IL6oY6b1");

it("a verifier in Python, written from the documents, agrees on whole bundles", (context) => {
  const given = [{ bundle: published, trusted: keys }, ...randomBundles(2, 7)];
  expect(given.map(({ bundle, trusted }) => judge(bundle, trusted).holds)).not.toContain(false);
  const changed = { bundle: published.replace('"answer":"no"', '"answer":"yes"'), trusted: keys };
  const ofLedger = [stamped, otherWords, otherStamp].map((bundle) => ({ bundle, trusted: [] }));
  const problems = secondProblems([...given, changed, ...ofLedger]);
  if (!problems) return context.skip("there is no Python 3 on this machine");
  expect(problems.slice(0, 3)).toEqual([[], [], []]);
  const failed = problems.slice(3).map((each) => each.map((problem) => problem.split(":")[0]));
  expect(failed[0]).toEqual(["seal", "events", "checkpoints", "consistency", "ratings"]);
  // A story of the ledger's own tests, with a timestamp and words laid open, under no real rules.
  expect(failed[1]).toEqual(["certificates", "ratings"]);
  expect(failed[2]).toContain("disclosures");
  expect(failed[3]).toContain("timestamps");
});
