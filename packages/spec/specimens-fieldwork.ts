/** One command of each kind that fieldwork as a whole takes, where it is in place. */
import { assay } from "@assay/domain/kernel/actor.ts";
import type { FieldworkCommand } from "@assay/domain/fieldwork/commands.ts";

import { proposeAll, sampleOf } from "./assessing.ts";
import { people } from "./people.ts";
import type { Specimen } from "./specimen.ts";
import { plainStory } from "./story.ts";
import type { World } from "./world.ts";

const raise = (world: World): void =>
  void world.tell(people.inspector, {
    type: "RaiseAlert",
    alert: "alert-one",
    risk: "A child is in danger.",
    action: "See the child today.",
  });

const tellService = (world: World): void => {
  raise(world);
  world.tell(people.lead, { type: "NotifyAlert", alert: "alert-one", to: people.provider.id });
};

const answer = (world: World): void => {
  tellService(world);
  world.tell(people.provider, { type: "AnswerAlert", alert: "alert-one", response: "Done." });
};

const evidence = {
  type: "LogEvidence",
  item: "board-minutes",
  kind: "document",
  keyQuestions: ["1.1.1", "1.1.2"],
  digest: "b".repeat(64),
  title: "Minutes of the board",
  note: "Twelve months of them.",
} as const;

export const fieldworkSpecimens: Readonly<Record<FieldworkCommand["type"], Specimen>> = {
  AllocateCase: {
    at: "opened",
    by: people.lead,
    ask: (world) => ({
      type: "AllocateCase",
      case: sampleOf(world)[0]!,
      to: people.assistant.id,
      reason: "Less work elsewhere.",
    }),
  },
  DeclareConflict: {
    at: "notified",
    by: people.lead,
    ask: (world) => ({
      type: "DeclareConflict",
      person: people.inspector.id,
      case: sampleOf(world)[0]!,
      reason: "A neighbour's child.",
    }),
  },
  DrawQualitySample: {
    at: "opened",
    by: people.quality,
    ask: { type: "DrawQualitySample", seed: "5e".repeat(32), markers: [people.quality.id] },
  },
  OpenFieldwork: {
    at: "notified",
    by: assay,
    ask: { type: "OpenFieldwork" },
    when: "2021-05-17T08:00:00.000Z",
  },
  LogEvidence: { at: "opened", by: people.inspector, ask: evidence },
  CloseSurvey: {
    at: "opened",
    by: people.analyst,
    ask: { type: "CloseSurvey", survey: "staff", invited: 30, responded: 21 },
  },
  RaiseAlert: {
    at: "opened",
    by: people.inspector,
    ask: (world) => ({
      type: "RaiseAlert",
      alert: "alert-two",
      case: sampleOf(world)[1]!,
      risk: "Nobody has seen the child.",
      action: "Visit today.",
    }),
  },
  NotifyAlert: {
    at: "opened",
    before: raise,
    by: people.lead,
    ask: { type: "NotifyAlert", alert: "alert-one", to: people.provider.id },
  },
  AnswerAlert: {
    at: "opened",
    before: tellService,
    by: people.provider,
    ask: { type: "AnswerAlert", alert: "alert-one", response: "We went at once." },
  },
  CloseAlert: {
    at: "opened",
    before: answer,
    by: people.lead,
    ask: { type: "CloseAlert", alert: "alert-one", outcome: "The child is safe." },
  },
  ProposeDomainOne: {
    at: "opened",
    before: (world) => void world.tell(people.lead, evidence),
    by: people.lead,
    ask: {
      type: "ProposeDomainOne",
      standard: "1.1",
      rating: "Requires improvement",
      evidence: ["board-minutes"],
      rationale: "The board met twice.",
    },
  },
  GiveInitialFeedback: {
    at: "assessed",
    by: people.lead,
    ask: { type: "GiveInitialFeedback", day: "2021-05-21", summary: "What we found." },
  },
  CloseFieldwork: {
    at: "assessed",
    before: (world) => {
      proposeAll(world, plainStory);
      const day = "2021-05-21";
      world.tell(people.lead, { type: "GiveInitialFeedback", day, summary: "What we found." });
    },
    by: people.lead,
    ask: { type: "CloseFieldwork" },
  },
};
