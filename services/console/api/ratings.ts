/** The API on ratings: as they stand, and why. */
import { ratingsAsAt } from "@assay/domain/audit/as-at.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import { ConcludedStandard } from "@assay/domain/panel/events.ts";
import { z } from "zod";

import { inspectionIn } from "../pages/page.ts";
import { adoptionOf } from "../reading/frameworks.ts";
import { recordedIn, whyIn } from "../reading/derived.ts";
import { maySeeCases } from "../reading/viewer.ts";
import { arrayOf, ComputedStandard, count, moment, Place, text, yesOrNo } from "./answers.ts";
import { type Endpoint, reads } from "./endpoint.ts";
import { problem, Refused } from "./problem.ts";

const Computed = z.strictObject({
  framework: text,
  ruleset: text,
  rounding: text,
  standards: arrayOf(ComputedStandard),
  score: count,
  maxScore: count,
  overall: Rating.nullable(),
  domains: arrayOf(
    z.strictObject({
      domain: count,
      rating: Rating.nullable(),
      atMost: Rating.nullable().describe("The best rating that its limits leave."),
    }),
  ).describe("Of the domains that have a rating of their own."),
});

export const AsAt = z.strictObject({
  events: count.describe("How many facts had been recorded."),
  last: Place.extend({ at: moment, type: text }).nullable(),
  standing: z
    .strictObject({
      conclusion: count,
      place: Place,
      at: moment,
      standards: arrayOf(ConcludedStandard),
      score: count,
      overall: Rating.nullable(),
      reopened: yesOrNo,
    })
    .nullable()
    .describe("What had been concluded."),
  computed: Computed.nullable().describe("What the answers and decisions come to."),
  published: count.nullable().describe("The report's version that was public."),
});

const kinds = [
  ...(["rating", "rule", "key-question", "sub-sample", "excluded", "answers"] as const),
  ...(["judgement", "replaced", "other-key-question", "discretion", "trigger"] as const),
  ...(["weighed", "reason", "present", "vote", "dissent", "proposal", "evidence"] as const),
  ...(["decision", "conclusion", "score", "case", "sample", "caveat", "doubt"] as const),
] as const;

export const Explanation = z.strictObject({
  what: z.enum(kinds),
  words: text.describe("Whole sentences."),
  facts: arrayOf(Place),
  get children() {
    return arrayOf(Explanation);
  },
});

export const ofRatings: readonly Endpoint[] = [
  reads(
    "/inspections/:inspection/ratings",
    { summary: "Its ratings as concluded and as computed from the facts", answer: AsAt },
    async (visit) => {
      const all = recordedIn(await visit.library.events(await inspectionIn(visit)));
      return ratingsAsAt(all, { events: all.length });
    },
  ),
  reads(
    "/inspections/:inspection/ratings/:subject/why",
    {
      summary: "Why a rating was given: a tree of sentences and the facts behind them",
      answer: Explanation,
    },
    async (visit) => {
      const held = await inspectionIn(visit);
      const caseText = maySeeCases(visit.viewer, held);
      const subject = visit.parts["subject"] ?? "";
      const events = await visit.library.events(held);
      const adopted = adoptionOf(await visit.library.frameworks(), events);
      const found = whyIn(events, { subject, caseText, adopted });
      if (!found.explained) throw new Refused(problem(404, found.refusal));
      return found.explanation;
    },
  ),
];
