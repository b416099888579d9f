/** One command of each kind that an assessment takes, where it is in place. */
import type { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";

import { answerCase, assessorOf, completeCase, questionsOf, sampleOf } from "./assessing.ts";
import { people } from "./people.ts";
import type { Specimen } from "./specimen.ts";
import { fullScope, plainStory } from "./story.ts";
import type { World } from "./world.ts";

/** The case that the specimens are about. */
export const firstCase = (world: World): string => sampleOf(world)[0]!;

const assessor = (world: World): Actor => assessorOf(world, firstCase(world));
const complete = (world: World): void => completeCase(world, firstCase(world), plainStory);
const scope = (world: World): void =>
  void world.tell(assessor(world), {
    type: "RecordScope",
    case: firstCase(world),
    scope: fullScope,
  });
const assign = (world: World): void =>
  void world.tell(people.quality, {
    type: "AssignSecondMarking",
    case: firstCase(world),
    to: people.quality.id,
  });
const markAgain = (world: World): void => {
  assign(world);
  const id = firstCase(world);
  for (const question of questionsOf(world, id, plainStory)) {
    const judgement = { case: id, question, answer: "yes" } as const;
    world.tell(people.quality, { type: "RecordSecondJudgement", ...judgement });
  }
};

export const assessmentSpecimens: Readonly<Record<AssessmentCommand["type"], Specimen>> = {
  RecordScope: {
    at: "opened",
    by: assessor,
    ask: (world) => ({ type: "RecordScope", case: firstCase(world), scope: fullScope }),
  },
  JudgeClassification: {
    at: "opened",
    before: scope,
    by: assessor,
    ask: (world) => ({
      type: "JudgeClassification",
      case: firstCase(world),
      of: "rosh",
      answer: "No",
      rationale: "It was higher.",
    }),
  },
  RecordInterview: {
    at: "opened",
    by: assessor,
    ask: (world) => ({ type: "RecordInterview", case: firstCase(world), day: "2021-05-18" }),
  },
  RecordJudgement: {
    at: "opened",
    before: (world) => answerCase(world, firstCase(world), plainStory),
    by: assessor,
    ask: (world) => ({
      type: "RecordJudgement",
      case: firstCase(world),
      question: "2.1.1",
      answer: "no",
      rationale: "The assessment stops at the offence.",
      evidence: ["page 3"],
      reason: "A second reading.",
    }),
  },
  CompleteAssessment: {
    at: "opened",
    before: (world) => answerCase(world, firstCase(world), plainStory),
    by: assessor,
    ask: (world) => ({ type: "CompleteAssessment", case: firstCase(world) }),
  },
  ReviewAssessment: {
    at: "opened",
    before: complete,
    by: people.quality,
    ask: (world) => ({ type: "ReviewAssessment", case: firstCase(world), note: "Well argued." }),
  },
  ReturnAssessment: {
    at: "opened",
    before: complete,
    by: people.quality,
    ask: (world) => ({ type: "ReturnAssessment", case: firstCase(world), reason: "Say why." }),
  },
  ConfirmAssessment: {
    at: "opened",
    before: complete,
    by: people.lead,
    ask: (world) => ({ type: "ConfirmAssessment", case: firstCase(world) }),
  },
  ReopenAssessment: {
    at: "assessed",
    by: people.lead,
    ask: (world) => ({ type: "ReopenAssessment", case: firstCase(world), reason: "New facts." }),
  },
  AssignSecondMarking: {
    at: "assessed",
    by: people.quality,
    ask: (world) => ({
      type: "AssignSecondMarking",
      case: firstCase(world),
      to: people.quality.id,
    }),
  },
  RecordSecondJudgement: {
    at: "assessed",
    before: assign,
    by: people.quality,
    ask: (world) => ({
      type: "RecordSecondJudgement",
      case: firstCase(world),
      question: "2.1.1",
      answer: "no",
      rationale: "I see it otherwise.",
    }),
  },
  CompleteSecondMarking: {
    at: "assessed",
    before: markAgain,
    by: people.quality,
    ask: (world) => ({ type: "CompleteSecondMarking", case: firstCase(world) }),
  },
};
