/**
 * The phases of a framework: not adopted, in use, and withdrawn. One that comes with Assay is in
 * use without having been adopted, and can be withdrawn like any other.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../../kernel/chart.ts";
import type { FrameworkCommand } from "./commands.ts";
import type { FrameworkEvent } from "./events.ts";

export const frameworkMachine = setup({
  types: { events: {} as FrameworkEvent, meta: {} as PhaseMeta<never, FrameworkCommand["type"]> },
}).createMachine({
  id: "framework",
  initial: "unadopted",
  states: {
    unadopted: {
      meta: { words: "nobody has adopted the framework" },
      on: { FrameworkAdopted: "adopted", FrameworkWithdrawn: "withdrawn" },
    },
    adopted: {
      meta: { words: "the framework is adopted" },
      on: { FrameworkWithdrawn: "withdrawn" },
    },
    withdrawn: {
      meta: { words: "the framework is withdrawn: no inspection is announced under it any more" },
      on: { FrameworkAdopted: "adopted" },
    },
  },
});

export type FrameworkPhase = SnapshotFrom<typeof frameworkMachine>;

export const frameworkChart = chartOf<typeof frameworkMachine, FrameworkCommand["type"]>(
  frameworkMachine,
  {
    AdoptFramework: ["FrameworkAdopted"],
    WithdrawFramework: ["FrameworkWithdrawn"],
  },
);
