/** The API on what was known when: every fact, ratings at a moment, what changed, what if. */
import { differenceBetween } from "@assay/domain/audit/difference.ts";
import { ratingsAsAt, until } from "@assay/domain/audit/as-at.ts";
import { decidingJudgements, whatIf } from "@assay/domain/audit/what-if.ts";
import { Answer } from "@assay/domain/fieldwork/assessment/events.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import { Rounding } from "@assay/domain/framework/ruleset.ts";
import { versionById } from "@assay/domain/framework/versions.ts";
import { QuestionCode } from "@assay/domain/kernel/codes.ts";
import { CaseId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { z } from "zod";

import { momentsIn } from "../pages/history.ts";
import { inspectionIn, type Visit } from "../pages/page.ts";
import { dossierIn, ratingStepsIn, recordedIn } from "../reading/derived.ts";
import { frameworksKnown } from "../reading/frameworks.ts";
import { arrayOf, ComputedStandard, count, moment, Place, StoredFact, text } from "./answers.ts";
import { type Endpoint, lists, reads } from "./endpoint.ts";
import { problem, Refused } from "./problem.ts";
import { AsAt } from "./ratings.ts";

const Act = Place.extend({ type: text, at: moment, by: text });

const RatingThen = z.strictObject({
  rule: Rating.nullable(),
  rating: Rating.nullable(),
  decidedBy: ComputedStandard.shape.decidedBy,
  proposed: Rating.nullable(),
});

const RatingStep = z.strictObject({
  standard: text,
  place: Place,
  type: text,
  at: moment,
  by: text,
  act: text.describe("What was done, in words."),
  from: RatingThen.nullable(),
  to: RatingThen,
});

const Moment = z.strictObject({
  events: count.describe("How many facts there were: `at` and `from` take it."),
  name: text,
  at: Instant.optional(),
});

const Difference = z.strictObject({
  answers: arrayOf(
    z.strictObject({
      case: CaseId,
      question: QuestionCode,
      standard: text,
      from: Answer.nullable(),
      to: Answer.nullable(),
      act: Act.nullable(),
    }),
  ),
  scopes: arrayOf(z.strictObject({ case: CaseId, act: Act.nullable() })),
  sample: z.strictObject({
    joined: arrayOf(CaseId),
    left: arrayOf(CaseId),
    acts: arrayOf(Act),
  }),
  standards: arrayOf(
    z.strictObject({
      standard: text,
      before: ComputedStandard.nullable(),
      after: ComputedStandard.nullable(),
      because: arrayOf(Act),
    }),
  ),
  score: z.strictObject({ before: count.nullable(), after: count.nullable() }),
  overall: z.strictObject({ before: Rating.nullable(), after: Rating.nullable() }),
});

const Total = z.strictObject({
  framework: text,
  score: count,
  maxScore: count,
  overall: Rating.nullable(),
});

const Hypothesis = z.strictObject({
  hypothetical: z.literal(true),
  supposing: arrayOf(text),
  standards: arrayOf(
    z.strictObject({
      standard: text,
      actual: ComputedStandard.nullable(),
      supposed: ComputedStandard.nullable(),
      changed: z.boolean(),
    }),
  ),
  actual: Total,
  supposed: Total,
});

const DecidingJudgement = z.strictObject({
  hypothetical: z.literal(true),
  standard: text,
  case: text,
  keyQuestion: text,
  answer: z.enum(["yes", "no"]),
  place: Place,
  rating: Rating.describe("By rule, if this judgement alone were the other way."),
  score: count,
  overall: Rating.nullable(),
});

/** As an address says it: `c0007/2.1.1/no`. */
const Supposed = z
  .string()
  .regex(/^c\d{4,6}\/[A-Z\d.]{3,26}[a-z]{0,2}\/(yes|no|not-applicable)$/)
  .transform((written) => {
    const [id, question, answer] = written.split("/");
    return { case: id as CaseId, question: question!, answer: answer as Answer };
  });

const base = "/inspections/:inspection";
const place = z.coerce.number().int().min(1).max(999_999_999);

export const ofHistory: readonly Endpoint[] = [
  lists(
    `${base}/events`,
    {
      summary: "Its facts, in the order in which they were recorded",
      name: "events",
      item: StoredFact,
    },
    async (visit) => visit.library.events(await inspectionIn(visit)),
  ),
  lists(
    `${base}/history`,
    {
      summary: "Every change of a standard's rating, provisional ones included",
      name: "steps",
      item: RatingStep,
    },
    async (visit) => ratingStepsIn(await visit.library.events(await inspectionIn(visit))),
  ),
  reads(
    `${base}/history/moments`,
    {
      summary: "The turns of its life, each by how many facts there were",
      answer: z.strictObject({ moments: arrayOf(Moment) }),
    },
    async (visit) => ({ moments: momentsIn(await recorded(visit)) }),
  ),
  reads(
    `${base}/history/ratings`,
    {
      summary: "Its ratings as they were known at a moment",
      answer: AsAt,
      query: { at: place.optional().describe("After how many facts; after all where not said.") },
    },
    async (visit, { at }) => {
      const all = await recorded(visit);
      return ratingsAsAt(all, { events: at ?? all.length });
    },
  ),
  reads(
    `${base}/history/difference`,
    {
      summary: "What changed between two moments, by whom, and what that did to which rating",
      answer: Difference,
      query: { from: place, to: place.optional() },
    },
    async (visit, { from, to }) => {
      const all = await recorded(visit);
      const then = until(all, { events: from });
      return differenceBetween(then, until(all, { events: to ?? all.length }));
    },
  ),
  reads(
    `${base}/what-if`,
    {
      summary: "What the ratings would be if something were otherwise; nothing is recorded",
      answer: Hypothesis,
      query: {
        answer: z.array(Supposed).describe("CASE/QUESTION/ANSWER, such as c0007/2.1.1/no."),
        without: z.array(CaseId).describe("A case to leave out of the sample."),
        framework: text.optional().describe("The id of another framework."),
        rounding: Rounding.optional(),
      },
    },
    async (visit, { answer, without, framework, rounding }) => {
      const dossier = dossierIn(await visit.library.events(await inspectionIn(visit)));
      const known = frameworksKnown(await visit.library.frameworks());
      const other = framework === undefined ? undefined : versionById(framework, known);
      if (framework !== undefined && !other)
        throw new Refused(problem(400, { detail: `There is no framework ${framework}.` }));
      const found = whatIf(dossier, {
        answers: answer,
        without,
        ...(other && { framework: other }),
        ...(rounding && { ruleset: { rounding } }),
      });
      if (!found.possible) throw new Refused(problem(409, { refusal: found.refusal }));
      return found.hypothesis;
    },
  ),
  reads(
    `${base}/what-if/deciding`,
    {
      summary: "Every judgement that, turned round alone, would change its standard's rating",
      answer: z.strictObject({ judgements: arrayOf(DecidingJudgement) }),
    },
    async (visit) => {
      const events = await visit.library.events(await inspectionIn(visit));
      return { judgements: decidingJudgements(dossierIn(events)) };
    },
  ),
];

const recorded = async (visit: Visit) =>
  recordedIn(await visit.library.events(await inspectionIn(visit)));
