/** What the console holds of an inspection that a test tells. */
import { currentVersion } from "@assay/domain/upcasters.ts";
import type { World } from "@assay/spec/world.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { type Held, holding, nothingHeld } from "../reading/held.ts";

export const heldIn = ({ inspection, records }: World): Held =>
  holding(
    nothingHeld(inspection),
    records.map(({ fact: { type, ...data }, stream, revision, position }) => ({
      ...{ type, data, stream, revision, position: String(position) },
      metadata: { version: currentVersion(type) },
    })) as unknown as readonly StoredEvent[],
  );
