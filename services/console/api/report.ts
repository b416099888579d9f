/** The API on a report: its words, what the checks find in them, what the service said of them. */
import { words } from "@assay/domain/kernel/fact.ts";
import { ItemId, PersonId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import {
  CommentAnswered,
  FindingExcused,
  RecommendationTracked,
  Section,
} from "@assay/domain/publication/events.ts";
import { z } from "zod";

import { draftPdf } from "../pages/draft.ts";
import { inspectionIn, NotFound, type Visit } from "../pages/page.ts";
import { commentsIn, reportText } from "../pages/report.ts";
import { accuracyIn, reviewIn } from "../reading/drafts.ts";
import { factOf } from "../reading/held.ts";
import { isStaff } from "../reading/viewer.ts";
import { arrayOf, count, text, yesOrNo } from "./answers.ts";
import { type Endpoint, gives, reads } from "./endpoint.ts";
import { problem, Refused } from "./problem.ts";

const { outcome } = CommentAnswered.shape;

const Report = z.strictObject({
  phase: text,
  version: count.describe("0 until it is published."),
  sections: arrayOf(z.strictObject({ section: Section, markdown: text })),
  recommendations: arrayOf(z.strictObject({ number: count, addressee: text, wording: text })),
  comments: arrayOf(
    z.strictObject({
      comment: ItemId,
      section: Section,
      words: text,
      done: yesOrNo,
      outcome: outcome.optional(),
      answer: text.optional(),
    }),
  ),
  commentsDue: Day.nullable(),
  actionPlan: arrayOf(
    z.strictObject({ recommendation: count, due: Day, owner: PersonId.optional(), action: text }),
  )
    .nullable()
    .describe("The last that was received."),
  progress: arrayOf(
    z.strictObject({
      number: count,
      status: RecommendationTracked.shape.status,
      note: text,
      at: Instant,
      by: PersonId,
    }),
  ),
  embargo: z
    .strictObject({ publishAt: Instant, copiesFrom: Instant.nullable(), copiesSent: yesOrNo })
    .nullable()
    .optional()
    .describe("To staff alone."),
});

const Review = z.strictObject({
  findings: arrayOf(
    z.strictObject({
      place: text,
      problem: text,
      severity: z.enum(["error", "excused", "warning", "hint"]),
      excusable: z
        .strictObject({ check: FindingExcused.shape.check, words: text })
        .optional()
        .describe("What a person may excuse with a reason."),
      reason: text.optional(),
    }),
  ).describe("Errors first."),
  suggestions: arrayOf(z.strictObject({ section: Section, markdown: text })),
});

const Accuracy = z.strictObject({
  sent: Day.optional(),
  due: Day.optional(),
  comments: arrayOf(
    z.strictObject({
      comment: text,
      section: Section,
      wording: text,
      answer: z.strictObject({ outcome, wording: text, standards: arrayOf(text) }).optional(),
    }),
  ),
  changes: arrayOf(
    z.strictObject({
      at: Instant,
      by: text,
      what: text,
      before: text.optional(),
      after: text.optional(),
    }),
  ).describe("Since the draft was sent."),
});

const base = "/inspections/:inspection/report";

export const ofReport: readonly Endpoint[] = [
  reads(
    base,
    { summary: "The report's words as they read now, comments, action plan", answer: Report },
    async (visit) => {
      const held = await inspectionIn(visit);
      const facts = (await visit.library.events(held)).map(factOf);
      const { phase, version, commentsDue, publishAt, copiesFrom, copiesSent } = held.publication;
      const plan = facts.findLast((fact) => fact.type === "ActionPlanReceived");
      const embargo = publishAt ? { publishAt, copiesFrom: copiesFrom ?? null, copiesSent } : null;
      return {
        phase: phase.value,
        version,
        ...reportText(facts),
        comments: commentsIn(facts),
        commentsDue: commentsDue ?? null,
        actionPlan:
          plan?.actions.map(({ text: said, ...action }) => ({
            ...action,
            action: words(said)?.action ?? "[erased]",
          })) ?? null,
        progress: facts
          .filter((fact) => fact.type === "RecommendationTracked")
          .map(({ number, status, at, by, text: said }) => ({
            ...{ number, status, at, by: by.id },
            note: words(said)?.note ?? "[erased]",
          })),
        ...(isStaff(visit.viewer) && { embargo }),
      };
    },
  ),
  reads(
    `${base}/review`,
    {
      summary: "What the checks find in the draft report, and first words for its sections",
      answer: Review,
    },
    async (visit) => {
      const found = reviewIn(await eventsForStaff(visit));
      if (found) return found;
      throw new Refused(problem(404, { detail: "The ratings are not concluded." }));
    },
  ),
  reads(
    `${base}/accuracy`,
    {
      summary: "The factual-accuracy round: comments, answers, what changed since the draft",
      answer: Accuracy,
    },
    async (visit) => accuracyIn(await eventsForStaff(visit)),
  ),
  gives(`${base}/draft.pdf`, "The draft as it would be published, marked as a draft", draftPdf),
];

/** The service reads its draft, and not what its writers are told of it. */
const eventsForStaff = async (visit: Visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  return visit.library.events(held);
};
