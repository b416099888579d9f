/** Events and positions, between the client's words and the port's. */
import type { AllStreamRecordedEvent, Position as Place } from "@eventstore/db-client";

import { contentOf } from "../content.ts";
import { type Position, type StoredEvent, StoreFault } from "../port.ts";

type Recorded = Pick<
  AllStreamRecordedEvent,
  "id" | "type" | "data" | "metadata" | "streamId" | "revision"
> & { readonly position?: Place | undefined };

export const eventOf = (recorded: Recorded): StoredEvent => ({
  id: recorded.id,
  type: recorded.type,
  ...contentOf(recorded.data, recorded.metadata),
  stream: recorded.streamId,
  revision: Number(recorded.revision),
  position: positionOf(recorded.position),
});

/** What old servers write where they know no position: the largest number of 64 bits. */
const unknown = 0xffff_ffff_ffff_ffffn;

/**
 * The commit position names an event for all time. Its prepare position is the same for whatever is
 * appended over gRPC, so that one number is enough to come back to it.
 */
export const positionOf = (place: Place | undefined): Position => {
  if (place === undefined || place.commit === unknown) {
    const message = "event store: it gives no positions; 22.6 or later is needed";
    throw new StoreFault("unsupported", message, { retry: false });
  }
  return place.commit.toString() as Position;
};

export const placeOf = (position: Position): Place => ({
  commit: BigInt(position),
  prepare: BigInt(position),
});
