/** What a story recorded, as a store would give it back. */
import { currentVersion } from "@assay/domain/upcasters.ts";
import type { World } from "@assay/spec/world.ts";
import type { Position, StoredEvent } from "@assay/store/port.ts";

export const eventsOfWorld = ({ records }: World): readonly StoredEvent[] =>
  records.map(({ fact, position, ...place }) => {
    const { type, ...data } = fact;
    const metadata = { version: currentVersion(type) };
    return { ...place, type, data, metadata, position: String(position) as Position };
  });
