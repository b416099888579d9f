/** What several of the API's answers are made of. What only one answer holds stands beside it. */
import { KeyQuestionCount, ConcludedStandard, Trigger } from "@assay/domain/panel/events.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import { Role } from "@assay/domain/kernel/actor.ts";
import { InspectionId, PersonId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { z } from "zod";

import { chartNames as charts } from "@assay/domain/tracking/standing.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";
import type { CommandName } from "@assay/domain/steps.ts";
import { stages } from "@assay/domain/lifecycle/stage.ts";

export const text = z.string();
export const count = z.int().min(0);
export const yesOrNo = z.boolean();
/** A moment or a day that the reading does not brand. */
export const moment = z.iso.datetime();
export const day = z.iso.date();
export const arrayOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** A fact's place for ever: its stream, and its number there from 0. */
export const Place = z.strictObject({ stream: text, revision: count });

export const inspectionLine = {
  inspection: InspectionId,
  service: text.describe("The service's name."),
  stage: z.enum(["unscheduled", ...stages, "postponed", "cancelled"]),
  framework: text.nullable(),
  rating: z
    .strictObject({
      score: count.optional().describe("Where the overall rating is made of points."),
      maxScore: count.optional(),
      overall: Rating.optional(),
      provisional: yesOrNo.describe("It rests on what the authority has not published."),
    })
    .nullable()
    .describe(
      "Null until the panel has concluded, to those who may not see it, and where the framework " +
        "has no overall rating.",
    ),
  published: z.strictObject({ version: count, at: Instant }).nullable(),
  href: text,
} as const;

export const StoredFact = z.strictObject({
  stream: text,
  revision: count,
  position: text.describe("In the whole store: digits, rising."),
  type: text,
  id: z.uuid(),
  data: z.looseObject({}).describe("The fact as its schema in packages/domain has it."),
  metadata: z.looseObject({}),
});

const Command = z.enum(Object.keys(commandPermissions) as CommandName[]);

export const Possible = z.strictObject({
  now: arrayOf(Command).describe("What you may send; what it says may still be refused."),
  refused: arrayOf(
    z.strictObject({
      command: Command,
      reason: text.describe("As in the answer to a command that is refused."),
      phase: text
        .optional()
        .describe("The chart that does not allow it, and the phase: panel awaited."),
      first: text
        .optional()
        .describe("The fact that has to be recorded first; absent where it is too late."),
      because: text.describe("All of it in a sentence."),
      from: z.union([day, Instant]).optional().describe("When it becomes possible, as planned."),
    }),
  ).describe("What is refused now, whatever you say."),
});

export const Duty = z.strictObject({
  inspection: text,
  service: text,
  step: z.enum(charts),
  key: text.describe("The same for as long as it is owed."),
  what: text,
  owner: Role,
  person: PersonId.optional(),
  due: Instant.optional(),
  late: yesOrNo,
});

export const ComputedStandard = z.strictObject({
  standard: text,
  scored: yesOrNo,
  judged: z.enum(["by-cases", "by-people", "by-questions"]),
  keyQuestions: arrayOf(KeyQuestionCount),
  lowest: z
    .strictObject({ keyQuestion: text, relevant: count, yes: count, percent: z.number() })
    .nullable(),
  rule: Rating.nullable(),
  rating: Rating.nullable(),
  score: count.nullable(),
  decidedBy: z.enum([...ConcludedStandard.shape.decidedBy.options, "undecided"]),
  triggers: arrayOf(Trigger),
  discretion: z.enum(["none", "recorded", "unexplained"]),
  proposed: Rating.nullable(),
  lapsed: yesOrNo.describe("The panel decided on other numbers: its decision no longer counts."),
});
