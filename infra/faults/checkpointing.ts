/** Signs checkpoints as the publication service does, without the reports, which take long. */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import {
  callsForCheckpoint,
  checkpointAfter,
  type Ledger,
} from "@assay/publication/ledger-keeper.ts";
import type { EventStore } from "@assay/store/port.ts";

export const checkpointing =
  (ledger: Ledger) =>
  (store: EventStore): readonly Reaction[] => [
    {
      name: "checkpoints",
      prefixes: ["panel-", "publication-"],
      facts: [PanelEvent, PublicationEvent],
      react: async (event) => {
        const inspection = inspectionOf(event.stream);
        if (!inspection || !callsForCheckpoint(event)) return;
        const events = await readInspection(store, inspection);
        await checkpointAfter(event, { inspection, events }, ledger);
      },
    },
  ];
