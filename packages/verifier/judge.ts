/**
 * An audit bundle judged whole: the ledger's checks of digests, order, proofs and signatures, and
 * the rules' own computation of the sample and the ratings. Needs nothing that a browser lacks.
 */
import { certificateIn, recomputedRatings } from "@assay/domain/audit/recompute.ts";
import { AnyFact, factIn } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Recompute } from "@assay/ledger/check.ts";
import { type Report, verifyBundle } from "@assay/ledger/verify-bundle.ts";

/** Never throws for anything in the file; throws a LedgerFault for a malformed trusted key. */
export const judge = (file: string | Uint8Array, trusted: readonly string[] = []): Report =>
  verifyBundle(file, { trusted, recompute, recertify });

type Events = Parameters<Recompute>[0];

const factsIn = (events: Events): readonly AnyFact[] =>
  events.map((event) => AnyFact.parse(factIn(event)));

const recompute: Recompute = (events) => recomputedRatings(factsIn(events));

const recertify: Recompute = (events) => {
  const inspection = events.map(({ stream }) => inspectionOf(stream)).find(Boolean);
  const certificate = certificateIn(factsIn(events), inspection ?? "");
  return certificate ? [certificate] : [];
};
