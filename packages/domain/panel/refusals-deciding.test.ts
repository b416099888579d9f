import { changeAnswer, sampleOf } from "@assay/spec/assessing.ts";
import {
  type AboutMembers,
  because as reason,
  consider,
  decide,
  decline,
  exercise,
  reconvene,
  recuse,
  seal,
  vote,
} from "@assay/spec/panel-requests.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { considerSmall } from "@assay/spec/specimens-panel.ts";
import { commentAndReturn } from "@assay/spec/specimens-publication.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { courtOnlyStory, plainStory, type Story } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { fold } from "../kernel/decider.ts";
import { PanelCommand, type PanelRefusal } from "./commands.ts";
import { panel } from "./decide.ts";

const by = people.chair;
const present = panelMembers;

const considerLarge = (world: World): void => void world.tell(by, consider("2.1"));
const votes = (world: World): void => {
  considerSmall(world);
  for (const member of [by, people.member, people.secondMember]) world.tell(member, vote("3.1"));
};
const touch = (world: World): void => {
  commentAndReturn(world);
  world.tell(people.lead, {
    type: "AnswerComment",
    comment: "comment-one",
    outcome: "accepted",
    standards: ["2.1", "2.2"],
    answer: "Quite so.",
  });
};
const reopen = (world: World): void =>
  void world.tell(people.lead, { type: "ReopenAssessment", case: sampleOf(world)[0]!, reason });
/** No case is sufficient on 3.1.1. */
const inadequate: Story = {
  ...plainStory,
  answer: (_, question) => (question === "3.1.1" ? "no" : "yes"),
};

/**
 * Fieldwork never closes without a proposal, so that one is asked of the rules alone, below. Limits
 * and frameworks without an overall rating are in `other-frameworks.test.ts`.
 */
type Told = Exclude<
  PanelRefusal,
  { readonly reason: "NotProposed" | "AboveTheLimit" | "NoOverallRating" }
>;

const table: Omit<Refusals<Told>, AboutMembers["reason"]> = {
  NotInThisPhase: [
    { at: "concluded", by, ask: recuse(people.member.id), says: { phase: "panel concluded" } },
    { at: "concluded", by, ask: seal("2.1") },
    { at: "concluded", by, ask: exercise("3.1", "Good") },
    { at: "concluded", by, ask: decide("1.1", "Outstanding") },
    { at: "concluded", by, ask: vote("3.1") },
    { at: "sitting", by: people.head, ask: { type: "DecideOverall", reason } },
    { at: "sitting", by, ask: reconvene(["2.1"]), says: { phase: "panel sitting.first" } },
  ],
  CannotBeSet: [
    {
      at: "sitting",
      before: considerSmall,
      by,
      ask: { type: "DeclineDiscretion", standard: "3.1", present, reason: "{{9.9 rating}}" },
      says: {
        findings: [
          {
            place: "Reason, line 1",
            problem: "{{9.9 rating}} names nothing: there is no 9.9 in this inspection.",
          },
        ],
      },
    },
    {
      at: "sitting",
      by,
      ask: { ...decide("1.1", "Outstanding"), reason: "See\n{{figure caseload}}" },
    },
  ],
  UnknownStandard: [
    { at: "sitting", by, ask: consider("9.9"), says: { standard: "9.9" } },
    { at: "sitting", by: people.member, ask: vote("9.9") },
    { at: "sitting", by: people.member, ask: seal("4.1") },
    { at: "sitting", by, ask: recuse("mina", "9.9") },
    {
      at: "sitting",
      by: people.member,
      ask: { type: "RecordDissent", standard: "9.9", reason },
    },
    { at: "concluded", by, ask: reconvene(["9.9"]) },
  ],
  NotReconvenedFor: [
    {
      at: "concluded",
      before: (world) => void world.tell(by, reconvene(["3.1"])),
      by,
      ask: decide("1.1", "Outstanding"),
      says: { standard: "1.1" },
    },
    {
      at: "concluded",
      before: (world) => void world.tell(by, reconvene(["3.1"])),
      by: people.member,
      ask: vote("3.2"),
    },
  ],
  NotJudgedByPeople: [{ at: "sitting", by, ask: decide("2.1") }],
  NotJudgedByCases: [
    { at: "sitting", by, ask: consider("1.1") },
    { at: "sitting", by, ask: exercise("1.1", "Good") },
  ],
  NotConsidered: [
    { at: "sitting", by, ask: exercise("3.1", "Good"), says: { standard: "3.1" } },
    { at: "sitting", by, ask: decline("3.1") },
  ],
  ConsideredOnOtherNumbers: [
    {
      at: "sitting",
      before: (world) => {
        considerSmall(world);
        changeAnswer(world, sampleOf(world).at(-1)!, "3.1.1", "no");
      },
      by,
      ask: exercise("3.1", "Outstanding"),
    },
  ],
  NotRated: [
    {
      at: "sitting",
      story: courtOnlyStory,
      before: considerSmall,
      by,
      ask: exercise("3.1", "Good"),
    },
    { at: "sitting", story: courtOnlyStory, before: considerSmall, by, ask: decline("3.1") },
  ],
  NotEligible: [
    {
      at: "sitting",
      before: considerLarge,
      by,
      ask: exercise("2.1", "Good"),
      says: { standard: "2.1", rule: "Outstanding" },
    },
    { at: "sitting", before: considerLarge, by, ask: decline("2.1") },
  ],
  TooFarMoved: [
    {
      at: "sitting",
      before: considerSmall,
      by,
      ask: exercise("3.1", "Requires improvement"),
      says: { from: "Outstanding", to: "Requires improvement", bands: 1 },
    },
    {
      at: "sitting",
      story: inadequate,
      before: considerSmall,
      by,
      ask: exercise("3.1", "Outstanding"),
      says: { from: "Inadequate" },
    },
  ],
  NotMoved: [{ at: "sitting", before: considerSmall, by, ask: exercise("3.1", "Outstanding") }],
  UnknownGrade: [
    {
      at: "sitting",
      by,
      ask: { ...decide("1.1", "Good"), rating: "Fair" },
      says: { rating: "Fair" },
    },
    {
      at: "sitting",
      by: people.member,
      ask: { type: "CastVote", standard: "3.1", rating: "Fair" },
    },
  ],
  ReasonRequired: [{ at: "sitting", by, ask: decide("1.1", "Outstanding") }],
  NotAReconstruction: [
    {
      at: "sitting",
      before: considerSmall,
      by,
      ask: { type: "AdoptPublishedRating", standard: "3.1", rating: "Good" },
    },
  ],
  AgainstTheVote: [
    { at: "sitting", before: votes, by, ask: decline("3.1"), says: { voted: "Good" } },
    {
      at: "sitting",
      before: (world) => {
        for (const member of [by, people.member]) world.tell(member, vote("1.1", "Outstanding"));
      },
      by,
      ask: decide("1.1"),
    },
    {
      at: "sitting",
      before: (world) => {
        considerSmall(world);
        world.tell(by, vote("3.1", "Outstanding"));
        world.tell(people.member, vote("3.1", "Good"));
      },
      by,
      ask: exercise("3.1", "Good"),
      says: { voted: "Outstanding" },
    },
  ],
  AssessmentsNotConfirmed: [
    {
      at: "decided",
      before: reopen,
      by,
      ask: { type: "ConcludePanel", present },
      says: { cases: [expect.stringMatching(/^c/)] },
    },
  ],
  Undecided: [
    {
      at: "sitting",
      before: considerSmall,
      by,
      ask: { type: "ConcludePanel", present },
      says: {
        standards: [
          { standard: "1.1", owed: "domain-one", triggers: [] },
          { standard: "1.2", owed: "domain-one" },
          { standard: "1.3", owed: "domain-one" },
          { standard: "1.4", owed: "domain-one" },
          { standard: "2.1", owed: "consideration", triggers: [] },
          { standard: "2.2", owed: "consideration" },
          { standard: "2.3", owed: "consideration" },
          { standard: "2.4", owed: "consideration" },
          { standard: "3.1", owed: "discretion", triggers: ["one-case", "small-sample"] },
          { standard: "3.2", owed: "consideration" },
          { standard: "3.3", owed: "consideration" },
          { standard: "3.4", owed: "consideration" },
        ],
      },
    },
    {
      at: "decided",
      before: (world) => {
        for (const member of [by, people.member]) world.tell(member, vote("3.1"));
      },
      by,
      ask: { type: "ConcludePanel", present },
      says: { standards: [{ standard: "3.1", owed: "discretion" }] },
    },
  ],
  UnknownComment: [
    {
      at: "concluded",
      by,
      ask: reconvene(["2.1"], "comment-one"),
      says: { comment: "comment-one" },
    },
  ],
  CommentTouchesMore: [
    {
      at: "shared",
      before: touch,
      by,
      ask: reconvene(["2.1"], "comment-one"),
      says: { comment: "comment-one", standards: ["2.2"] },
    },
  ],
  OverallNotWithheld: [
    { at: "concluded", by: people.head, ask: { type: "DecideOverall", overall: "Good", reason } },
  ],
};

testRefusals(table);

describe("a standard without a proposal", () => {
  it("cannot be decided, whatever let fieldwork close", () => {
    const world = worldAt("sitting");
    const facts = world.facts().filter(({ type }) => type !== "DomainOneProposed");
    const state = fold(panel, facts as Parameters<typeof panel.evolve>[1][]);
    const { inspection, now: at } = world;
    const command = PanelCommand.parse({ ...decide("1.1"), inspection, at, by });
    const refusal = { reason: "NotProposed", standard: "1.1" };
    expect(panel.decide(command, state, [])).toEqual({ accepted: false, refusal });
  });
});
