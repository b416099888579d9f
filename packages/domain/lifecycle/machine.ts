/**
 * An inspection's whole life as a picture, over the facts of all its streams. Whether it is under
 * way, rests or was cancelled stands beside how far it has come. Facts of different streams arrive
 * in any order, so it only ever goes forwards: from each stage to every later one, and back to the
 * panel where the panel itself is called together again.
 */
import { setup, type SnapshotFrom } from "xstate";

import type { InspectionEvent } from "../announcement/events.ts";
import type { FieldworkEvent } from "../fieldwork/events.ts";
import { chartOf, type Condition, type PhaseMeta } from "../kernel/chart.ts";
import type { PanelEvent } from "../panel/events.ts";
import type { PublicationEvent } from "../publication/events.ts";

type Fact = InspectionEvent | FieldworkEvent | PanelEvent | PublicationEvent;

/** Every stage in order, with the facts that lead there. */
const steps = [
  ["scheduled", { InspectionScheduled: "scheduled" }],
  ["announced", { InspectionAnnounced: "announced", SampleNotRequired: "announced.ready" }],
  ["sampled", { SampleDrawn: "sampled.drawn", SampleNotified: "sampled.notified" }],
  ["fieldwork", { FieldworkOpened: "fieldwork" }],
  ["panel", { FieldworkClosed: "panel" }],
  ["report", { RatingsConcluded: "report" }],
  ["published", { ReportPublished: "published" }],
  ["closed", { InspectionClosed: "closed" }],
] as const satisfies readonly (readonly [string, Partial<Record<Fact["type"], string>>])[];

type StageName = (typeof steps)[number][0];

export const lifecycleStages: readonly StageName[] = steps.map(([stage]) => stage);

/** Every later stage, each by the fact that leads there. */
const onwards = (from: StageName | "unscheduled") => {
  const at = steps.findIndex(([stage]) => stage === from);
  return Object.assign({}, ...steps.slice(at + 1).map(([, facts]) => facts)) as Partial<
    Record<Fact["type"], StageName>
  >;
};

export const lifecycleMachine = setup({
  types: { events: {} as Fact, tags: {} as Condition, meta: {} as PhaseMeta },
}).createMachine({
  id: "lifecycle",
  type: "parallel",
  states: {
    standing: {
      initial: "unscheduled",
      states: {
        unscheduled: { on: { InspectionScheduled: "active" } },
        active: {
          tags: ["known", "kept", "under-way"],
          on: { InspectionPostponed: "postponed", InspectionCancelled: "cancelled" },
        },
        postponed: {
          tags: ["known", "kept"],
          meta: { words: "postponed" },
          on: { InspectionResumed: "active", InspectionCancelled: "cancelled" },
        },
        cancelled: { tags: ["known"], meta: { words: "cancelled" } },
      },
    },
    progress: {
      initial: "unscheduled",
      states: {
        unscheduled: { meta: { words: "not scheduled" }, on: onwards("unscheduled") },
        scheduled: {
          tags: ["unpublished", "before-panel", "before-fieldwork"],
          meta: { words: "scheduled" },
          on: onwards("scheduled"),
        },
        announced: {
          tags: ["unpublished", "before-panel", "before-fieldwork", "announced"],
          meta: { words: "announced" },
          on: onwards("announced"),
          initial: "awaited",
          states: {
            awaited: { on: { SampleNotRequired: "ready" } },
            ready: { tags: ["ready"], meta: { words: "announced, without a sample" } },
          },
        },
        sampled: {
          tags: ["unpublished", "before-panel", "before-fieldwork", "announced"],
          meta: { words: "sample drawn" },
          on: onwards("sampled"),
          initial: "drawn",
          states: {
            drawn: { on: { SampleNotified: "notified" } },
            notified: { tags: ["ready"], meta: { words: "sample notified" } },
          },
        },
        fieldwork: {
          tags: ["unpublished", "before-panel", "announced", "ready", "in-fieldwork"],
          meta: { words: "fieldwork" },
          on: onwards("fieldwork"),
        },
        panel: {
          tags: ["unpublished", "announced", "ready", "in-fieldwork", "rateable"],
          meta: { words: "ratings panel" },
          on: onwards("panel"),
        },
        report: {
          tags: ["unpublished", "announced", "ready", "in-fieldwork", "rateable"],
          meta: { words: "report" },
          on: { ...onwards("report"), PanelReconvened: "panel" },
        },
        published: {
          tags: ["announced", "ready", "in-fieldwork", "rateable"],
          meta: { words: "published" },
          on: onwards("published"),
        },
        closed: {
          tags: ["announced", "ready", "in-fieldwork", "rateable"],
          meta: { words: "closed" },
        },
      },
    },
  },
});

export type LifecyclePhase = SnapshotFrom<typeof lifecycleMachine>;

export const lifecycleChart = chartOf(lifecycleMachine, {});
