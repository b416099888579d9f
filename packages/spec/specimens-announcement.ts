/** One command of each kind that the announcement takes, where it is in place. */
import { assay } from "@assay/domain/kernel/actor.ts";
import type { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import { commitmentTo } from "@assay/domain/sampling/stream.ts";

import { answerCase, sampleOf } from "./assessing.ts";
import { recipients } from "./before-fieldwork.ts";
import { people, service, team } from "./people.ts";
import type { Specimen } from "./specimen.ts";
import { fieldworkDays, nonce, plainRows, plainStory } from "./story.ts";
import type { World } from "./world.ts";

const laterDays = { start: "2021-06-14", end: "2021-06-18" };
const reason = "A good reason";

/** The seed of the draw. */
const seedOf = (world: World): string => {
  const drawn = world.facts("inspection").find((fact) => fact.type === "SampleDrawn");
  if (drawn?.type !== "SampleDrawn") throw new Error("nothing is drawn");
  return drawn.draw.seed;
};

/** The first case has answers, and is to leave the sample. */
export const proposeReplacement = (world: World): void => {
  const id = sampleOf(world)[0]!;
  answerCase(world, id, plainStory);
  world.tell(people.lead, {
    type: "ReplaceCase",
    case: id,
    reason: "conflict-of-interest",
    note: "The assessor knows the family.",
  });
};

export const announcementSpecimens: Readonly<Record<InspectionCommand["type"], Specimen>> = {
  ScheduleInspection: {
    at: "unscheduled",
    by: people.scheduler,
    ask: {
      type: "ScheduleInspection",
      service,
      framework: "yos-2018",
      fieldwork: fieldworkDays,
      team,
    },
  },
  RescheduleInspection: {
    at: "announced",
    by: people.scheduler,
    ask: { type: "RescheduleInspection", fieldwork: laterDays, reason },
  },
  AssignTeam: {
    at: "notified",
    by: people.head,
    ask: { type: "AssignTeam", team: team.slice(0, 4) },
  },
  DelegateLead: {
    at: "notified",
    by: people.lead,
    ask: { type: "DelegateLead", to: people.deputy.id, reason },
  },
  EndDelegation: {
    at: "notified",
    before: (world) =>
      void world.tell(people.lead, { type: "DelegateLead", to: people.deputy.id, reason }),
    by: people.lead,
    ask: { type: "EndDelegation" },
  },
  AnnounceInspection: {
    at: "scheduled",
    by: people.scheduler,
    ask: { type: "AnnounceInspection", commitment: commitmentTo(nonce), recipients },
  },
  NameBeacon: {
    at: "announced",
    by: people.scheduler,
    ask: { type: "NameBeacon", source: "drand-quicknet" },
    when: "2026-04-12T09:00:00.000Z",
  },
  ReceiveSubmission: {
    at: "announced",
    by: people.provider,
    ask: {
      type: "ReceiveSubmission",
      request: "evidence-in-advance",
      digest: "d".repeat(64),
      bytes: 12,
      mediaType: "text/plain",
      name: "plan.txt",
    },
  },
  ReturnSubmission: {
    at: "announced",
    before: (world) =>
      void world.tell(people.provider, {
        type: "ReceiveSubmission",
        request: "contextual-data",
        digest: "f".repeat(64),
        bytes: 12,
        mediaType: "text/csv",
        name: "figures.csv",
      }),
    by: people.scheduler,
    ask: {
      type: "ReturnSubmission",
      request: "contextual-data",
      digest: "f".repeat(64),
      reason: "Half of the figures are missing.",
    },
  },
  SatisfyRequest: {
    at: "listed",
    by: people.lead,
    ask: { type: "SatisfyRequest", request: "evidence-in-advance" },
  },
  ChaseRequest: {
    at: "announced",
    by: assay,
    ask: { type: "ChaseRequest", request: "case-list" },
    when: "2021-04-20T08:00:00.000Z",
  },
  SubmitCaseList: {
    at: "announced",
    by: people.provider,
    ask: { type: "SubmitCaseList", rows: plainRows },
  },
  ReturnCaseList: {
    at: "listed",
    by: people.analyst,
    ask: { type: "ReturnCaseList", reason, commitment: commitmentTo("0a") },
  },
  SetSampleSizes: {
    at: "announced",
    by: people.analyst,
    ask: { type: "SetSampleSizes", overrides: { court: { size: 7, reason } } },
  },
  DrawSample: { at: "listed", by: people.analyst, ask: { type: "DrawSample", nonce } },
  CountersignDraw: {
    at: "notified",
    by: people.provider,
    ask: (world) => ({ type: "CountersignDraw", seed: seedOf(world), equal: true }),
  },
  NotifySample: { at: "sampled", by: people.analyst, ask: { type: "NotifySample" } },
  BookInterview: {
    at: "notified",
    by: people.scheduler,
    ask: (world) => ({
      type: "BookInterview",
      case: sampleOf(world)[0]!,
      day: "2021-05-18",
      with: "case-manager",
    }),
  },
  ReplaceCase: {
    at: "opened",
    by: people.lead,
    ask: (world) => ({
      type: "ReplaceCase",
      case: sampleOf(world)[0]!,
      reason: "file-unavailable",
      note: "The file is lost.",
    }),
  },
  ApproveReplacement: {
    at: "opened",
    before: proposeReplacement,
    by: people.head,
    ask: (world) => ({ type: "ApproveReplacement", case: sampleOf(world)[0]! }),
  },
  PostponeInspection: {
    at: "notified",
    by: people.head,
    ask: { type: "PostponeInspection", reason },
  },
  ResumeInspection: {
    at: "announced",
    before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
    by: people.head,
    ask: { type: "ResumeInspection", fieldwork: laterDays },
  },
  CancelInspection: { at: "signed", by: people.head, ask: { type: "CancelInspection", reason } },
};
