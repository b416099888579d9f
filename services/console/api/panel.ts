/** The API on the ratings panel: its board, and one standard with everything said and decided. */
import { phaseName } from "@assay/domain/kernel/chart.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import { StandardCode } from "@assay/domain/kernel/codes.ts";
import { PersonId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { ConcludedStandard, Trigger } from "@assay/domain/panel/events.ts";
import { limitOn } from "@assay/domain/panel/conclude.ts";
import { voted } from "@assay/domain/panel/sitting.ts";
import { deliberationOn, isRecused } from "@assay/domain/panel/state.ts";
import { z } from "zod";

import { deliberationIn } from "../pages/deliberation.ts";
import { inspectionIn, NotFound } from "../pages/page.ts";
import { boardLines, onTheBoard, owedOn, pivotsOn, scoresOn } from "../reading/board.ts";
import { boardIn } from "../reading/derived.ts";
import { factOf } from "../reading/held.ts";
import { arrayOf, count, text, yesOrNo } from "./answers.ts";
import { type Endpoint, reads } from "./endpoint.ts";

const Count = z.strictObject({ keyQuestion: text, relevant: count, yes: count });
const Distance = z.strictObject({ boundary: z.number(), points: z.number() });

const KeyQuestion = Count.extend({
  percent: z.number().optional(),
  band: Rating.optional(),
  distances: arrayOf(Distance).describe("Percentage points from each boundary."),
  small: yesOrNo,
});

const yesOrNoAnswer = z.enum(["yes", "no"]);

const Flip = z.strictObject({
  keyQuestion: text,
  from: yesOrNoAnswer,
  to: yesOrNoAnswer,
  rating: Rating,
});

const MetTrigger = z.discriminatedUnion("trigger", [
  z.strictObject({
    trigger: z.literal("near-boundary"),
    percent: z.number(),
    near: arrayOf(Distance),
  }),
  z.strictObject({ trigger: z.literal("one-case"), flips: arrayOf(Flip) }),
  z.strictObject({ trigger: z.literal("small-sample"), keyQuestions: arrayOf(Count) }),
]);

const Board = z.strictObject({
  standard: text,
  keyQuestions: arrayOf(KeyQuestion),
  lowest: arrayOf(text),
  percent: z.number().optional(),
  spread: z.number().optional(),
  rule: Rating.optional(),
  triggers: arrayOf(MetTrigger),
  grades: arrayOf(z.strictObject({ keyQuestion: text, rating: Rating }))
    .optional()
    .describe("Of its questions, where the standard is made of them."),
  atMost: Rating.optional().describe("The best rating that the limits leave."),
});

const Owed = z.enum(["proposal", "domain-one", "consideration", "discretion"]);
const Deciding = z.enum(["exercised", "declined", "adopted", "people"]);

const about = {
  code: StandardCode,
  label: text,
  domain: count,
  judged: z.enum(["by-cases", "by-people", "by-questions"]),
  owed: Owed.optional().describe("What the panel has still to do, while it sits."),
  proposed: Rating.optional().describe("By the lead, where people judge."),
} as const;

const Line = z.strictObject({
  isDomain: z.boolean().describe("A domain that people grade as a whole, beside its standards."),
  ...about,
  lowest: KeyQuestion.optional(),
  rule: Rating.optional(),
  decision: Deciding.optional(),
  rating: Rating.optional(),
  final: yesOrNo,
  triggers: arrayOf(Trigger),
  provisional: yesOrNo.describe("It rests on what the authority has not published."),
});

const Panel = z.strictObject({
  phase: text,
  chair: PersonId.optional(),
  members: arrayOf(PersonId),
  quorum: count.optional(),
  recusals: arrayOf(z.strictObject({ member: PersonId, standards: arrayOf(text) })),
  reopened: arrayOf(text),
  fieldworkClosed: yesOrNo,
  standards: arrayOf(Line),
  overall: Rating.optional(),
});

const Deliberated = z.strictObject({
  type: text,
  at: Instant,
  by: PersonId,
  to: text.optional().describe("The rating that it speaks for."),
  reason: text.optional(),
  doubts: arrayOf(text).describe("Where the reason disagrees with the numbers."),
});

const Scores = z.strictObject({
  members: arrayOf(
    z.strictObject({ member: PersonId, sealed: yesOrNo, opened: Rating.optional() }),
  ),
  begun: yesOrNo,
  complete: yesOrNo,
  own: z.enum(["none", "sealed", "opened"]),
});

const OneStandard = z.strictObject({
  ...about,
  board: Board.optional().describe("Where cases decide."),
  pivots: arrayOf(
    z.strictObject({
      keyQuestion: text,
      answer: yesOrNoAnswer,
      rating: Rating,
      cases: arrayOf(text),
    }),
  ).describe("Judgements that, one of them the other way, would give that rating."),
  decision: z.strictObject({ by: Deciding, rating: Rating }).optional(),
  concluded: ConcludedStandard.optional(),
  atMost: Rating.optional().describe("The best rating that limits leave to whoever decides it."),
  votes: arrayOf(z.strictObject({ member: PersonId, rating: Rating })),
  voted: Rating.optional().describe("What the votes come to."),
  scores: Scores,
  members: arrayOf(PersonId).describe("Who decides: members who are not recused from it."),
  deliberation: arrayOf(Deliberated),
});

export const ofPanel: readonly Endpoint[] = [
  reads(
    "/inspections/:inspection/panel",
    { summary: "The panel's board: numbers, triggers, what is open", answer: Panel },
    async (visit) => {
      const held = await inspectionIn(visit);
      const { panel } = held;
      return {
        phase: phaseName(panel.phase),
        chair: panel.chair,
        members: panel.members,
        quorum: panel.briefing.framework?.ruleset.panel.quorum,
        recusals: [...panel.recused].map(([member, standards]) => ({ member, standards })),
        reopened: [...(panel.reopened ?? [])].toSorted(),
        fieldworkClosed: panel.lifecycle.hasTag("rateable"),
        standards: boardLines(held),
        overall: panel.overall,
      };
    },
  ),
  reads(
    "/inspections/:inspection/panel/:standard",
    {
      summary: "One standard or domain: its numbers, scores, votes, what was said and decided",
      answer: OneStandard,
    },
    async (visit) => {
      const held = await inspectionIn(visit);
      const { panel } = held;
      const { framework } = panel.briefing;
      const standard = onTheBoard(panel).find(({ code }) => code === visit.parts["standard"]);
      if (!standard) throw new NotFound();
      const { code, label, domain, judged } = standard;
      const { decision, votes } = deliberationOn(panel, code);
      const facts = (await visit.library.events(held)).map(factOf);
      const { waits, ...scores } = scoresOn(panel, code, visit.viewer);
      return {
        ...{ code, label, domain, judged, owed: owedOn(panel, code) },
        proposed: panel.proposals.get(code),
        board: standard.judged === "by-people" ? undefined : boardIn(standard, panel),
        pivots: standard.judged === "by-cases" ? pivotsOn(standard, panel) : [],
        decision,
        atMost: limitOn({ standard, code }, panel),
        concluded: panel.concluded.find((each) => each.standard === code),
        votes: [...votes].map(([member, rating]) => ({ member, rating })),
        voted: voted(panel, code),
        scores: { ...scores, complete: waits.length === 0 },
        members: panel.members.filter((member) => !isRecused(panel, member, code)),
        deliberation: deliberationIn(facts, standard, framework).map((said) => ({
          ...said,
          by: said.by.id,
          doubts: said.doubts.map(({ words }) => words),
        })),
      };
    },
  ),
];
