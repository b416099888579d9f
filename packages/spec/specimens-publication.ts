/** One command of each kind that publication takes, where it is in place. */
import { assay } from "@assay/domain/kernel/actor.ts";
import type { PublicationCommand } from "@assay/domain/publication/commands.ts";

import { people } from "./people.ts";
import { returnComments } from "./publishing.ts";
import type { Specimen } from "./specimen.ts";
import { publicationMoment } from "./story.ts";
import type { World } from "./world.ts";

const reason = "A good reason";

export const comment = (world: World): void =>
  void world.tell(people.provider, {
    type: "SubmitComment",
    comment: "comment-one",
    section: "domain-2",
    wording: "The order was made in October.",
  });

export const commentAndReturn = (world: World): void => {
  comment(world);
  returnComments(world);
};

const redraft = (world: World): void =>
  void world.tell(people.lead, {
    type: "DraftSection",
    section: "background",
    markdown: "About the background, put right.",
  });

export const publicationSpecimens: Readonly<Record<PublicationCommand["type"], Specimen>> = {
  DraftSection: {
    at: "concluded",
    by: people.lead,
    ask: { type: "DraftSection", section: "foreword", markdown: "Dear reader." },
  },
  RecordContextualFact: {
    at: "concluded",
    by: people.analyst,
    ask: {
      type: "RecordContextualFact",
      name: "population",
      label: "Children aged 10 to 17",
      value: 21_345,
      unit: "children",
      source: "The statistics office",
      asOf: "2020",
    },
  },
  MakePoint: {
    at: "concluded",
    by: people.lead,
    ask: { type: "MakePoint", point: "p-1", kind: "strength", about: "1.1", wording: "It leads." },
  },
  WithdrawPoint: {
    at: "concluded",
    before: (world) =>
      void world.tell(people.lead, {
        ...{ type: "MakePoint", point: "p-2", kind: "improvement", about: "2.1.2" },
        wording: "Safety is not looked at.",
      }),
    by: people.lead,
    ask: { type: "WithdrawPoint", point: "p-2", reason },
  },
  RecordFigureTable: {
    at: "concluded",
    by: people.analyst,
    ask: {
      type: "RecordFigureTable",
      table: "staff",
      label: "Staff",
      unit: "people",
      source: "The service",
      asOf: "2021",
      rows: [{ label: "In post", value: 20, national: 18.5 }, { label: "Vacant" }],
    },
  },
  SetImprint: {
    at: "concluded",
    by: people.officer,
    ask: {
      type: "SetImprint",
      isbn: "978-0-306-40615-7",
      ledBy: "The lead",
      signedBy: "The chief",
      contact: "reports@inspectorate.example",
    },
  },
  ExcuseFinding: {
    at: "concluded",
    before: (world) => {
      const markdown = "Children meet at Nene Hollow.";
      world.tell(people.lead, { type: "DraftSection", section: "background", markdown });
    },
    by: people.lead,
    ask: {
      type: "ExcuseFinding",
      check: "name",
      place: "Background",
      words: "Nene Hollow",
      reason: "It is a place.",
    },
  },
  MakeRecommendation: {
    at: "concluded",
    by: people.lead,
    ask: { type: "MakeRecommendation", number: 2, addressee: "The council", wording: "Help." },
  },
  WithdrawRecommendation: {
    at: "drafted",
    by: people.lead,
    ask: { type: "WithdrawRecommendation", number: 1, reason },
  },
  SendDraft: { at: "drafted", by: people.lead, ask: { type: "SendDraft" } },
  SubmitComment: {
    at: "shared",
    by: people.provider,
    ask: { type: "SubmitComment", comment: "comment-one", section: "domain-1", wording: "No." },
  },
  ReturnComments: { at: "shared", by: people.provider, ask: { type: "ReturnComments" } },
  EndCommentPeriod: {
    at: "shared",
    by: assay,
    ask: { type: "EndCommentPeriod" },
    when: "2021-06-29T00:00:00.000Z",
  },
  AnswerComment: {
    at: "shared",
    before: commentAndReturn,
    by: people.lead,
    ask: {
      type: "AnswerComment",
      comment: "comment-one",
      outcome: "accepted",
      standards: ["2.1"],
      answer: "It was; thank you.",
    },
  },
  CloseFactualAccuracy: {
    at: "commented",
    by: people.lead,
    ask: { type: "CloseFactualAccuracy" },
  },
  SignOffReport: { at: "settled", by: people.chief, ask: { type: "SignOffReport" } },
  WithdrawSignOff: { at: "signed", by: people.chief, ask: { type: "WithdrawSignOff", reason } },
  SetEmbargo: {
    at: "signed",
    by: people.officer,
    ask: {
      type: "SetEmbargo",
      publishAt: publicationMoment,
      recipients: [{ body: "The ministry", name: "The minister" }],
    },
  },
  ChangeEmbargo: {
    at: "embargoed",
    by: people.chief,
    ask: { type: "ChangeEmbargo", publishAt: "2021-08-31T23:01:00.000Z", reason },
  },
  SendEmbargoedCopies: {
    at: "embargoed",
    by: assay,
    ask: { type: "SendEmbargoedCopies" },
    when: "2021-08-05T09:00:00.000Z",
  },
  PublishReport: {
    at: "embargoed",
    by: assay,
    ask: { type: "PublishReport" },
    when: publicationMoment,
  },
  IssueCorrection: {
    at: "published",
    before: redraft,
    by: people.chief,
    ask: { type: "IssueCorrection", what: "The background.", why: "It was wrong." },
  },
  SubmitActionPlan: {
    at: "published",
    by: people.provider,
    ask: {
      type: "SubmitActionPlan",
      actions: [
        { recommendation: 1, due: "2022-01-31", owner: "board-chair", action: "A new plan." },
      ],
    },
  },
  ReturnActionPlan: { at: "planned", by: people.head, ask: { type: "ReturnActionPlan", reason } },
  AcceptActionPlan: { at: "planned", by: people.lead, ask: { type: "AcceptActionPlan" } },
  TrackRecommendation: {
    at: "closed",
    by: people.provider,
    ask: { type: "TrackRecommendation", number: 1, status: "in-progress", note: "Half-way." },
  },
  ReleaseProgress: {
    at: "closed",
    before: (world) =>
      void world.tell(people.provider, {
        ...{ type: "TrackRecommendation", number: 1, status: "done", note: "All are trained." },
      }),
    by: people.lead,
    ask: { type: "ReleaseProgress", number: 1 },
  },
};
