/** A story's fieldwork: cases allocated, assessed and confirmed, domain one proposed, closed. */
import type { Framework } from "@assay/domain/framework/document.ts";
import {
  applies,
  keyQuestionIn,
  peopleStandards,
  standardIn,
} from "@assay/domain/framework/standards.ts";
import { versionById } from "@assay/domain/framework/versions.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";

import { people } from "./people.ts";
import type { Story } from "./story.ts";
import type { Asked, World } from "./world.ts";

export const frameworkOf = ({ framework }: Story): Framework => versionById(framework)!;

/** The cases to assess now, in the sample's order. */
export const sampleOf = (world: World): readonly string[] => {
  const cases = new Set<string>();
  for (const fact of world.facts("inspection")) {
    if (fact.type === "SampleDrawn") {
      for (const { sample } of Object.values(fact.draw.populations)) {
        for (const id of sample) cases.add(id);
      }
    }
    if (fact.type === "CaseReplaced" || fact.type === "CaseWithdrawn") cases.delete(fact.case);
    if (fact.type === "CaseReplaced") cases.add(fact.replacement);
  }
  return [...cases];
};

/** Whose case it is, by what was allocated last. */
export const assessorOf = (world: World, caseId: string): Actor => {
  const allocated = world
    .facts("fieldwork")
    .filter((fact) => fact.type === "CaseAllocated" || fact.type === "CaseReallocated")
    .findLast((fact) => fact.case === caseId);
  return Object.values(people).find(({ id }) => id === allocated?.to) ?? people.inspector;
};

export const allocateAndOpen = (world: World): void => {
  for (const [index, id] of sampleOf(world).entries()) {
    const to = index % 2 === 0 ? people.inspector.id : people.colleague.id;
    world.tell(people.lead, { type: "AllocateCase", case: id, to });
  }
  world.moveTo("2021-05-17T08:30:00.000Z");
};

/** Scope, classifications, interview and every applicable question; not yet completed. */
export const answerCase = (world: World, caseId: string, story: Story): void => {
  const tell = (asked: Asked) => world.tell(assessorOf(world, caseId), asked);
  tell({ type: "RecordScope", case: caseId, scope: story.scope(caseId) });
  for (const classification of ["rosh", "safety"]) {
    tell({ type: "JudgeClassification", case: caseId, of: classification, answer: "Yes" });
  }
  tell({ type: "RecordInterview", case: caseId, day: "2021-05-18" });
  for (const question of questionsOf(world, caseId, story)) {
    const answer = story.answer(caseId, question);
    const rationale = `Why ${question} is ${answer}`;
    tell({ type: "RecordJudgement", case: caseId, question, answer, rationale });
  }
};

/** The prompts and key questions that concern the case, by its scope on record. */
export const questionsOf = (world: World, caseId: string, story: Story): readonly string[] => {
  const scoped = world
    .facts("assessment")
    .findLast((fact) => fact.type === "ScopeRecorded" && fact.case === caseId);
  if (scoped?.type !== "ScopeRecorded") return [];
  return scoped.relevant.flatMap((code) => {
    const prompts = keyQuestionIn(frameworkOf(story), code)?.keyQuestion.prompts ?? [];
    return [...prompts.map((prompt) => prompt.code), code];
  });
};

export const completeCase = (world: World, caseId: string, story: Story): void => {
  answerCase(world, caseId, story);
  world.tell(assessorOf(world, caseId), { type: "CompleteAssessment", case: caseId });
};

export const assessCase = (world: World, caseId: string, story: Story): void => {
  completeCase(world, caseId, story);
  world.tell(people.lead, { type: "ConfirmAssessment", case: caseId });
};

/** A confirmed case is opened again, one answer changed, and confirmed anew. */
export const changeAnswer = (
  world: World,
  caseId: string,
  question: string,
  answer: "yes" | "no",
): void => {
  const reason = "A fact was corrected.";
  const judgement = { case: caseId, question, answer, rationale: "As it was.", reason };
  const assessor = assessorOf(world, caseId);
  world.tell(people.lead, { type: "ReopenAssessment", case: caseId, reason });
  world.tell(assessor, { type: "RecordJudgement", ...judgement });
  world.tell(assessor, { type: "CompleteAssessment", case: caseId });
  world.tell(people.lead, { type: "ConfirmAssessment", case: caseId });
};

export const assessAll = (world: World, story: Story): void => {
  world.moveTo("2021-05-18T09:00:00.000Z");
  for (const id of sampleOf(world)) assessCase(world, id, story);
};

/** The standards judged by people that are rated in this story. */
export const proposedStandards = (story: Story): readonly string[] => {
  return peopleStandards(frameworkOf(story))
    .filter((standard) => applies(standard, story.rows))
    .map(({ code }) => code);
};

export const proposeAll = (world: World, story: Story): void => {
  for (const code of proposedStandards(story)) {
    const item = `seen-${code.replace(".", "-")}`;
    const keyQuestions = standardIn(frameworkOf(story), code)!.keyQuestions.map(
      (question) => question.code,
    );
    world.tell(people.lead, {
      type: "LogEvidence",
      item,
      kind: "document",
      keyQuestions,
      title: `What was seen on ${code}`,
    });
    world.tell(people.lead, {
      type: "ProposeDomainOne",
      standard: code,
      rating: story.proposal(code),
      evidence: [item],
      rationale: "It says so.",
    });
  }
};

export const closeFieldwork = (world: World, story: Story): void => {
  world.moveTo("2021-05-21T14:00:00.000Z");
  proposeAll(world, story);
  const day = "2021-05-21";
  world.tell(people.lead, { type: "GiveInitialFeedback", day, summary: "What we found." });
  world.tell(people.lead, { type: "CloseFieldwork" });
};
