/**
 * What is known of a case before any question about it is answered: its profile as the service
 * lists it, and its scope as the inspector finds it. Nothing here says who anybody is.
 */
import { z } from "zod";

import { KeyQuestionCode } from "../kernel/codes.ts";
import { CaseValue, Name } from "./predicate.ts";

/** The name of a population. */
export const Population = Name;
export type Population = z.infer<typeof Population>;

/**
 * A row of the case list without what could identify a person or a file: values by the names of the
 * framework's columns.
 */
export const CaseProfile = z.record(Name, CaseValue);
export type CaseProfile = z.infer<typeof CaseProfile>;

/**
 * Why one key question is not asked of a case that it would otherwise concern. Work that had not
 * fallen due leaves planning, delivery and reviewing; the rest needs the inspector's own words.
 */
export const Exclusion = z.strictObject({
  keyQuestion: KeyQuestionCode,
  reason: z.enum(["work-not-due", "outside-otherwise"]),
});

/** The facts on which relevance rests, by the names that the framework gives them. */
export const Scope = z.strictObject({
  facts: z.record(Name, CaseValue),
  notDue: z.array(Exclusion).readonly(),
});
export type Scope = z.infer<typeof Scope>;
