import { answerCase, completeCase } from "@assay/spec/assessing.ts";
import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { firstCase } from "@assay/spec/specimens-assessment.ts";
import { fullScope, plainStory } from "@assay/spec/story.ts";
import type { Asked, World } from "@assay/spec/world.ts";

import type { AssessmentRefusal } from "./commands.ts";

const by = people.inspector;
const reason = "A second look.";

/** The first case is the inspector's, in every story. */
const about = (rest: object) => (world: World) =>
  ({ case: firstCase(world), ...rest }) as unknown as Asked;
const judge = (question: string, answer: string, more: object = {}) =>
  about({ type: "RecordJudgement", question, answer, ...more });
const scope = (facts: object = {}, notDue: readonly object[] = []) =>
  about({ type: "RecordScope", scope: { facts: { ...fullScope.facts, ...facts }, notDue } });

const scoped = (world: World): void => void world.tell(by, scope()(world));
const narrow = (world: World): void => void world.tell(by, scope({ inspectorRosh: "low" })(world));
const answered = (world: World): void => answerCase(world, firstCase(world), plainStory);
const completed = (world: World): void => completeCase(world, firstCase(world), plainStory);
const assign = (world: World): void =>
  void world.tell(people.quality, about({ type: "AssignSecondMarking", to: "quinn" })(world));
const confirm = (world: World): void => {
  completed(world);
  world.tell(people.lead, about({ type: "ConfirmAssessment" })(world));
};
const markAll = (world: World): void => {
  assign(world);
  for (const standard of ["2.1", "2.2", "2.3", "2.4"]) {
    for (const number of [1, 2, 3]) {
      const question = `${standard}.${number}`;
      const judgement = about({ type: "RecordSecondJudgement", question, answer: "yes" });
      world.tell(people.quality, judgement(world));
    }
  }
  world.tell(people.quality, about({ type: "CompleteSecondMarking" })(world));
};

const table: Refusals<AssessmentRefusal> = {
  NotInThisPhase: [
    {
      at: "assessed",
      before: markAll,
      by: people.quality,
      ask: about({ type: "AssignSecondMarking", to: "mina" }),
      says: { now: "the assessment is confirmed; the second marking is complete" },
    },
    {
      at: "notified",
      before: (world) =>
        void world.tell(people.lead, about({ type: "AllocateCase", to: "iris" })(world)),
      by,
      ask: scope(),
      says: { now: "sample notified", first: "FieldworkOpened" },
    },
    { at: "opened", by, ask: judge("2.1.1", "yes"), says: { first: "ScopeRecorded" } },
    { at: "opened", by, ask: about({ type: "CompleteAssessment" }) },
    {
      at: "opened",
      before: completed,
      by,
      ask: scope({ inspectorRosh: "low" }),
      says: { now: "the assessment is complete", first: "AssessmentReturned" },
    },
    { at: "opened", before: completed, by, ask: judge("2.1.1", "no", { rationale: "-", reason }) },
    {
      at: "opened",
      before: completed,
      by,
      ask: about({ type: "JudgeClassification", of: "rosh", answer: "No" }),
    },
    { at: "assessed", by, ask: about({ type: "CompleteAssessment" }) },
    { at: "opened", by: people.lead, ask: about({ type: "ReturnAssessment", reason }) },
    { at: "assessed", by: people.quality, ask: about({ type: "ReturnAssessment", reason }) },
    { at: "opened", before: answered, by: people.lead, ask: about({ type: "ConfirmAssessment" }) },
    {
      at: "opened",
      before: completed,
      by: people.lead,
      ask: about({ type: "ReopenAssessment", reason }),
    },
    {
      at: "assessed",
      before: markAll,
      by: people.quality,
      ask: about({ type: "RecordSecondJudgement", question: "2.1.1", answer: "no" }),
      says: { phase: "assessment first.confirmed second.marked" },
    },
  ],
  AssessmentNotComplete: [
    {
      at: "opened",
      before: answered,
      by: people.quality,
      ask: about({ type: "AssignSecondMarking", to: "quinn" }),
    },
  ],
  NotInTheSample: [
    {
      at: "opened",
      by: people.lead,
      ask: { type: "ConfirmAssessment", case: "c0999" },
      says: { case: "c0999" },
    },
    {
      at: "opened",
      before: (world) => {
        const replaced = { reason: "not-eligible", note: "Too old." } as const;
        world.tell(people.lead, about({ type: "ReplaceCase", ...replaced })(world));
      },
      by: people.lead,
      ask: (world) => {
        const gone = world.facts("inspection").findLast(({ type }) => type === "CaseReplaced");
        return { type: "ConfirmAssessment", case: gone?.type === "CaseReplaced" ? gone.case : "" };
      },
    },
  ],
  RatingsConcluded: [
    { at: "concluded", by: people.lead, ask: about({ type: "ReopenAssessment", reason }) },
    { at: "published", by: people.quality, ask: about({ type: "ReopenAssessment", reason }) },
  ],
  UnknownQuestion: [
    { at: "opened", before: scoped, by, ask: judge("2.9.1", "yes"), says: { question: "2.9.1" } },
    { at: "opened", before: scoped, by, ask: judge("2.1.1z", "yes") },
    { at: "opened", before: scoped, by, ask: judge("1.1.1", "yes") },
  ],
  NotRelevant: [
    {
      at: "opened",
      before: narrow,
      by,
      ask: judge("2.2.3", "yes"),
      says: {
        question: "2.2.3",
        because: "the inspector judged the risk of serious harm to other people to be low",
      },
    },
    { at: "opened", before: narrow, by, ask: judge("2.2.3a", "yes") },
  ],
  NotApplicableNotAllowed: [
    { at: "opened", before: scoped, by, ask: judge("2.1.1", "not-applicable") },
  ],
  RationaleRequired: [
    { at: "opened", before: scoped, by, ask: judge("2.1.1", "no"), says: { question: "2.1.1" } },
    {
      at: "assessed",
      before: assign,
      by: people.quality,
      ask: about({ type: "RecordSecondJudgement", question: "2.1.1", answer: "no" }),
    },
  ],
  ReasonRequired: [
    { at: "opened", before: answered, by, ask: judge("2.1.1", "no", { rationale: "Thin." }) },
    { at: "opened", before: answered, by, ask: judge("2.1.1a", "no") },
  ],
  NoSuchAnswer: [
    {
      at: "opened",
      before: scoped,
      by,
      ask: about({ type: "JudgeClassification", of: "rosh", answer: "Perhaps" }),
      says: { question: "Risk of serious harm", answers: ["Yes", "No"] },
    },
  ],
  NotInThePopulation: [
    { at: "opened", before: scoped, by, ask: judge("3.1.1", "yes"), says: { question: "3.1.1" } },
  ],
  StillUnanswered: [
    {
      at: "opened",
      before: (world) => {
        scoped(world);
        world.tell(by, judge("2.1.1", "yes")(world));
      },
      by,
      ask: about({ type: "CompleteAssessment" }),
      says: { tallies: ["Risk of serious harm", "Safety and wellbeing"] },
    },
    {
      at: "assessed",
      before: assign,
      by: people.quality,
      ask: about({ type: "CompleteSecondMarking" }),
      says: { tallies: [] },
    },
  ],
  ScopeContradictsFramework: [
    {
      at: "opened",
      by,
      ask: scope({}, [{ keyQuestion: "2.1.1", reason: "work-not-due" }]),
      says: { problems: [{ problem: "AlwaysDue", keyQuestion: "2.1.1" }] },
    },
    {
      at: "opened",
      by,
      ask: scope({}, [{ keyQuestion: "3.2.1", reason: "work-not-due" }]),
    },
    {
      at: "opened",
      by,
      ask: scope({ inspectorRosh: "huge", mood: "calm" }),
      says: {
        problems: [
          { problem: "UnknownFact", fact: "mood" },
          {
            problem: "ValueNotAllowed",
            fact: "inspectorRosh",
            allowed: ["low", "medium", "high", "very-high"],
          },
        ],
      },
    },
  ],
  JudgedMeanwhile: [
    {
      at: "opened",
      before: answered,
      by,
      ask: judge("2.1.1", "no", { rationale: "-", reason }),
      when: "2021-05-17T07:00:00.000Z",
      says: { question: "2.1.1", standing: { answer: "yes", by: "iris" } },
    },
    {
      at: "opened",
      before: answered,
      by,
      ask: judge("2.1.1", "no", { rationale: "-", reason, seen: null }),
    },
    {
      at: "opened",
      before: (world) => void world.tell(by, scope({})(world)),
      by,
      ask: judge("2.1.1", "yes", {
        seen: { answer: "no", by: "iris", at: "2021-05-17T07:00:00.000Z" },
      }),
      says: { standing: null },
    },
  ],
  ConflictOfInterest: [
    {
      at: "assessed",
      before: (world) =>
        void world.tell(people.quality, {
          type: "DeclareConflict",
          person: people.quality.id,
          reason,
        }),
      by: people.quality,
      ask: about({ type: "AssignSecondMarking", to: "quinn" }),
      says: { person: "quinn" },
    },
  ],
  SecondMarkerJudgedFirst: [
    {
      at: "assessed",
      by: people.quality,
      ask: about({ type: "AssignSecondMarking", to: "iris" }),
      says: { person: "iris" },
    },
    {
      at: "opened",
      before: (world) => {
        confirm(world);
        const handedOver = { to: "asta", reason: "Leave." };
        world.tell(people.lead, about({ type: "AllocateCase", ...handedOver })(world));
      },
      by: people.quality,
      ask: about({ type: "AssignSecondMarking", to: "asta" }),
    },
  ],
};

testRefusals(table);
