/** One command of each kind that erases words, where it is in place. */
import type { ErasureCommand } from "@assay/domain/announcement/erasure/commands.ts";
import { assay } from "@assay/domain/kernel/actor.ts";

import { people } from "./people.ts";
import type { Specimen } from "./specimen.ts";

/** Long after the publication: the ruleset keeps the list for a year, and words for two. */
const later = "2024-01-10T09:00:00.000Z";

export const erasureSpecimens: Readonly<Record<ErasureCommand["type"], Specimen>> = {
  EraseCase: {
    at: "opened",
    by: people.head,
    ask: {
      type: "EraseCase",
      of: "c0001",
      ground: "objection-upheld",
      reason: "The family asked for it.",
    },
  },
  EraseCaseList: { at: "closed", by: assay, ask: { type: "EraseCaseList" }, when: later },
  EraseCaseWords: { at: "closed", by: assay, ask: { type: "EraseCaseWords" }, when: later },
};
