/**
 * A ratings panel as a picture: what it may do when, and what it owes. Its events are the recorded
 * facts, so replaying a stream walks the chart; it holds no data, starts no actor and waits for no
 * timer.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { PanelCommand } from "./commands.ts";
import type { PanelEvent } from "./events.ts";

export type PanelDuty = "convene" | "decide" | "conclude" | "overall" | "reconvene";

const reconvene = { owner: "system", by: "ReconvenePanel" } as const;

/** What a panel that sits does; one that sits again may come to further standards as well. */
const deliberating = (phase: "first" | "again") =>
  ({
    MemberRecused: phase,
    ChairHandedOver: phase,
    ScoreSealed: phase,
    ScoreOpened: phase,
    StandardConsidered: phase,
    DiscretionExercised: phase,
    DiscretionDeclined: phase,
    PublishedRatingAdopted: phase,
    VoteCast: phase,
    DissentRecorded: phase,
    DomainOneDecided: phase,
    RatingsConcluded: "#panel.concluded",
  }) as const;

export const panelMachine = setup({
  types: { events: {} as PanelEvent, meta: {} as PhaseMeta<PanelDuty, PanelCommand["type"]> },
}).createMachine({
  id: "panel",
  initial: "awaited",
  states: {
    awaited: {
      meta: {
        words: "the panel has not been convened",
        owed: { convene: { owner: "head-of-programme", by: "ConvenePanel" } },
      },
      on: { PanelConvened: "sitting" },
    },
    sitting: {
      initial: "first",
      meta: {
        words: "the panel is sitting",
        owed: {
          decide: { owner: "panel-chair", by: "ConsiderStandard" },
          conclude: { owner: "panel-chair", by: "ConcludePanel" },
        },
      },
      states: {
        first: { on: deliberating("first") },
        again: {
          meta: { words: "the panel is sitting again", owed: { reconvene } },
          on: { ...deliberating("again"), PanelReconvened: "again" },
        },
      },
    },
    concluded: {
      meta: {
        words: "the panel has concluded",
        owed: { overall: { owner: "head-of-programme", by: "DecideOverall" }, reconvene },
      },
      on: {
        OverallDecided: "concluded",
        DissentRecorded: "concluded",
        PanelReconvened: "sitting.again",
      },
    },
  },
});

export type PanelPhase = SnapshotFrom<typeof panelMachine>;

export const panelChart = chartOf<typeof panelMachine, PanelCommand["type"]>(
  panelMachine,
  {
    ConvenePanel: ["PanelConvened"],
    RecuseMember: ["MemberRecused"],
    HandOverChair: ["ChairHandedOver"],
    SealScore: ["ScoreSealed"],
    OpenScore: ["ScoreOpened"],
    ConsiderStandard: ["StandardConsidered"],
    ExerciseDiscretion: ["DiscretionExercised"],
    DeclineDiscretion: ["DiscretionDeclined"],
    AdoptPublishedRating: ["PublishedRatingAdopted"],
    CastVote: ["VoteCast"],
    RecordDissent: ["DissentRecorded"],
    DecideDomainOne: ["DomainOneDecided"],
    ConcludePanel: ["RatingsConcluded"],
    DecideOverall: ["OverallDecided"],
    ReconvenePanel: ["PanelReconvened"],
  },
  { ConvenePanel: ["under-way", "rateable"] },
);
