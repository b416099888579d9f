/**
 * Facts about words that were erased. They are the erasure: whoever reads one destroys the keys of
 * the words that it names. What was judged stands outside of words, and stays.
 */
import { z } from "zod";

import { fact, guardOf, text, Words } from "../../kernel/fact.ts";
import { CaseId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/instants.ts";

/** Why the law has it erased: UK GDPR, article 17(1), a to e. */
export const ErasureGround = z.enum([
  "no-longer-needed",
  "consent-withdrawn",
  "objection-upheld",
  "processed-unlawfully",
  "legal-obligation",
]);
export type ErasureGround = z.infer<typeof ErasureGround>;

/**
 * Every word about one case is gone, its row in the case list included, and none is kept about it
 * any more. The case is not called `case` here, so that the reason belongs to the inspection and
 * outlives the words.
 */
export const CaseErased = fact("CaseErased", {
  of: CaseId,
  ground: ErasureGround,
  text: text({ reason: Words }),
});

/** What could identify somebody in the case list is gone: the time for keeping it was over. */
export const CaseListErased = fact("CaseListErased", { keptMonths: z.int().min(0) });

/** The words about every case are gone: the time for keeping them was over. */
export const CaseWordsErased = fact("CaseWordsErased", { keptMonths: z.int().min(0) });

export const ErasureEvent = z.discriminatedUnion("type", [
  CaseErased,
  CaseListErased,
  CaseWordsErased,
]);
export type ErasureEvent = z.infer<typeof ErasureEvent>;

export const isErasureEvent = guardOf<ErasureEvent>(ErasureEvent);

/** What can be erased of a case: its row in the case list, and the words written about it. */
export type Erasable = "list" | "words";

export type Erasing = {
  readonly of: CaseId | "every case";
  readonly what: readonly Erasable[];
  readonly at: Instant;
};

/** What a fact erases; undefined for any other fact. */
export const erasureIn = (fact: { readonly type: string }): Erasing | undefined => {
  if (!isErasureEvent(fact)) return undefined;
  const { at } = fact;
  switch (fact.type) {
    case "CaseErased":
      return { of: fact.of, what: ["list", "words"], at };
    case "CaseListErased":
      return { of: "every case", what: ["list"], at };
    case "CaseWordsErased":
      return { of: "every case", what: ["words"], at };
  }
};
