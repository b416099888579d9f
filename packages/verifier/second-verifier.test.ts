import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { randomBundles, secondProblems } from "./contract/second-verifier.ts";
import { publishedBundle } from "./golden/published-bundle.ts";
import { judge } from "./judge.ts";

const published = publishedBundle();
const { keys } = JSON.parse(published) as { readonly keys: readonly string[] };
const stamped = readFileSync(new URL("../ledger/golden/bundle-1.json", import.meta.url), "utf8");

it("a verifier in Python, written from the documents, agrees on whole bundles", (context) => {
  const given = [{ bundle: published, trusted: keys }, ...randomBundles(2, 7)];
  expect(given.map(({ bundle, trusted }) => judge(bundle, trusted).holds)).not.toContain(false);
  const changed = { bundle: published.replace('"answer":"no"', '"answer":"yes"'), trusted: keys };
  const problems = secondProblems([...given, changed, { bundle: stamped, trusted: [] }]);
  if (!problems) return context.skip("there is no Python 3 on this machine");
  expect(problems.slice(0, 3)).toEqual([[], [], []]);
  const failed = problems.slice(3).map((each) => each.map((problem) => problem.split(":")[0]));
  expect(failed[0]).toEqual(["seal", "events", "checkpoints", "consistency", "ratings"]);
  // A story of the ledger's own tests, with a timestamp and words laid open, under no real rules.
  expect(failed[1]).toEqual(["certificates", "ratings"]);
});
