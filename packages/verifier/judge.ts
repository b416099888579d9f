/**
 * An audit bundle judged whole: the ledger's checks of digests, order, proofs and signatures, and
 * every decision and rating again by the rules. Needs nothing that a browser lacks.
 */
import { certificateIn, recomputedRatings } from "@assay/domain/audit/recompute.ts";
import { type AnyFact, factIn } from "@assay/domain/facts.ts";
import { schemaFor } from "@assay/domain/framework/versions.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { isFact } from "@assay/domain/audit/recorded.ts";
import { type Attempt, decideAgain } from "@assay/domain/verification/again.ts";
import type { Decide, Recompute } from "@assay/ledger/check.ts";
import type { VerifySignature } from "@assay/ledger/note.ts";
import { type Report, verifyBundle } from "@assay/ledger/verify-bundle.ts";

import { publishedFrameworks } from "./published-frameworks.ts";

/** Never throws for anything in the file; throws a LedgerFault for a malformed trusted key. */
export const judge = (
  file: string | Uint8Array,
  trusted: readonly string[] = [],
  verifySignature?: VerifySignature,
): Report =>
  verifyBundle(file, {
    ...{ trusted, decide, recompute, recertify, frameworks: publishedFrameworks },
    ...(verifySignature && { verifySignature }),
  });

/** What was recorded by no rules may be more than they can bear. */
const attempt: Attempt = (work) => {
  try {
    return work();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return { failed: error.message };
    throw error;
  }
};

const decide: Decide = (log, document) => {
  const framework = schemaFor(document).safeParse(document);
  if (framework.success) return decideAgain(log, framework.data, attempt);
  const announced = log.find(({ type }) => type === "InspectionAnnounced");
  const places = framework.error.issues.map(({ path }) => path.join("/")).join(", ");
  const what = `its framework is none that can be read: ${places}`;
  const problems = [{ index: announced?.index ?? 0, rule: "framework", what }];
  return { problems, recomputed: 0, compared: [], seals: [] };
};

type Events = Parameters<Recompute>[0];

/** Reminders are no part of a rating; what no schema accepts, the decisions name. */
const factsIn = (events: Events): readonly AnyFact[] => events.map(factIn).filter(isFact);

const recompute: Recompute = (events) => recomputedRatings(factsIn(events));

const recertify: Recompute = (events) => {
  const inspection = events.map(({ stream }) => inspectionOf(stream)).find(Boolean);
  const certificate = certificateIn(factsIn(events), inspection ?? "");
  return certificate ? [certificate] : [];
};
