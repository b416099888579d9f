/**
 * What is kept of an inspection's cases, and what is to be erased: the identifying part of the case
 * list and the words about cases end apart, each once. A single case may be erased at any time.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../../kernel/chart.ts";
import type { ErasureCommand } from "./commands.ts";
import type { Erasable, ErasureEvent } from "./events.ts";

export const erasureMachine = setup({
  types: {
    events: {} as ErasureEvent,
    meta: {} as PhaseMeta<Erasable, ErasureCommand["type"]>,
  },
}).createMachine({
  id: "erasure",
  type: "parallel",
  states: {
    list: {
      initial: "kept",
      states: {
        kept: {
          meta: {
            words: "the case list is kept",
            owed: { list: { owner: "system", by: "EraseCaseList" } },
          },
          on: { CaseErased: "kept", CaseListErased: "erased" },
        },
        erased: { meta: { words: "the case list was erased" }, on: { CaseErased: "erased" } },
      },
    },
    words: {
      initial: "kept",
      states: {
        kept: {
          meta: {
            words: "the words about cases are kept",
            owed: { words: { owner: "system", by: "EraseCaseWords" } },
          },
          on: { CaseErased: "kept", CaseWordsErased: "erased" },
        },
        erased: {
          meta: { words: "the words about cases were erased" },
          on: { CaseErased: "erased" },
        },
      },
    },
  },
});

export type ErasurePhase = SnapshotFrom<typeof erasureMachine>;

/** Whatever becomes of an inspection, words about children are erased when they have to be. */
export const erasureChart = chartOf<typeof erasureMachine, ErasureCommand["type"]>(
  erasureMachine,
  {
    EraseCase: ["CaseErased"],
    EraseCaseList: ["CaseListErased"],
    EraseCaseWords: ["CaseWordsErased"],
  },
  { EraseCase: ["known"], EraseCaseList: ["known"], EraseCaseWords: ["known"] },
);
