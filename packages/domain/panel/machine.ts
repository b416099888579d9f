/**
 * The phases of a ratings panel as a picture. Its events are the recorded facts, so replaying a
 * stream walks the chart; it holds no data, starts no actor and waits for no timer.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../kernel/chart.ts";
import type { PanelEvent } from "./events.ts";

export const panelMachine = setup({ types: { events: {} as PanelEvent } }).createMachine({
  id: "panel",
  initial: "awaited",
  states: {
    awaited: { on: { PanelConvened: "sitting" } },
    sitting: {
      on: {
        MemberRecused: "sitting",
        ScoreSealed: "sitting",
        ScoreOpened: "sitting",
        StandardConsidered: "sitting",
        DiscretionExercised: "sitting",
        DiscretionDeclined: "sitting",
        PublishedRatingAdopted: "sitting",
        VoteCast: "sitting",
        DissentRecorded: "sitting",
        DomainOneDecided: "sitting",
        RatingsConcluded: "concluded",
        PanelReconvened: "sitting",
      },
    },
    concluded: {
      on: { OverallDecided: "concluded", DissentRecorded: "concluded", PanelReconvened: "sitting" },
    },
  },
});

export type PanelPhase = SnapshotFrom<typeof panelMachine>;

export const panelChart = chartOf(panelMachine, [
  "MemberRecused",
  "ScoreSealed",
  "ScoreOpened",
  "StandardConsidered",
  "DiscretionExercised",
  "DiscretionDeclined",
  "PublishedRatingAdopted",
  "VoteCast",
  "DissentRecorded",
  "DomainOneDecided",
  "OverallDecided",
]);
