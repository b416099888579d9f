/** A report before it is public, read from what is held: its review, its round, and itself. */
import type { ReportRecord } from "@assay/domain/publication/checks.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { accuracyRoundOf } from "@assay/report/accuracy.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { ReportFault } from "@assay/report/recorded.ts";
import { reviewOf } from "@assay/report/review.ts";

import { onceFor, recordedIn } from "./derived.ts";

type Events = readonly StoredEvent[];

/** What the report's checks are asked about, as the rules ask them. */
export const reportRecordIn = (events: Events): ReportRecord =>
  recordedIn(events).map(({ stream, revision, event }) => ({
    ...{ stream, revision, event },
  })) as unknown as ReportRecord;

/** Undefined until the panel has concluded: before that there is nothing to report. */
export const reviewIn = onceFor((events: Events) =>
  ifConcluded(() => reviewOf(recordedIn(events))),
);

export const draftIn = onceFor((events: Events) =>
  ifConcluded(() => reportModelOf(recordedIn(events), "draft")),
);

/** The factual-accuracy round: comments, answers, what changed since the draft was sent. */
export const accuracyIn = onceFor((events: Events) => accuracyRoundOf(recordedIn(events)));

const ifConcluded = <Result>(work: () => Result): Result | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReportFault) return undefined;
    throw error;
  }
};
