import { proposeAll, sampleOf } from "@assay/spec/assessing.ts";
import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { plainStory } from "@assay/spec/story.ts";
import type { Asked, World } from "@assay/spec/world.ts";

import { expect } from "vitest";

import type { FieldworkRefusal } from "./commands.ts";
import { alarm, type OfAlerts, raise } from "./contract/alerting.ts";

const evidence = specimens.LogEvidence.ask as Extract<Asked, { type: "LogEvidence" }>;
const propose = {
  type: "ProposeDomainOne",
  standard: "1.1",
  rating: "Good",
  evidence: ["board-minutes"],
  rationale: "It says so.",
} as const;
const survey = { type: "CloseSurvey", survey: "staff", invited: 10, responded: 11 } as const;
const feedback = {
  type: "GiveInitialFeedback",
  day: "2021-05-21",
  summary: "What we found.",
} as const;

const log = (world: World): void => void world.tell(people.lead, evidence);
const allocate = (to: string) => (world: World) =>
  ({ type: "AllocateCase", case: sampleOf(world)[0]!, to, reason: "Less work." }) as const;

const conflict = (person: string) => (world: World) =>
  ({ type: "DeclareConflict", person, case: sampleOf(world)[0]!, reason: "A neighbour." }) as const;
const draw = (digits: string) =>
  ({
    type: "DrawQualitySample",
    seed: digits.repeat(32),
    markers: [people.quality.id],
  }) as const;

/** What is refused of alerts has tests of its own. */
const table: Omit<Refusals<FieldworkRefusal>, OfAlerts> = {
  ConflictOfInterest: [
    {
      at: "notified",
      before: (world) => void world.tell(people.lead, conflict("asta")(world)),
      by: people.lead,
      ask: allocate("asta"),
      says: { person: "asta" },
    },
  ],
  NotYourself: [
    { at: "opened", by: people.inspector, ask: conflict("ivan"), says: { person: "ivan" } },
  ],
  QualitySampleAlreadyDrawn: [
    {
      at: "opened",
      before: (world) => void world.tell(people.quality, draw("5e")),
      by: people.quality,
      ask: draw("6f"),
      says: { seed: "5e".repeat(32) },
    },
  ],
  NotInThisPhase: [
    {
      at: "sampled",
      by: people.lead,
      ask: { type: "OpenFieldwork" },
      when: "2021-05-17T09:00:00.000Z",
      says: { now: "sample drawn", first: "SampleNotified" },
    },
    {
      at: "notified",
      by: people.analyst,
      ask: survey,
      says: { phase: "fieldwork prepared", first: "FieldworkOpened" },
    },
    { at: "notified", by: people.inspector, ask: raise },
    { at: "notified", before: log, by: people.lead, ask: propose },
    { at: "notified", by: people.lead, ask: feedback },
    { at: "notified", by: people.lead, ask: { type: "CloseFieldwork" } },
    {
      at: "fieldwork-closed",
      by: people.inspector,
      ask: evidence,
      says: { now: "fieldwork has closed" },
    },
    { at: "fieldwork-closed", by: people.inspector, ask: raise },
  ],
  NotInTheSample: [
    {
      at: "notified",
      by: people.lead,
      ask: { type: "AllocateCase", case: "c0999", to: people.inspector.id },
      says: { case: "c0999" },
    },
    { at: "opened", by: people.inspector, ask: { ...raise, case: "c0999" } },
  ],
  NotOnTheTeam: [
    { at: "notified", by: people.lead, ask: allocate("nobody"), says: { person: "nobody" } },
    { at: "opened", by: people.lead, ask: allocate(people.quality.id) },
  ],
  OwnService: [
    {
      at: "notified",
      before: (world) =>
        void world.tell(people.scheduler, {
          type: "AssignTeam",
          team: [
            { person: people.lead.id, role: "lead-inspector" },
            { person: "liam", role: "local-assessor", homeService: "sandford" },
          ],
        }),
      by: people.lead,
      ask: allocate("liam"),
      says: { person: "liam" },
    },
  ],
  ReasonRequired: [
    {
      at: "opened",
      by: people.lead,
      ask: (world) => ({
        type: "AllocateCase",
        case: sampleOf(world)[0]!,
        to: people.assistant.id,
      }),
    },
  ],
  NothingToExplain: [
    {
      at: "notified",
      by: people.lead,
      ask: (world) => ({ ...allocate("iris")(world), reason: "She knows the area." }),
    },
  ],
  NotYetDue: [
    {
      at: "notified",
      by: people.lead,
      ask: { type: "OpenFieldwork" },
      when: "2021-05-16T22:59:00.000Z",
      says: { due: "2021-05-17" },
    },
  ],
  UnknownQuestion: [
    {
      at: "opened",
      by: people.inspector,
      ask: { ...evidence, keyQuestions: ["1.1.1", "9.9.9"] },
      says: { question: "9.9.9" },
    },
  ],
  NotJudgedByPeople: [
    {
      at: "opened",
      before: log,
      by: people.lead,
      ask: { ...propose, standard: "2.1" },
      says: { standard: "2.1" },
    },
    { at: "opened", before: log, by: people.lead, ask: { ...propose, standard: "4.1" } },
  ],
  UnknownGrade: [
    {
      at: "opened",
      before: log,
      by: people.lead,
      ask: { ...propose, rating: "Fair" },
      says: { grades: ["Inadequate", "Requires improvement", "Good", "Outstanding"] },
    },
  ],
  UnknownEvidenceKind: [
    {
      at: "opened",
      by: people.lead,
      ask: { ...evidence, kind: "ledger" },
      says: { kind: "ledger" },
    },
  ],
  UnknownSurvey: [
    {
      at: "opened",
      by: people.lead,
      ask: { type: "CloseSurvey", survey: "parents", invited: 9, responded: 3 },
      says: { known: ["staff", "children"] },
    },
  ],
  UnknownEvidence: [
    {
      at: "opened",
      before: log,
      by: people.lead,
      ask: { ...propose, evidence: ["elsewhere"] },
      says: { items: ["elsewhere"] },
    },
  ],
  UnrelatedEvidence: [
    { at: "opened", before: log, by: people.lead, ask: { ...propose, standard: "1.2" } },
  ],
  AlreadyUsed: [
    {
      at: "opened",
      before: log,
      by: people.inspector,
      ask: { ...evidence, keyQuestions: ["1.4.1"] },
      says: { item: "board-minutes" },
    },
    { at: "opened", before: log, by: people.inspector, ask: { ...evidence, kind: "meeting" } },
    {
      at: "opened",
      before: alarm,
      by: people.inspector,
      ask: (world) => ({ ...raise, case: sampleOf(world)[0]! }),
    },
    {
      at: "opened",
      before: (world) => void world.tell(people.lead, { ...survey, responded: 9 }),
      by: people.lead,
      ask: { ...survey, responded: 10 },
      says: { item: "staff" },
    },
  ],
  MoreRespondedThanInvited: [{ at: "opened", by: people.analyst, ask: survey }],
  NoEvidence: [
    {
      at: "opened",
      by: people.lead,
      ask: propose,
    },
  ],
  NoSurveyLeft: [
    {
      at: "opened",
      before: (world) => {
        for (const id of ["staff", "children"])
          world.tell(people.lead, { ...survey, survey: id, responded: 8 });
      },
      by: people.lead,
      ask: { ...survey, responded: 7 },
    },
  ],
  StillOpen: [
    {
      at: "opened",
      before: alarm,
      by: people.lead,
      ask: { type: "CloseFieldwork" },
      says: { alerts: ["alert-one"], proposals: ["1.1", "1.2", "1.3", "1.4"], feedback: true },
    },
    {
      at: "assessed",
      before: (world) => {
        proposeAll(world, plainStory);
        world.tell(people.lead, feedback);
        const [id, reopened] = [sampleOf(world)[0]!, sampleOf(world)[1]!];
        const to = people.quality.id;
        world.tell(people.quality, { type: "AssignSecondMarking", case: id, to });
        const reason = "New facts.";
        world.tell(people.lead, { type: "ReopenAssessment", case: reopened, reason });
      },
      by: people.lead,
      ask: { type: "CloseFieldwork" },
      says: {
        cases: [expect.stringMatching(/^c/)],
        secondMarkings: [expect.stringMatching(/^c/)],
        alerts: [],
        proposals: [],
        feedback: false,
      },
    },
  ],
};
testRefusals(table);
