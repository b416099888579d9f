/**
 * The phases of a report as a picture, from the first draft to the closing of the inspection. Its
 * events are the recorded facts. What is written after publication waits for a correction: the
 * published version rests on the revisions it names, and never changes.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../kernel/chart.ts";
import type { PublicationEvent } from "./events.ts";

const writing = (phase: string) => ({
  SectionDrafted: phase,
  ContextualFactRecorded: phase,
  FindingExcused: phase,
  RecommendationMade: phase,
  RecommendationWithdrawn: phase,
});

export const publicationMachine = setup({
  types: { events: {} as PublicationEvent },
}).createMachine({
  id: "publication",
  initial: "drafted",
  states: {
    drafted: { on: { ...writing("drafted"), DraftSent: "shared" } },
    shared: {
      on: {
        CommentReceived: "shared",
        CommentsReturned: "commented",
        CommentPeriodEnded: "commented",
      },
    },
    commented: {
      on: {
        ...writing("commented"),
        CommentAnswered: "commented",
        FactualAccuracyClosed: "settled",
      },
    },
    settled: { on: { ...writing("settled"), ReportSignedOff: "signed" } },
    signed: { on: { SignOffWithdrawn: "settled", EmbargoSet: "embargoed" } },
    embargoed: {
      on: {
        SignOffWithdrawn: "settled",
        EmbargoChanged: "embargoed",
        EmbargoedCopiesSent: "embargoed",
        ReportPublished: "published",
      },
    },
    published: {
      on: {
        ...writing("published"),
        CorrectionIssued: "published",
        RecommendationTracked: "published",
        ActionPlanReceived: "planned",
      },
    },
    planned: {
      on: {
        ...writing("planned"),
        CorrectionIssued: "planned",
        RecommendationTracked: "planned",
        ActionPlanReturned: "published",
        ActionPlanAccepted: "accepted",
      },
    },
    accepted: { on: { InspectionClosed: "closed" } },
    closed: {
      on: { ...writing("closed"), CorrectionIssued: "closed", RecommendationTracked: "closed" },
    },
  },
});

export type PublicationPhase = SnapshotFrom<typeof publicationMachine>;

export const publicationChart = chartOf(publicationMachine, [
  "SectionDrafted",
  "ContextualFactRecorded",
  "FindingExcused",
  "RecommendationMade",
  "RecommendationWithdrawn",
  "CommentReceived",
  "CommentAnswered",
  "EmbargoChanged",
  "EmbargoedCopiesSent",
  "CorrectionIssued",
  "RecommendationTracked",
]);
