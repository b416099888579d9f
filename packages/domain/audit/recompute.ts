/**
 * An inspection's ratings computed again from its facts, for a verifier who has nothing else. The
 * case list may be withheld: the sample is known from the draw, and no text is needed.
 */
import type { AnyFact } from "../facts.ts";
import type { Rating } from "../framework/ruleset.ts";
import { fold } from "../kernel/decider.ts";
import { conclusionOf } from "../panel/conclude.ts";
import { panel } from "../panel/decide.ts";
import type { ConcludedStandard } from "../panel/events.ts";
import { certificateOf, type Certificate } from "../sampling/certificate.ts";

export type RatingsOnRecord = {
  readonly framework: string;
  readonly standards: readonly ConcludedStandard[];
  readonly score: number;
  readonly maxScore: number;
  readonly overall?: Rating;
};

/** The ratings as they were last concluded, or undefined before that. */
export const ratingsOnRecord = (facts: readonly AnyFact[]): RatingsOnRecord | undefined => {
  const concluded = facts.findLast((fact) => fact.type === "RatingsConcluded");
  if (!concluded) return undefined;
  const { framework, standards, score, maxScore, overall } = concluded;
  return { framework, standards, score, maxScore, ...(overall && { overall }) };
};

/** The same, from the judgements and decisions that came before the conclusion. */
export const recomputedRatings = (facts: readonly AnyFact[]): RatingsOnRecord | undefined => {
  const at = facts.findLastIndex((fact) => fact.type === "RatingsConcluded");
  const concluded = facts[at];
  if (concluded?.type !== "RatingsConcluded") return undefined;
  const state = fold(panel, facts.slice(0, at));
  const { framework } = state.briefing;
  if (!framework) return undefined;
  const codes = concluded.standards.map(({ standard }: ConcludedStandard) => standard);
  const rated = framework.standards.filter(({ code }) => codes.includes(code));
  const { standards, score, maxScore, overall } = conclusionOf(rated, state, framework);
  return { framework: framework.id, standards, score, maxScore, ...(overall && { overall }) };
};

/** The certificate of the draw, with cases by their rows in the list; undefined before it. */
export const certificateIn = (
  facts: readonly AnyFact[],
  inspection: string,
): Certificate | undefined => {
  const drawn = facts.find((fact) => fact.type === "SampleDrawn");
  const revealed = facts.find((fact) => fact.type === "NonceRevealed");
  if (!drawn || !revealed) return undefined;
  const replacements = facts.flatMap((fact) => {
    if (fact.type === "CaseWithdrawn") return [{ replaced: fact.case, reason: fact.reason }];
    if (fact.type !== "CaseReplaced") return [];
    return [{ replaced: fact.case, replacement: fact.replacement, reason: fact.reason }];
  });
  return certificateOf({ draw: drawn.draw, nonce: revealed.nonce, inspection, replacements });
};
