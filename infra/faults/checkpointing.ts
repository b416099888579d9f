/** Signs checkpoints as the publication service does, without the reports, which take long. */
import type { Reaction } from "@assay/host/definition.ts";
import { checkpointsOf, everythingSigned } from "@assay/publication/checkpoints.ts";
import type { Ledger } from "@assay/publication/ledger-keeper.ts";
import type { EventStore } from "@assay/store/port.ts";

export const checkpointing =
  (ledger: Ledger) =>
  (store: EventStore): readonly Reaction[] => {
    const sign = checkpointsOf(store, ledger);
    return [
      {
        name: "checkpoints",
        ...everythingSigned,
        react: async (event) => {
          await sign(event);
        },
      },
    ];
  };
