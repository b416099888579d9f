import { answerCase, assessCase, completeCase, sampleOf } from "@assay/spec/assessing.ts";
import { people } from "@assay/spec/people.ts";
import { firstCase } from "@assay/spec/specimens-assessment.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { fullScope, plainStory } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

const { lead, inspector, quality, provider, assistant, member, head } = people;
const reason = "A good reason";
const keys = (world: World): readonly string[] => world.owed().map(({ key }) => key);
const lastOn = (world: World, id: string) =>
  world.facts("assessment").findLast((fact) => "case" in fact && fact.case === id);

describe("fieldwork", () => {
  it("opens by itself at nine on its first day", () => {
    const world = worldAt("notified");
    world.moveTo("2021-05-17T07:59:59.999Z");
    expect(world.facts("fieldwork")).toEqual([]);
    world.moveTo("2021-05-17T08:00:00.000Z");
    expect(world.facts("fieldwork")).toMatchObject([
      { type: "FieldworkOpened", by: { role: "system" } },
    ]);
  });

  it("waits for an inspection that is postponed across its first day", () => {
    const world = worldAt("notified");
    world.tell(head, { type: "PostponeInspection", reason });
    world.moveTo("2021-06-01T08:00:00.000Z");
    expect(world.facts("fieldwork")).toEqual([]);
    const fieldwork = { start: "2021-06-14", end: "2021-06-18" };
    world.tell(head, { type: "ResumeInspection", fieldwork });
    world.moveTo("2021-06-14T08:00:00.000Z");
    expect(world.facts("fieldwork").at(-1)?.at).toBe("2021-06-14T08:00:00.000Z");
  });

  it("owes each case until it is confirmed, then each proposal, then its closing", () => {
    expect(keys(worldAt("opened")).filter((key) => key.startsWith("assess/"))).toHaveLength(10);
    expect(keys(worldAt("assessed"))).toEqual([
      "feedback",
      "propose/1.1",
      "propose/1.2",
      "propose/1.3",
      "propose/1.4",
      "close-fieldwork",
    ]);
    expect(keys(worldAt("fieldwork-closed"))).toEqual(["convene"]);
  });

  it("records a proposal again when only its rationale is another", () => {
    const world = worldAt("fieldwork-closed");
    const proposed = world.facts("fieldwork").find(({ type }) => type === "DomainOneProposed");
    expect(proposed).toMatchObject({ standard: "1.1", rating: "Good" });
    const open = worldAt("assessed");
    open.tell(lead, {
      type: "LogEvidence",
      item: "minutes",
      kind: "document",
      keyQuestions: ["1.1.1"],
      title: "Minutes",
    });
    const propose = { standard: "1.1", rating: "Good", evidence: ["minutes"] } as const;
    const tell = (rationale: string) =>
      open.tell(lead, { type: "ProposeDomainOne", ...propose, rationale });
    expect([tell("One."), tell("One."), tell("Two.")].map(({ length }) => length)).toEqual([
      1, 0, 1,
    ]);
  });
});

describe("an alert", () => {
  it("is due the same day, is answered, and is closed, which the duties follow", () => {
    const world = worldAt("opened");
    const risk = "A child is in danger.";
    const about = firstCase(world);
    const [raised] = world.tell(inspector, {
      type: "RaiseAlert",
      alert: "one",
      case: about,
      risk,
      action: "Go and see.",
    });
    expect(raised).toMatchObject({ due: "2021-05-17T22:59:00.000Z" });
    expect(keys(world)).toContain("notify-alert/one");
    world.tell(lead, { type: "NotifyAlert", alert: "one", to: provider.id });
    expect(keys(world)).toContain("answer-alert/one");
    const answer = { type: "AnswerAlert", alert: "one", response: "Done." } as const;
    expect(world.tell(provider, answer)).toMatchObject([{ case: about }]);
    expect(keys(world)).toContain("close-alert/one");
    const close = { type: "CloseAlert", alert: "one", outcome: "Safe." } as const;
    expect(world.tell(lead, close)).toMatchObject([{ case: about }]);
    expect(keys(world).filter((key) => key.endsWith("/one"))).toEqual([]);
  });

  it("may be answered and closed after fieldwork has closed", () => {
    const world = worldAt("assessed");
    const alert = { alert: "late" } as const;
    world.tell(inspector, { type: "RaiseAlert", ...alert, risk: "Harm.", action: "Act." });
    world.tell(lead, { type: "NotifyAlert", ...alert, to: provider.id });
    for (const code of ["1.1", "1.2", "1.3", "1.4"]) {
      const item = `seen-${code.replace(".", "-")}`;
      const evidence = { item, kind: "meeting", keyQuestions: [`${code}.1`], title: "A." } as const;
      world.tell(lead, { type: "LogEvidence", ...evidence });
      const proposal = { standard: code, rating: "Good", evidence: [item] } as const;
      world.tell(lead, { type: "ProposeDomainOne", ...proposal, rationale: "B." });
    }
    world.tell(lead, { type: "GiveInitialFeedback", day: "2021-05-21", summary: "C." });
    world.tell(lead, { type: "CloseFieldwork" });
    world.tell(provider, { type: "AnswerAlert", ...alert, response: "Done." });
    expect(world.tell(lead, { type: "CloseAlert", ...alert, outcome: "Safe." })).toHaveLength(1);
  });
});

describe("a case", () => {
  it("passes to another assessor with a reason, and what was judged stays judged", () => {
    const world = worldAt("opened");
    const id = firstCase(world);
    answerCase(world, id, plainStory);
    world.tell(lead, { type: "AllocateCase", case: id, to: assistant.id, reason });
    const complete = { type: "CompleteAssessment", case: id } as const;
    expect(world.ask(inspector, complete)).toMatchObject({ refusal: { reason: "NotPermitted" } });
    expect(world.tell(assistant, complete)).toHaveLength(1);
  });

  it("is lost to whoever leaves the team", () => {
    const world = worldAt("opened");
    const team = [{ person: lead.id, role: "lead-inspector" }] as const;
    world.tell(people.scheduler, { type: "AssignTeam", team });
    const scope = { type: "RecordScope", case: firstCase(world), scope: fullScope } as const;
    expect(world.ask(inspector, scope)).toMatchObject({ refusal: { reason: "NotPermitted" } });
    const passing = world.owed().find(({ key }) => key === `pass-on/${scope.case}`);
    expect(passing).toMatchObject({ owner: "lead-inspector", person: lead.id });
    expect(passing?.what).toBe(`Pass case ${scope.case} on: Iris is no longer on the team`);
    expect(keys(world)).not.toContain(`assess/${scope.case}`);
  });

  it("has to pass on when its assessor finds a conflict of interest in it", () => {
    const world = worldAt("opened");
    const id = firstCase(world);
    answerCase(world, id, plainStory);
    const declare = { type: "DeclareConflict", person: inspector.id, case: id, reason } as const;
    world.tell(inspector, declare);
    for (const asked of [
      { type: "RecordScope", scope: fullScope },
      { type: "RecordJudgement", question: "2.1.1a", answer: "no", reason },
      { type: "CompleteAssessment" },
    ] as const)
      expect(world.ask(inspector, { ...asked, case: id })).toMatchObject({
        refusal: { reason: "ConflictOfInterest", person: inspector.id },
      });
    expect(keys(world)).toContain(`pass-on/${id}`);
    expect(keys(world)).not.toContain(`assess/${id}`);
    world.tell(lead, { type: "AllocateCase", case: id, to: assistant.id, reason });
    expect(keys(world)).not.toContain(`pass-on/${id}`);
    expect(world.tell(assistant, { type: "CompleteAssessment", case: id })).toHaveLength(1);
  });

  it("takes the place of a replaced one, with an assessment of its own", () => {
    const world = worldAt("opened");
    const id = firstCase(world);
    completeCase(world, id, plainStory);
    const replace = { type: "ReplaceCase", case: id, reason: "not-eligible" } as const;
    world.tell(lead, { ...replace, note: "Too old." });
    const [fact] = world.tell(people.head, { type: "ApproveReplacement", case: id });
    if (fact?.type !== "CaseReplaced") throw new Error("no reserve was called");
    world.tell(lead, { type: "AllocateCase", case: fact.replacement, to: inspector.id });
    assessCase(world, fact.replacement, plainStory);
    expect(sampleOf(world)).toContain(fact.replacement);
    expect(lastOn(world, fact.replacement)?.type).toBe("AssessmentConfirmed");
  });
});

describe("a second marking", () => {
  it("passes to another marker until it is completed, who begins anew", () => {
    const world = worldAt("assessed");
    const id = firstCase(world);
    const assign = { type: "AssignSecondMarking", case: id } as const;
    world.tell(quality, { ...assign, to: quality.id });
    const judgement = { case: id, question: "2.1.1", answer: "yes" } as const;
    world.tell(quality, { type: "RecordSecondJudgement", ...judgement });
    expect(keys(world)).toContain(`second-mark/${id}`);
    world.tell(quality, { ...assign, to: member.id });
    const former = world.ask(quality, { type: "CompleteSecondMarking", case: id });
    expect(former).toMatchObject({ refusal: { reason: "NotPermitted" } });
    const marker = { ...quality, id: member.id };
    const early = world.ask(marker, { type: "CompleteSecondMarking", case: id });
    expect(early).toMatchObject({ refusal: { reason: "StillUnanswered" } });
  });

  it("has to pass on when its marker finds a conflict of interest in it", () => {
    const world = worldAt("assessed");
    const id = firstCase(world);
    const assign = { type: "AssignSecondMarking", case: id } as const;
    world.tell(quality, { ...assign, to: quality.id });
    world.tell(quality, { type: "DeclareConflict", person: quality.id, case: id, reason });
    const judgement = { case: id, question: "2.1.1", answer: "yes" } as const;
    expect(world.ask(quality, { type: "RecordSecondJudgement", ...judgement })).toMatchObject({
      refusal: { reason: "ConflictOfInterest", person: quality.id },
    });
    expect(keys(world)).toContain(`pass-on-second/${id}`);
    expect(keys(world)).not.toContain(`second-mark/${id}`);
    world.tell(quality, { ...assign, to: member.id });
    expect(keys(world)).toContain(`second-mark/${id}`);
  });
});
