/** A report before it is public, read from what is held: its review, its round, and itself. */
import type { StoredEvent } from "@assay/store/port.ts";
import type { ReportModel } from "@assay/report/model.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { type Recorded, ReportFault } from "@assay/report/recorded.ts";
import { type Review, reviewOf } from "@assay/report/review.ts";

import { factOf } from "./held.ts";

export const recordedIn = (events: readonly StoredEvent[]): readonly Recorded[] =>
  events.map((event) => ({
    stream: event.stream,
    revision: event.revision,
    event: factOf(event),
  }));

/** Undefined until the panel has concluded: before that there is nothing to report. */
export const reviewIn = (events: readonly StoredEvent[]): Review | undefined =>
  ifConcluded(() => reviewOf(recordedIn(events)));

export const draftIn = (events: readonly StoredEvent[]): ReportModel | undefined =>
  ifConcluded(() => reportModelOf(recordedIn(events), "draft"));

const ifConcluded = <Result>(work: () => Result): Result | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReportFault) return undefined;
    throw error;
  }
};
