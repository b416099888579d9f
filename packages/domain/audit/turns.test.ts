import { toldExample } from "@assay/spec/examples.ts";
import { expect, it } from "vitest";

import { turnsIn } from "./turns.ts";

it("takes the turns of an inspection's life from the charts, in their order", () => {
  const events = toldExample("peterborough-2020");
  const turns = turnsIn(events);
  expect(turns.map(({ recorded }) => recorded.event.type)).toEqual([
    "InspectionScheduled",
    "InspectionAnnounced",
    "CaseListSubmitted",
    "SampleDrawn",
    "SampleNotified",
    "FieldworkOpened",
    "FieldworkClosed",
    "PanelConvened",
    "RatingsConcluded",
    "DraftSent",
    "CommentsReturned",
    "FactualAccuracyClosed",
    "ReportSignedOff",
    "EmbargoSet",
    "ReportPublished",
    "ActionPlanReceived",
    "ActionPlanAccepted",
    "InspectionClosed",
  ]);
  for (const { events: count, recorded } of turns) expect(events[count - 1]).toBe(recorded);
});
