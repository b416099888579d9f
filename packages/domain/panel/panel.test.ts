import { changeAnswer, sampleOf } from "@assay/spec/assessing.ts";
import { decideAll, decideByRule } from "@assay/spec/deciding.ts";
import { because as reason, consider, exercise, vote } from "@assay/spec/panel-requests.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { considerSmall, nonceOf, sealAll } from "@assay/spec/specimens-panel.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { courtOnlyStory, noResettlementStory, plainStory } from "@assay/spec/story.ts";
import { reconstructedStory, resettlementStory, type Story } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

const by = people.chair;
const present = panelMembers;

/** How the last conclusion has a standard. */
const concludedOn = (world: World, standard: string) => {
  const concluded = world.facts("panel").findLast(({ type }) => type === "RatingsConcluded");
  if (concluded?.type !== "RatingsConcluded") throw new Error("nothing is concluded");
  return concluded.standards.find((each) => each.standard === standard);
};
const conclusionOf = (world: World) =>
  world.facts("panel").findLast(({ type }) => type === "RatingsConcluded");
const conclude = (world: World): void => void world.tell(by, { type: "ConcludePanel", present });
const commentOn = (world: World, ...standards: string[]): void => {
  world.tell(people.provider, {
    type: "SubmitComment",
    comment: "comment-one",
    section: "domain-2",
    wording: "The review did take place.",
  });
  world.tell(people.provider, { type: "ReturnComments" });
  world.tell(people.lead, {
    type: "AnswerComment",
    comment: "comment-one",
    outcome: "accepted",
    standards,
    answer: "It did.",
  });
  world.settle();
};

/** One of the out-of-court cases drawn is not sufficient on 3.1.1: 75 per cent, Good by rule. */
const lastCase = sampleOf(worldAt("sampled")).at(-1);
const good: Story = {
  ...plainStory,
  answer: (id, question) => (question === "3.1.1" && id === lastCase ? "no" : "yes"),
};

describe("a panel that follows the rule", () => {
  it("concludes with the lowest key question's band, the sum and what it rests on", () => {
    const world = worldAt("concluded");
    expect(concludedOn(world, "2.1")).toMatchObject({
      decidedBy: "rule",
      rule: "Outstanding",
      rating: "Outstanding",
      score: 3,
      triggers: [],
    });
    expect(concludedOn(world, "1.1")).toMatchObject({ decidedBy: "panel", rating: "Good" });
    expect(conclusionOf(world)).toMatchObject({ score: 32, maxScore: 36, overall: "Outstanding" });
    const streams = new Set(world.streams.keys());
    streams.delete("panel-sandford-2021");
    const basis = conclusionOf(world);
    if (basis?.type !== "RatingsConcluded") throw new Error("no basis");
    expect(new Set(basis.basis.map(({ stream }) => stream))).toEqual(streams);
    for (const { stream, revision } of basis.basis) {
      const facts = [...world.streams].find(([name]) => name === stream)?.[1] ?? [];
      expect(revision).toBe(facts.length - 1);
    }
  });
});

describe("professional discretion", () => {
  it("moves a rating up by one band, with its reason", () => {
    const world = worldAt("decided", good);
    world.tell(by, exercise("3.1", "Outstanding"));
    conclude(world);
    expect(concludedOn(world, "3.1")).toMatchObject({
      decidedBy: "discretion",
      rule: "Good",
      rating: "Outstanding",
      score: 3,
    });
  });

  it("moves a rating down by one band", () => {
    const world = worldAt("decided");
    world.tell(by, exercise("3.1", "Good"));
    conclude(world);
    expect(concludedOn(world, "3.1")).toMatchObject({ rule: "Outstanding", rating: "Good" });
  });

  it("is declined with a reason, and the rule stands", () => {
    expect(concludedOn(worldAt("concluded"), "3.1")).toMatchObject({
      decidedBy: "rule",
      rating: "Outstanding",
      triggers: ["one-case", "small-sample"],
    });
  });

  it("follows the vote, with the chair's casting vote between equals", () => {
    const world = worldAt("sitting");
    considerSmall(world);
    world.tell(by, vote("3.1", "Good"));
    world.tell(people.member, vote("3.1", "Outstanding"));
    world.tell(people.secondMember, vote("3.1", "Good"));
    world.tell(people.thirdMember, vote("3.1", "Outstanding"));
    const [fact] = world.tell(by, exercise("3.1", "Good"));
    expect(fact).toMatchObject({ from: "Outstanding", to: "Good" });
  });

  it("is taken again when a later vote goes another way", () => {
    const world = worldAt("decided");
    for (const member of [people.member, people.secondMember])
      world.tell(member, vote("3.1", "Good"));
    const refused = world.ask(by, { type: "ConcludePanel", present });
    expect(refused).toMatchObject({ refusal: { reason: "Undecided" } });
    world.tell(by, exercise("3.1", "Good"));
    conclude(world);
    expect(concludedOn(world, "3.1")).toMatchObject({ decidedBy: "discretion" });
  });

  it("adopts an unexplained published rating only where a published report is carried through", () => {
    const world = worldAt("sitting", reconstructedStory);
    considerSmall(world);
    const adopt = { type: "AdoptPublishedRating", standard: "3.1", rating: "Good" } as const;
    expect(world.tell(by, adopt)).toMatchObject([{ from: "Outstanding", to: "Good" }]);
  });
});

describe("members of a panel", () => {
  it("seal their scores first and open them together before a standard is considered", () => {
    const world = worldAt("sitting");
    sealAll(world);
    const early = world.ask(by, consider("3.1"));
    expect(early).toMatchObject({ refusal: { reason: "ScoresStillSealed" } });
    for (const member of [by, people.member, people.secondMember, people.thirdMember]) {
      const open = { standard: "3.1", rating: "Good", nonce: nonceOf(member.id) } as const;
      world.tell(member, { type: "OpenScore", ...open });
    }
    expect(world.tell(by, consider("3.1"))).toMatchObject([{ type: "StandardConsidered" }]);
  });

  it("take no part where they are recused, and their vote does not count", () => {
    const world = worldAt("sitting");
    considerSmall(world);
    world.tell(people.member, vote("3.1", "Good"));
    const recusal = { type: "RecuseMember", member: people.member.id, reason } as const;
    world.tell(people.member, { ...recusal, standards: ["3.1"] });
    const others = panelMembers.filter((member) => member !== people.member.id);
    const decline = { type: "DeclineDiscretion", standard: "3.1", reason } as const;
    expect(world.tell(by, { ...decline, present: others })).toHaveLength(1);
  });

  it("are recused no second time by the same words, however far the panel has come", () => {
    const world = worldAt("sitting");
    const recusal = { type: "RecuseMember", member: people.member.id, reason } as const;
    decideAll(world, plainStory);
    world.tell(people.member, { ...recusal, standards: ["3.1"] });
    conclude(world);
    expect(world.tell(people.member, { ...recusal, standards: ["3.1"] })).toEqual([]);
    const more = world.ask(people.member, { ...recusal, standards: ["3.2"] });
    expect(more).toMatchObject({ refusal: { reason: "NotInThisPhase" } });
  });

  it("cannot be recused back in", () => {
    const world = worldAt("sitting");
    const recusal = { type: "RecuseMember", member: people.member.id, reason } as const;
    world.tell(people.member, { ...recusal, standards: [] });
    world.tell(by, { ...recusal, standards: ["2.1"] });
    const refused = world.ask(by, consider("3.1"));
    expect(refused).toMatchObject({ refusal: { reason: "Recused" } });
  });

  it("hand the chair to another member, whose the duties are from then on", () => {
    const world = worldAt("sitting");
    const handing = { type: "HandOverChair", to: people.member.id, reason } as const;
    expect(world.tell(by, handing)).toMatchObject([{ type: "ChairHandedOver", to: "mina" }]);
    const owed = world.owed().filter(({ key }) => key.startsWith("decide/"));
    expect(new Set(owed.map(({ person }) => person))).toEqual(new Set(["mina"]));
    expect(world.ask(by, consider("2.1"))).toMatchObject({ refusal: { reason: "NotPermitted" } });
    expect(world.tell(people.member, consider("2.1"))).toMatchObject([
      { type: "StandardConsidered", by: { id: "mina", role: "panel-member" } },
    ]);
  });

  it("may dissent from what was decided, during the sitting and after it", () => {
    for (const stage of ["decided", "concluded"] as const) {
      const world = worldAt(stage);
      const dissent = { type: "RecordDissent", standard: "1.1", reason } as const;
      expect(world.tell(people.member, dissent)).toMatchObject([{ member: people.member.id }]);
    }
  });
});

describe("a reconvened panel", () => {
  it("comes together by itself when a corrected fact touches judgements", () => {
    const world = worldAt("shared");
    commentOn(world, "2.4");
    expect(world.facts("panel").at(-1)).toMatchObject({
      type: "PanelReconvened",
      standards: ["2.4"],
      comments: ["comment-one"],
      by: { role: "system" },
    });
  });

  it("decides the standard concerned on the corrected numbers, and the others stand", () => {
    const world = worldAt("shared");
    commentOn(world, "2.4");
    for (const id of sampleOf(world).slice(0, 2)) changeAnswer(world, id, "2.4.1", "no");
    decideByRule(world, "2.4");
    conclude(world);
    expect(concludedOn(world, "2.4")).toMatchObject({ rule: "Good", rating: "Good" });
    expect(concludedOn(world, "2.1")).toMatchObject({ rating: "Outstanding" });
    expect(conclusionOf(world)).toMatchObject({ score: 31, overall: "Outstanding" });
  });

  it("is reconvened for more when the correction changes more", () => {
    const world = worldAt("shared");
    commentOn(world, "2.4");
    changeAnswer(world, sampleOf(world)[0]!, "2.1.1", "no");
    decideByRule(world, "2.4");
    const refused = world.ask(by, { type: "ConcludePanel", present });
    expect(refused).toMatchObject({ refusal: { standards: [{ standard: "2.1" }] } });
    world.tell(by, { type: "ReconvenePanel", standards: ["2.1"], reason });
    decideByRule(world, "2.1");
    conclude(world);
    expect(concludedOn(world, "2.1")).toMatchObject({
      keyQuestions: [{ yes: 5, percent: 83 }, {}, {}],
    });
  });
});

describe("the standards that are rated", () => {
  it("leave the overall rating withheld where one has no case, until the head decides", () => {
    const world = worldAt("concluded", courtOnlyStory);
    expect(concludedOn(world, "3.1")).toMatchObject({ decidedBy: "not-rated" });
    expect(conclusionOf(world)).not.toHaveProperty("overall");
    expect(world.owed().map(({ key }) => key)).toContain("decide-overall");
    world.tell(people.head, { type: "DecideOverall", reason });
    expect(world.owed().map(({ key }) => key)).not.toContain("decide-overall");
  });

  it("include resettlement where a child came from custody, rated and not scored", () => {
    const world = worldAt("concluded", resettlementStory);
    const resettlement = concludedOn(world, "4.1");
    expect(resettlement).toMatchObject({ scored: false, rating: "Good" });
    expect(resettlement).not.toHaveProperty("score");
    expect(conclusionOf(world)).toMatchObject({ maxScore: 36 });
  });

  it("leave resettlement out where no child did", () => {
    const world = worldAt("concluded", noResettlementStory);
    expect(concludedOn(world, "4.1")).toBeUndefined();
    expect(concludedOn(world, "3.4")).toMatchObject({ decidedBy: "panel" });
  });
});
