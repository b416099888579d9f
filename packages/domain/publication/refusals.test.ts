import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { comment, commentAndReturn } from "@assay/spec/specimens-publication.ts";
import { courtOnlyStory, publicationMoment } from "@assay/spec/story.ts";
import type { Asked, World } from "@assay/spec/world.ts";

import { assay } from "../kernel/actor.ts";
import type { PublicationRefusal } from "./commands.ts";

const reason = "A good reason";
const early = "2021-08-02T08:59:59.999Z";
const far = "2926-08-02T09:00:00.000Z";
const { lead, provider, chief, officer, chair } = people;

const asked = (type: keyof typeof specimens): Asked => specimens[type].ask as Asked;
const recommend = asked("MakeRecommendation") as Extract<Asked, { type: "MakeRecommendation" }>;
const submit = asked("SubmitComment") as Extract<Asked, { type: "SubmitComment" }>;
const plan = asked("SubmitActionPlan") as Extract<Asked, { type: "SubmitActionPlan" }>;
const embargo = asked("SetEmbargo") as Extract<Asked, { type: "SetEmbargo" }>;
const answer = asked("AnswerComment") as Extract<Asked, { type: "AnswerComment" }>;
const draft = asked("DraftSection");
const correct = asked("IssueCorrection");
const reconvene = { type: "ReconvenePanel", standards: ["3.1"], reason } as const;

const answered = (world: World): void => {
  commentAndReturn(world);
  world.tell(lead, answer);
};
const sitAgain = (world: World): void => void world.tell(chair, reconvene);
const concludeAgain = (world: World): void => {
  sitAgain(world);
  const present = ["cleo", "mina", "milo"];
  world.tell(chair, { type: "ConsiderStandard", standard: "3.1", present });
  world.tell(chair, { type: "ExerciseDiscretion", standard: "3.1", to: "Good", present, reason });
  world.tell(chair, { type: "ConcludePanel", present });
};
const redraft = (world: World): void => void world.tell(lead, draft);

/** Tested where they are: the report's checks, points, and what waits to be released. */
type Checked = "CannotBeSet" | "ReportHasErrors" | "AnswerNamesSomebody" | "NothingToExcuse";
type Elsewhere = Checked | "UnknownPoint" | "NoPoints" | "NothingToRelease";
type OwnRefusal = Exclude<PublicationRefusal, { reason: Elsewhere }>;

const table: Refusals<OwnRefusal> = {
  NotInThisPhase: [
    { at: "shared", by: lead, ask: draft, says: { phase: "publication shared" } },
    { at: "signed", by: lead, ask: draft, says: { phase: "publication signed" } },
    { at: "scheduled", by: lead, ask: draft },
    { at: "embargoed", by: lead, ask: asked("RecordContextualFact") },
    { at: "shared", by: lead, ask: recommend },
    { at: "drafted", by: provider, ask: submit },
    { at: "drafted", by: provider, ask: { type: "ReturnComments" } },
    { at: "drafted", by: lead, ask: { type: "EndCommentPeriod" } },
    { at: "shared", by: lead, ask: { type: "CloseFactualAccuracy" } },
    { at: "commented", by: chief, ask: { type: "SignOffReport" } },
    { at: "commented", by: chief, ask: { type: "WithdrawSignOff", reason } },
    { at: "published", by: chief, ask: { type: "WithdrawSignOff", reason } },
    { at: "settled", by: officer, ask: embargo },
    { at: "signed", by: chief, ask: asked("ChangeEmbargo") },
    { at: "signed", by: officer, ask: { type: "SendEmbargoedCopies" } },
    { at: "signed", by: assay, ask: { type: "PublishReport" }, when: publicationMoment },
    { at: "embargoed", by: chief, ask: correct },
    { at: "embargoed", by: provider, ask: plan },
    {
      at: "planned",
      by: provider,
      ask: { ...plan, actions: [{ ...plan.actions[0]!, action: "Another plan." }] },
      says: { phase: "publication planned" },
    },
    { at: "published", by: lead, ask: { type: "ReturnActionPlan", reason } },
    { at: "published", by: lead, ask: { type: "AcceptActionPlan" } },
    { at: "drafted", by: lead, ask: { type: "TrackRecommendation", number: 1, status: "done" } },
    {
      at: "shared",
      before: (world) => {
        comment(world);
      },
      by: lead,
      ask: answer,
    },
  ],
  RatingsNotConcluded: [
    {
      at: "decided",
      before: (world) => {
        for (const section of ["foreword", "background"] as const)
          world.tell(lead, { type: "DraftSection", section, markdown: "Early." });
      },
      by: lead,
      ask: { type: "SendDraft" },
    },
    { at: "commented", before: sitAgain, by: lead, ask: { type: "CloseFactualAccuracy" } },
    { at: "settled", before: sitAgain, by: chief, ask: { type: "SignOffReport" } },
    {
      at: "embargoed",
      before: sitAgain,
      by: assay,
      ask: { type: "PublishReport" },
      when: publicationMoment,
    },
    {
      at: "published",
      before: (world) => (redraft(world), sitAgain(world)),
      by: chief,
      ask: correct,
    },
  ],
  OverallWithheld: [
    { at: "concluded", story: courtOnlyStory, by: lead, ask: { type: "SendDraft" } },
  ],
  SignedOnOtherRatings: [
    {
      at: "embargoed",
      before: concludeAgain,
      by: assay,
      ask: { type: "PublishReport" },
      when: publicationMoment,
    },
  ],
  UnknownSection: [{ at: "concluded", by: lead, ask: { ...draft, section: "domain-9" } as Asked }],
  SectionsMissing: [
    {
      at: "concluded",
      before: redraft,
      by: lead,
      ask: { type: "SendDraft" },
      says: {
        sections: [
          "executive-summary",
          "background",
          "contextual-facts",
          "domain-1",
          "domain-2",
          "domain-3",
        ],
      },
    },
  ],
  NumberTaken: [
    { at: "drafted", by: lead, ask: { ...recommend, number: 1 }, says: { number: 1 } },
    {
      at: "drafted",
      before: (world) =>
        void world.tell(lead, { type: "WithdrawRecommendation", number: 1, reason }),
      by: lead,
      ask: { ...recommend, number: 1 },
    },
  ],
  UnknownRecommendation: [
    { at: "drafted", by: lead, ask: { type: "WithdrawRecommendation", number: 9, reason } },
    {
      at: "published",
      by: provider,
      ask: { ...plan, actions: [...plan.actions, { ...plan.actions[0]!, recommendation: 7 }] },
      says: { number: 7 },
    },
    { at: "published", by: lead, ask: { type: "TrackRecommendation", number: 7, status: "done" } },
  ],
  NoRecommendations: [
    {
      at: "drafted",
      before: (world) =>
        void world.tell(lead, { type: "WithdrawRecommendation", number: 1, reason }),
      by: lead,
      ask: { type: "SendDraft" },
    },
    {
      at: "settled",
      before: (world) =>
        void world.tell(lead, { type: "WithdrawRecommendation", number: 1, reason }),
      by: chief,
      ask: { type: "SignOffReport" },
    },
  ],
  CommentPeriodOver: [
    {
      at: "shared",
      by: provider,
      ask: submit,
      when: "2021-06-28T23:00:00.000Z",
      says: { due: "2021-06-28" },
    },
  ],
  NotYetDue: [
    {
      at: "shared",
      by: assay,
      ask: { type: "EndCommentPeriod" },
      when: "2021-06-28T22:59:59.999Z",
      says: { due: "2021-06-28" },
    },
    {
      at: "embargoed",
      by: assay,
      ask: { type: "PublishReport" },
      when: "2021-08-09T23:00:59.999Z",
      says: { due: publicationMoment },
    },
  ],
  AlreadyUsed: [
    {
      at: "shared",
      before: comment,
      by: provider,
      ask: { ...submit, section: "domain-2", wording: "Other words." },
      says: { item: "comment-one" },
    },
    { at: "shared", before: comment, by: provider, ask: { ...submit, section: "domain-3" } },
  ],
  AlreadyAnswered: [
    { at: "shared", before: answered, by: lead, ask: { ...answer, standards: [] } },
    { at: "shared", before: answered, by: lead, ask: { ...answer, outcome: "partly-accepted" } },
  ],
  NothingToCorrect: [
    {
      at: "shared",
      before: commentAndReturn,
      by: lead,
      ask: { ...answer, outcome: "not-accepted" },
    },
  ],
  UnknownComment: [{ at: "commented", by: lead, ask: answer, says: { comment: "comment-one" } }],
  UnknownStandard: [
    { at: "shared", before: commentAndReturn, by: lead, ask: { ...answer, standards: ["4.1"] } },
  ],
  CommentsUnanswered: [
    {
      at: "shared",
      before: commentAndReturn,
      by: lead,
      ask: { type: "CloseFactualAccuracy" },
      says: { comments: ["comment-one"] },
    },
  ],
  PanelStillToDecide: [
    {
      at: "shared",
      before: answered,
      by: lead,
      ask: { type: "CloseFactualAccuracy" },
      says: { standards: ["2.1"] },
    },
  ],
  PublicationInThePast: [
    { at: "signed", by: officer, ask: { ...embargo, publishAt: "2021-08-02T09:00:00.000Z" } },
    { at: "embargoed", by: chief, ask: { type: "ChangeEmbargo", publishAt: early, reason } },
  ],
  DayNotPlausible: [
    { at: "signed", by: officer, ask: { ...embargo, publishAt: far } },
    { at: "embargoed", by: chief, ask: { type: "ChangeEmbargo", publishAt: far, reason } },
  ],
  SameMoment: [
    {
      at: "embargoed",
      by: chief,
      ask: { type: "ChangeEmbargo", publishAt: publicationMoment, reason },
    },
  ],
  TooSoonForCopies: [
    {
      at: "embargoed",
      by: officer,
      ask: { type: "SendEmbargoedCopies" },
      says: { copiesFrom: "2021-08-04T23:01:00.000Z" },
    },
  ],
  NothingChanged: [
    { at: "published", by: chief, ask: correct },
    {
      at: "published",
      before: (world) => (redraft(world), world.tell(chief, correct), undefined),
      by: chief,
      ask: { type: "IssueCorrection", what: "The foreword.", why: "It was wrong." },
    },
  ],
  RecommendationsWithoutAction: [
    {
      at: "drafted",
      before: (world) => {
        world.tell(lead, recommend);
        toPublication(world);
      },
      by: provider,
      ask: plan,
      says: { numbers: [2] },
    },
  ],
};

const toPublication = (world: World): void => {
  world.tell(lead, { type: "SendDraft" });
  world.tell(provider, { type: "ReturnComments" });
  world.tell(lead, { type: "CloseFactualAccuracy" });
  world.tell(chief, { type: "SignOffReport" });
  world.tell(officer, embargo);
  world.moveTo(publicationMoment);
};

testRefusals(table);
