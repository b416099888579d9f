/** A page of the store's events by the inspections that they are about. */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { categoryOf, inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { StoredEvent } from "@assay/store/port.ts";

/** Ours begin so; what others wrote under such a name before that, or without it, is not ours. */
export const begins = ({ stream, type, revision }: StoredEvent): boolean =>
  categoryOf(stream) === "inspection" &&
  inspectionOf(stream) !== undefined &&
  (type === "InspectionScheduled" || revision > 0);

export const grouped = (page: readonly StoredEvent[]): ReadonlyMap<InspectionId, StoredEvent[]> => {
  const found = new Map<InspectionId, StoredEvent[]>();
  for (const event of page) {
    const inspection = inspectionOf(event.stream);
    if (inspection === undefined) continue;
    const own = found.get(inspection);
    if (own) own.push(event);
    else found.set(inspection, [event]);
  }
  return found;
};
