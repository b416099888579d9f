/**
 * An inspection's ratings computed again from its facts, for a verifier who has nothing else. The
 * case list may be withheld: the sample is known from the draw, and no text is needed.
 */
import type { AnyFact } from "../facts.ts";
import type { Rating } from "../framework/scale.ts";
import { fold } from "../kernel/decider.ts";
import { conclusionOf } from "../panel/conclude.ts";
import { panel } from "../panel/decide.ts";
import type { ConcludedStandard } from "../panel/events.ts";
import { dayInEngland } from "../kernel/instants.ts";
import { certificateOf, type Conduct } from "../sampling/certificate.ts";
import { type AnyCertificate, inItsFormat } from "../sampling/certificate-format-1.ts";

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
): AnyCertificate | undefined => {
  const drawn = facts.find((fact) => fact.type === "SampleDrawn");
  const revealed = facts.find((fact) => fact.type === "NonceRevealed");
  if (!drawn || !revealed) return undefined;
  const proposed = new Set(
    facts.flatMap((fact) => (fact.type === "ReplacementProposed" ? [fact.case] : [])),
  );
  const replacements = facts.flatMap((fact) => {
    if (fact.type !== "CaseReplaced" && fact.type !== "CaseWithdrawn") return [];
    const replacement = fact.type === "CaseReplaced" ? fact.replacement : undefined;
    const had = proposed.has(fact.case) && ({ hadAnswers: true } as const);
    return [{ replaced: fact.case, replacement, reason: fact.reason, ...had }];
  });
  const conduct = conductIn(facts);
  const { draw } = drawn;
  return inItsFormat(
    certificateOf({ draw, nonce: revealed.nonce, inspection, replacements, conduct }),
  );
};

/** Facts that inspections from before the second version of certificates do not have. */
const ofConduct: ReadonlySet<string> = new Set<AnyFact["type"]>([
  "BeaconNamed",
  "CommitmentRenewed",
  "SampleSizesSet",
  "DrawCountersigned",
  "ReplacementProposed",
]);

/** What could have steered the draw; undefined where there is nothing of it on record. */
export const conductIn = (facts: readonly AnyFact[]): Conduct | undefined => {
  const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
  if (!announced || !facts.some(({ type }) => ofConduct.has(type))) return undefined;
  const { digest, version } = announced.framework;
  const named = facts.findLast((fact) => fact.type === "BeaconNamed");
  const signed = facts.findLast((fact) => fact.type === "DrawCountersigned");
  return {
    framework: { id: version.id, digest },
    ...(named && { beaconRound: named.beacon }),
    renewals: facts.flatMap((fact) => {
      if (fact.type !== "CommitmentRenewed") return [];
      const { at, because, commitment } = fact;
      return [{ on: dayInEngland(at), because, commitment }];
    }),
    ...(signed && { countersigned: { on: dayInEngland(signed.at), equal: signed.equal } }),
  };
};
