import { sampleOf } from "@assay/spec/assessing.ts";
import { recipients, submitList } from "@assay/spec/before-fieldwork.ts";
import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { proposeReplacement } from "@assay/spec/specimens-announcement.ts";
import { nonce, plainRows, plainStory } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { expect } from "vitest";

import type { InspectionRefusal } from "./commands.ts";
import type { Steering } from "./contract/steering.ts";

const reason = "A good reason";
const laterDays = { start: "2021-06-14", end: "2021-06-18" };

/** The network is younger than the story, so the beacon is named as if it were 2026. */
const nameBeacon = (world: World): void => {
  const asked = { type: "NameBeacon", source: "drand-quicknet" } as const;
  expect(world.ask(people.scheduler, asked, "2026-04-12T09:00:00.000Z").accepted).toBe(true);
};

const table: Pick<Refusals<InspectionRefusal>, Steering> = {
  CommitmentNeeded: [
    {
      at: "scheduled",
      by: people.scheduler,
      ask: { type: "AnnounceInspection", recipients },
    },
    { at: "listed", by: people.analyst, ask: { type: "ReturnCaseList", reason } },
    {
      at: "listed",
      by: people.analyst,
      ask: { type: "SetSampleSizes", overrides: { court: { size: 3, reason } } },
    },
    {
      at: "listed",
      by: people.scheduler,
      ask: { type: "RescheduleInspection", fieldwork: laterDays, reason },
    },
    {
      at: "listed",
      before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
      by: people.head,
      ask: { type: "ResumeInspection", fieldwork: laterDays },
    },
    {
      at: "announced",
      before: nameBeacon,
      by: people.provider,
      ask: { type: "SubmitCaseList", rows: plainRows },
      when: "2026-04-13T09:00:01.000Z",
    },
  ],
  UnknownPopulation: [
    {
      at: "announced",
      by: people.analyst,
      ask: { type: "SetSampleSizes", overrides: { elsewhere: { size: 3, reason } } },
      says: { population: "elsewhere" },
    },
  ],
  BeaconNotAcceptable: [
    {
      at: "listed",
      by: people.analyst,
      ask: { type: "DrawSample", nonce, beacon: "00" },
      says: { why: "not-named" },
    },
    {
      at: "announced",
      by: people.scheduler,
      ask: { type: "NameBeacon", source: "drand-quicknet" },
      says: { why: "no-round" },
    },
    ...(
      [
        ["too-early", "2026-04-13T08:59:59.000Z", undefined],
        ["missing", "2026-04-13T09:00:01.000Z", undefined],
        ["another-value", "2026-04-13T09:00:01.000Z", "00".repeat(48)],
      ] as const
    ).map(([why, when, beacon]) => ({
      at: "announced" as const,
      before: (world: World) => {
        nameBeacon(world);
        submitList(world, plainStory);
      },
      by: people.analyst,
      ask: { type: "DrawSample" as const, nonce, ...(beacon && { beacon }) },
      when,
      says: { why },
    })),
  ],
  AnotherDraw: [
    {
      at: "notified",
      by: people.provider,
      ask: { type: "CountersignDraw", seed: "0".repeat(64), equal: true },
    },
  ],
  NothingToApprove: [
    {
      at: "opened",
      by: people.head,
      ask: (world) => ({ type: "ApproveReplacement", case: sampleOf(world)[0]! }),
    },
  ],
  SecondPersonNeeded: [
    {
      at: "opened",
      before: proposeReplacement,
      by: { ...people.head, id: people.lead.id },
      ask: (world) => ({ type: "ApproveReplacement", case: sampleOf(world)[0]! }),
      says: { proposedBy: people.lead.id },
    },
  ],
};

testRefusals(table);
