/** The API on proofs: whether the store still says what was signed, and the published bundles. */
import { z } from "zod";

import { inspectionIn, NotFound, type Visit } from "../pages/page.ts";
import { bundlePage } from "../pages/proofs.ts";
import { judged, type Proofs, standingOf } from "../reading/proofs.ts";
import { arrayOf, count, Place, text, yesOrNo } from "./answers.ts";
import { type Endpoint, gives, reads } from "./endpoint.ts";

const kindsOfTampering = [
  ...(["changed", "missing", "reordered", "added", "repeated", "gap"] as const),
  ...(["record-damaged", "checkpoint-broken"] as const),
] as const;

const Standing = z.strictObject({
  holds: yesOrNo,
  tampering: arrayOf(
    z.strictObject({
      kind: z.enum(kindsOfTampering),
      what: text,
      index: count.optional(),
      event: Place.extend({ id: text }).optional(),
    }),
  ),
  erased: arrayOf(z.strictObject({ id: text, pointer: text })),
  unrecorded: count.describe("Facts that are not yet under any checkpoint."),
  recorded: count,
  checkpoints: arrayOf(
    z.strictObject({
      ...{ stage: text, size: count, origin: text, root: text },
      attested: arrayOf(z.strictObject({ by: text, at: text })),
    }),
  ),
});

const Proven = z.strictObject({
  standing: Standing.nullable().describe("Null where no ledger is kept."),
  keys: arrayOf(text).describe("The authority's verifier keys."),
  bundles: arrayOf(z.strictObject({ version: count, bytes: count, href: text })),
});

const Verified = z.strictObject({
  holds: yesOrNo.describe("Nothing is wrong."),
  complete: yesOrNo.describe("Nothing is wrong, and nothing is left to be checked."),
  inspection: text,
  checks: arrayOf(z.strictObject({ name: text, holds: yesOrNo, detail: text })),
  caveats: arrayOf(text).describe("What cannot be checked from this file."),
  trust: arrayOf(text).describe("Whom a reader still has to trust, and for what."),
  counts: z.strictObject({ recomputed: count, compared: count, unchecked: count }),
});

const base = "/inspections/:inspection";

export const ofProofs = (proofs: Proofs): readonly Endpoint[] => [
  reads(
    `${base}/proofs`,
    { summary: "Whether the store still says what was signed", answer: Proven },
    async (visit) => {
      const held = await inspectionIn(visit);
      const record = await proofs.record(held.inspection);
      const bundles = await proofs.bundles(held.inspection);
      const keys = await proofs.keys();
      const standing = record && standingOf(await visit.library.events(held), record, keys);
      return {
        standing: standing ?? null,
        keys,
        bundles: bundles.map(({ version, content }) => ({
          ...{ version, bytes: content.length },
          href: `/api/v1/inspections/${held.inspection}/bundles/${version}`,
        })),
      };
    },
  ),
  reads(
    `${base}/proofs/:version`,
    { summary: "A published bundle judged as an outsider would judge it", answer: Verified },
    async (visit) => {
      const { inspection } = await inspectionIn(visit);
      const found = (await proofs.bundles(inspection)).find(named(visit));
      if (!found) throw new NotFound();
      return judged(found.content, await proofs.keys());
    },
  ),
  gives(`${base}/bundles/:version`, "A published bundle to take away", bundlePage(proofs)),
];

const named =
  ({ parts }: Visit) =>
  ({ version }: { readonly version: number }): boolean =>
    version === Number(parts["version"]);
