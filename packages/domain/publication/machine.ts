/**
 * A report as a picture, from the first draft to the closing of the inspection: what may happen
 * when, and what is owed. Its events are the recorded facts. What is written after publication
 * waits for a correction: the published version rests on the revisions it names, and never changes.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { PublicationCommand } from "./commands.ts";
import type { PublicationEvent } from "./events.ts";

export type PublicationDuty =
  | "write"
  | "send-draft"
  | "comment"
  | "end-comments"
  | "answer"
  | "close-accuracy"
  | "sign-off"
  | "withdraw-sign-off"
  | "set-embargo"
  | "copies"
  | "publish"
  | "correct"
  | "release-progress"
  | "action-plan"
  | "accept-plan";

const writing = (phase: string) => ({
  SectionDrafted: phase,
  ContextualFactRecorded: phase,
  FindingExcused: phase,
  RecommendationMade: phase,
  RecommendationWithdrawn: phase,
  PointMade: phase,
  PointWithdrawn: phase,
  FigureTableRecorded: phase,
  ImprintSet: phase,
});

const withdraw = { owner: "system", by: "WithdrawSignOff" } as const;
const release = { owner: "lead-inspector", by: "ReleaseProgress" } as const;
const correct = { owner: "chief-inspector", by: "IssueCorrection" } as const;

export const publicationMachine = setup({
  types: {
    events: {} as PublicationEvent,
    meta: {} as PhaseMeta<PublicationDuty, PublicationCommand["type"]>,
  },
}).createMachine({
  id: "publication",
  initial: "drafted",
  states: {
    drafted: {
      meta: {
        words: "the report is being drafted",
        owed: {
          write: { owner: "lead-inspector", by: "DraftSection" },
          "send-draft": { owner: "lead-inspector", by: "SendDraft" },
        },
      },
      on: { ...writing("drafted"), DraftSent: "shared" },
    },
    shared: {
      meta: {
        words: "the service has the draft and may comment on its facts",
        owed: {
          comment: { owner: "provider-user", by: "ReturnComments" },
          "end-comments": { owner: "system", by: "EndCommentPeriod" },
        },
      },
      on: {
        CommentReceived: "shared",
        CommentsReturned: "commented",
        CommentPeriodEnded: "commented",
      },
    },
    commented: {
      meta: {
        words: "the comments of the service are being answered",
        owed: {
          answer: { owner: "lead-inspector", by: "AnswerComment" },
          "close-accuracy": { owner: "lead-inspector", by: "CloseFactualAccuracy" },
        },
      },
      on: {
        ...writing("commented"),
        CommentAnswered: "commented",
        FactualAccuracyClosed: "settled",
      },
    },
    settled: {
      meta: {
        words: "the report waits for the sign-off",
        owed: { "sign-off": { owner: "chief-inspector", by: "SignOffReport" } },
      },
      on: { ...writing("settled"), ReportSignedOff: "signed" },
    },
    signed: {
      meta: {
        words: "the report is signed off",
        owed: {
          "withdraw-sign-off": withdraw,
          "set-embargo": { owner: "publications-officer", by: "SetEmbargo" },
        },
      },
      on: { SignOffWithdrawn: "settled", EmbargoSet: "embargoed" },
    },
    embargoed: {
      meta: {
        words: "the report is under embargo",
        owed: {
          "withdraw-sign-off": withdraw,
          copies: { owner: "system", by: "SendEmbargoedCopies" },
          publish: { owner: "system", by: "PublishReport" },
        },
      },
      on: {
        SignOffWithdrawn: "settled",
        EmbargoChanged: "embargoed",
        EmbargoedCopiesSent: "embargoed",
        ReportPublished: "published",
      },
    },
    published: {
      meta: {
        words: "the report is published",
        owed: {
          "action-plan": { owner: "provider-user", by: "SubmitActionPlan" },
          "release-progress": release,
          correct,
        },
      },
      on: {
        ...writing("published"),
        CorrectionIssued: "published",
        RecommendationTracked: "published",
        ProgressReleased: "published",
        ActionPlanReceived: "planned",
      },
    },
    planned: {
      meta: {
        words: "the action plan has been received",
        owed: {
          "accept-plan": { owner: "lead-inspector", by: "AcceptActionPlan" },
          "release-progress": release,
          correct,
        },
      },
      on: {
        ...writing("planned"),
        CorrectionIssued: "planned",
        RecommendationTracked: "planned",
        ProgressReleased: "planned",
        ActionPlanReturned: "published",
        ActionPlanAccepted: "accepted",
      },
    },
    accepted: {
      meta: { words: "the action plan is accepted" },
      on: { InspectionClosed: "closed" },
    },
    closed: {
      meta: { words: "the inspection is closed", owed: { "release-progress": release, correct } },
      on: {
        ...writing("closed"),
        CorrectionIssued: "closed",
        RecommendationTracked: "closed",
        ProgressReleased: "closed",
      },
    },
  },
});

export type PublicationPhase = SnapshotFrom<typeof publicationMachine>;

/** Writing needs the framework: it says which sections a report has. */
const announced = ["under-way", "announced"] as const;

export const publicationChart = chartOf<typeof publicationMachine, PublicationCommand["type"]>(
  publicationMachine,
  {
    DraftSection: ["SectionDrafted"],
    RecordContextualFact: ["ContextualFactRecorded"],
    ExcuseFinding: ["FindingExcused"],
    MakeRecommendation: ["RecommendationMade"],
    WithdrawRecommendation: ["RecommendationWithdrawn"],
    MakePoint: ["PointMade"],
    WithdrawPoint: ["PointWithdrawn"],
    RecordFigureTable: ["FigureTableRecorded"],
    SetImprint: ["ImprintSet"],
    SendDraft: ["DraftSent"],
    SubmitComment: ["CommentReceived"],
    ReturnComments: ["CommentsReturned"],
    EndCommentPeriod: ["CommentPeriodEnded"],
    AnswerComment: ["CommentAnswered"],
    CloseFactualAccuracy: ["FactualAccuracyClosed"],
    SignOffReport: ["ReportSignedOff"],
    WithdrawSignOff: ["SignOffWithdrawn"],
    SetEmbargo: ["EmbargoSet"],
    ChangeEmbargo: ["EmbargoChanged"],
    SendEmbargoedCopies: ["EmbargoedCopiesSent"],
    PublishReport: ["ReportPublished"],
    IssueCorrection: ["CorrectionIssued"],
    SubmitActionPlan: ["ActionPlanReceived"],
    ReturnActionPlan: ["ActionPlanReturned"],
    AcceptActionPlan: ["ActionPlanAccepted"],
    TrackRecommendation: ["RecommendationTracked"],
    ReleaseProgress: ["ProgressReleased"],
  },
  {
    DraftSection: announced,
    RecordContextualFact: announced,
    ExcuseFinding: announced,
    MakeRecommendation: announced,
    WithdrawRecommendation: announced,
    MakePoint: announced,
    WithdrawPoint: announced,
    RecordFigureTable: announced,
    SetImprint: announced,
    SendDraft: announced,
  },
);
