import { answerCase, changeAnswer, completeCase } from "@assay/spec/assessing.ts";
import { people } from "@assay/spec/people.ts";
import { firstCase } from "@assay/spec/specimens-assessment.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { fullScope, plainStory } from "@assay/spec/story.ts";
import type { Asked, World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

const { lead, inspector, quality, chair } = people;
const reason = "A good reason";

const ask = (world: World, rest: object): Asked =>
  ({ case: firstCase(world), ...rest }) as unknown as Asked;
const judge = (world: World, question: string, answer: string, more: object = {}) =>
  world.tell(inspector, ask(world, { type: "RecordJudgement", question, answer, ...more }));
const scope = (world: World, facts: object = {}, notDue: readonly object[] = []) => {
  const found = { facts: { ...fullScope.facts, ...facts }, notDue };
  return world.tell(inspector, ask(world, { type: "RecordScope", scope: found }));
};

describe("a scope", () => {
  it("says which key questions concern the case", () => {
    const facts = { inspectorRosh: "low", safetyChanged: false, harmChanged: false };
    const notDue = [{ keyQuestion: "2.3.1", reason: "work-not-due" }];
    const [fact] = scope(worldAt("opened"), facts, notDue);
    expect(fact).toMatchObject({
      relevant: ["2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.2.2", "2.3.2", "2.4.1"],
    });
  });

  it("withdraws the answers that no longer concern the case, each as a fact", () => {
    const world = worldAt("opened");
    scope(world);
    judge(world, "2.2.3", "no", { rationale: "Thin." });
    judge(world, "2.2.3a", "yes");
    const facts = scope(world, { inspectorRosh: "low" });
    expect(facts.slice(1)).toMatchObject([
      { type: "JudgementWithdrawn", question: "2.2.3", replaces: { answer: "no", by: "iris" } },
      { type: "JudgementWithdrawn", question: "2.2.3a", replaces: { answer: "yes" } },
    ]);
  });

  it("is answered again without harm once the assessment is completed", () => {
    const world = worldAt("opened");
    completeCase(world, firstCase(world), plainStory);
    expect(scope(world)).toEqual([]);
  });
});

describe("a judgement", () => {
  it("names the answer that it replaces, and why", () => {
    const world = worldAt("opened");
    scope(world);
    judge(world, "2.1.1", "yes");
    const [changed] = judge(world, "2.1.1", "no", { rationale: "Thin.", reason });
    expect(changed).toMatchObject({
      answer: "no",
      replaces: { answer: "yes", by: inspector.id, at: world.now },
      text: { rationale: "Thin.", reason },
    });
    expect(judge(world, "2.1.1", "no", { rationale: "Thin.", reason })).toEqual([]);
  });

  it("keeps its words apart from what was judged", () => {
    const world = worldAt("opened");
    scope(world);
    const [fact] = judge(world, "2.1.1", "no", { rationale: "Thin.", evidence: ["p. 3"] });
    const { text, ...judged } = fact as { readonly text: object };
    expect(text).toEqual({ rationale: "Thin.", evidence: ["p. 3"] });
    expect(JSON.stringify(judged)).not.toContain("Thin");
  });
});

describe("a completed assessment", () => {
  it("flags combinations that deserve a second look, and is not refused for them", () => {
    const world = worldAt("opened");
    const id = firstCase(world);
    answerCase(world, id, {
      ...plainStory,
      answer: (_, question) => {
        if (question === "2.1.3") return "no";
        return ["2.1.2a", "2.1.2b"].includes(question) ? "no" : "yes";
      },
    });
    const [completed] = world.tell(inspector, ask(world, { type: "CompleteAssessment" }));
    expect(completed).toMatchObject({
      flags: [
        { keyQuestion: "2.1.2", kind: "yes-with-most-prompts-no" },
        { keyQuestion: "2.1.3", kind: "no-with-all-prompts-yes" },
      ],
    });
  });

  it("is returned with a reason, changed, completed again and confirmed", () => {
    const world = worldAt("opened");
    completeCase(world, firstCase(world), plainStory);
    world.tell(quality, ask(world, { type: "ReturnAssessment", reason }));
    judge(world, "2.1.1", "no", { rationale: "Thin.", reason });
    world.tell(inspector, ask(world, { type: "CompleteAssessment" }));
    const confirmed = world.tell(lead, ask(world, { type: "ConfirmAssessment" }));
    expect(confirmed).toHaveLength(1);
  });

  it("is reopened before the panel concludes, and after it only once it is reconvened", () => {
    const world = worldAt("concluded");
    const reopen = ask(world, { type: "ReopenAssessment", reason });
    expect(world.ask(lead, reopen)).toMatchObject({ refusal: { reason: "RatingsConcluded" } });
    world.tell(chair, { type: "ReconvenePanel", standards: ["2.1"], reason });
    changeAnswer(world, firstCase(world), "2.1.1", "no");
    expect(world.facts("assessment").at(-1)?.type).toBe("AssessmentConfirmed");
  });
});
