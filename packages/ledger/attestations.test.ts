import { expect, it } from "vitest";

import { attestationsPage } from "./attestations.ts";
import { parseVerifierKey } from "./note.ts";
import { readBundle } from "./read-bundle.ts";
import { storyBundle } from "./golden/story.ts";

it("says who attested each stage, and when", () => {
  const bundle = readBundle(storyBundle());
  const keys = bundle.witnesses.map(parseVerifierKey);
  const page = attestationsPage(bundle.inspection, bundle.checkpoints, keys);
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  expect(rows).toHaveLength(2 + bundle.checkpoints.length);
  for (const [at, { stage }] of bundle.checkpoints.entries())
    expect(rows[2 + at]).toMatch(new RegExp(`^\\| ${stage} \\| \\d+ \\| `));
  expect(page).toMatch(/witness\.example\/w1, \d{4}-\d\d-\d\dT/);
  expect(page).toContain(bundle.witnesses[0]);
  const alone = attestationsPage(bundle.inspection, bundle.checkpoints, []);
  expect(alone).not.toContain("witness.example");
  expect(alone).toContain("rests on the inspectorate's word");
});
