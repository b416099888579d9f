/** A report before it is public, read from what is held: its review, its round, and itself. */
import { checkedBefore, type ReportRecord } from "@assay/domain/publication/checks.ts";
import type { PublicationCommand, PublicationRefusal } from "@assay/domain/publication/commands.ts";
import { accuracyRoundOf } from "@assay/report/accuracy.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { ReportFault } from "@assay/report/recorded.ts";
import { reportChecks } from "@assay/report/report-checks.ts";
import { reviewOf } from "@assay/report/review.ts";

import { onceFor, recordedIn } from "./derived.ts";
import type { Events } from "./held.ts";

/** What the report's checks are asked about, as the rules ask them. */
export const reportRecordIn = (events: Events): ReportRecord =>
  recordedIn(events).map(({ stream, revision, event }) => ({
    ...{ stream, revision, event },
  })) as unknown as ReportRecord;

/** Why the report's checks refuse a command that the rules of its step do not. */
export const checkedIn = (
  events: Events | undefined,
  type: string,
): PublicationRefusal | undefined => {
  const kept = events && checked(events);
  if (kept?.has(type)) return kept.get(type);
  const record = (): ReportRecord => {
    if (!events) throw new TypeError(`${type} is offered without the events that are checked`);
    return reportRecordIn(events);
  };
  const refusal = checkedBefore(type as PublicationCommand["type"], record, reportChecks);
  kept?.set(type, refusal);
  return refusal;
};

const checked = onceFor<Events, Map<string, PublicationRefusal | undefined>>(() => new Map());

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
