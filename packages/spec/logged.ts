/** A world's facts as a store would give them: ids, revisions, metadata and salts, all fixed. */
import { EventMetadata, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";

import type { World } from "./world.ts";

type Data = { readonly [key: string]: unknown };

/** An event as it is stored. */
export type LoggedEvent = {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly data: Data;
  readonly metadata: EventMetadata;
};

/** The events of the world's inspection, in order. */
export const eventsOf = (world: World): readonly LoggedEvent[] => {
  const places = new Map<string, number>();
  let framework: string | undefined;
  return world.records
    .filter(({ stream }) => inspectionOf(stream) === world.inspection)
    .map(({ id, commandId, stream, revision, position, fact }) => {
      const index = places.get(commandId) ?? 0;
      places.set(commandId, index + 1);
      if (fact.type === "InspectionAnnounced") framework = fact.framework.version.id;
      const { type, ...data } = JSON.parse(JSON.stringify(fact)) as Data & { type: string };
      const metadata: EventMetadata = {
        version: currentVersion(type),
        ...{ commandId, index, correlationId: commandId, causationId: commandId },
        ...(framework !== undefined && { framework }),
        salt: uuidFrom(`salt of ${id}`).replaceAll("-", ""),
      };
      const place = String(position + 1).padStart(6, "0");
      return { stream, revision, position: place, id, type, data, metadata };
    });
};
