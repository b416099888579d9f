/**
 * Standards, key questions and prompts, as data. A standard is judged by people, by the lowest of
 * its questions on cases, or made of its questions' grades.
 */
import { z } from "zod";

import { KeyQuestionCode, PromptCode, StandardCode } from "../kernel/codes.ts";
import { Combine, limits } from "./combining.ts";
import { Name, Predicate } from "./predicate.ts";
import { Rating } from "./scale.ts";

const Label = z.string().trim().min(1).max(200);
const Wording = z.string().trim().min(1).max(600);

export const Prompt = z.strictObject({
  code: PromptCode,
  label: Label,
  /** The question in full, as it is asked. */
  wording: Wording.optional(),
  /** May be answered "not applicable". */
  whereApplicable: z.boolean(),
});

/** Which cases of its population a key question concerns. */
const Relevance = z.strictObject({
  /** It is about work that falls due at some time, so that a case may be too early for it. */
  due: z.boolean(),
  /** Left out: every case. */
  where: Predicate.optional(),
  /** Why it concerns a case and why it does not, to follow "because". */
  because: z.strictObject({ met: Label, unmet: Label }).optional(),
  /** Which cases are counted, as a sentence under a table. */
  counted: Wording.optional(),
});

/** Answered yes or no for each relevant case of its population. */
export const CaseQuestion = z.strictObject({
  code: KeyQuestionCode,
  name: Name,
  label: Label,
  wording: Wording.optional(),
  judged: z.literal("by-cases"),
  population: Name,
  relevance: Relevance,
  prompts: z.array(Prompt).readonly(),
});

/** Judged by people: graded by itself with a `scale`, else a matter to gather evidence on. */
export const PeopleQuestion = z.strictObject({
  code: KeyQuestionCode,
  name: Name,
  label: Label,
  wording: Wording.optional(),
  judged: z.literal("by-people"),
  scale: z.string().optional(),
});

const shape = {
  code: StandardCode,
  domain: z.int().min(1).max(20),
  label: Label,
  /** What the inspected body is held to. */
  statement: Wording.optional(),
  /** Which scale its rating is on. */
  scale: z.string(),
  /** Whether its rating counts towards the overall rating. */
  scored: z.boolean(),
  /** Rated only where the case list has a case like this. */
  appliesWhere: z.strictObject({ label: Label, cases: Predicate }).optional(),
  /** What the inspected body is like at each grade. */
  characteristics: z.record(Rating, z.string().trim().min(1).max(2000)).optional(),
};

export const Standard = z.discriminatedUnion("judged", [
  /** People decide its rating from evidence. */
  z.strictObject({
    ...shape,
    judged: z.literal("by-people"),
    keyQuestions: z.array(PeopleQuestion).min(1).readonly(),
  }),
  /** The lowest percentage among its questions decides, and discretion may move it. */
  z.strictObject({
    ...shape,
    judged: z.literal("by-cases"),
    keyQuestions: z.array(CaseQuestion).min(1).readonly(),
  }),
  /** Made of its questions' grades; each is graded by people or by the answers on cases. */
  z.strictObject({
    ...shape,
    judged: z.literal("by-questions"),
    combine: Combine,
    limits: limits.optional(),
    keyQuestions: z
      .array(z.discriminatedUnion("judged", [CaseQuestion, PeopleQuestion]))
      .min(1)
      .readonly(),
  }),
]);
export type Standard = z.infer<typeof Standard>;
export type CaseQuestion = z.infer<typeof CaseQuestion>;
export type PeopleQuestion = z.infer<typeof PeopleQuestion>;

/** People decide its rating from evidence. */
export type PeopleStandard = Extract<Standard, { judged: "by-people" }>;
/** The lowest percentage among its questions decides. */
export type CaseStandard = Extract<Standard, { judged: "by-cases" }>;
/** Made of its questions' grades. */
export type CombinedStandard = Extract<Standard, { judged: "by-questions" }>;
