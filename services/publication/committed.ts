/** What the public is told of inspections from their announcement on: the commitments to draws. */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import type { CommittedInspection } from "@assay/report/shelf.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factOf } from "./told.ts";

const telling: ReadonlySet<string> = new Set<AnyFact["type"]>([
  "InspectionAnnounced",
  "CommitmentRenewed",
  "BeaconNamed",
  "SampleDrawn",
  "InspectionCancelled",
]);

/** Whether the list of announced inspections changes by this. */
export const tellsOfADraw = ({ type }: StoredEvent): boolean => telling.has(type);

/** What is known of an inspection after this event of its own; undefined: nothing new. */
export const committedAfter = (
  former: CommittedInspection | undefined,
  event: StoredEvent,
): CommittedInspection | undefined => {
  const inspection = inspectionOf(event.stream);
  const isKnown = telling.has(event.type) || event.type === "InspectionScheduled";
  const fact = isKnown ? factOf(event) : undefined;
  return inspection && fact && told(former ?? unknown(inspection), fact);
};

const unknown = (inspection: string): CommittedInspection => ({
  inspection,
  service: inspection,
  fieldworkStart: "",
  commitments: [],
  standing: "announced",
});

const told = (former: CommittedInspection, fact: AnyFact): CommittedInspection => {
  const { commitments } = former;
  switch (fact.type) {
    case "InspectionScheduled": {
      const { service, timetable } = fact;
      return { ...former, service: service.name, fieldworkStart: timetable.fieldworkStart };
    }
    case "InspectionAnnounced":
    case "CommitmentRenewed": {
      const { at, commitment } = fact;
      if (commitment === undefined) return former;
      const because = fact.type === "CommitmentRenewed" ? { because: fact.because } : {};
      return { ...former, commitments: [...commitments, { at, commitment, ...because }] };
    }
    case "BeaconNamed": {
      const last = commitments.at(-1);
      if (!last) return former;
      const named = { ...last, beacon: fact.beacon };
      return { ...former, commitments: [...commitments.slice(0, -1), named] };
    }
    case "SampleDrawn":
      return { ...former, standing: "sample drawn" };
    case "InspectionCancelled":
      return { ...former, standing: "cancelled" };
    default:
      return former;
  }
};
