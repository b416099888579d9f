/**
 * What is kept of an inspection's cases, as a picture: the identifying part of the case list and
 * the words about cases end apart, each once. A single case may be erased at any time.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../../kernel/chart.ts";
import type { ErasureEvent } from "./events.ts";

export const erasureMachine = setup({ types: { events: {} as ErasureEvent } }).createMachine({
  id: "erasure",
  type: "parallel",
  states: {
    list: {
      initial: "kept",
      states: {
        kept: { on: { CaseErased: "kept", CaseListErased: "erased" } },
        erased: { type: "final" },
      },
    },
    words: {
      initial: "kept",
      states: {
        kept: { on: { CaseErased: "kept", CaseWordsErased: "erased" } },
        erased: { type: "final" },
      },
    },
  },
});

export type ErasurePhase = SnapshotFrom<typeof erasureMachine>;

export const erasureChart = chartOf(erasureMachine, ["CaseErased"]);
