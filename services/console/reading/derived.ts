/**
 * What follows from the facts alone, worked out once for each state of them rather than for each
 * request: the library hands out the same events, and the same states, until there is more.
 */
import { ratingHistory } from "@assay/domain/audit/as-at.ts";
import { dossierOf } from "@assay/domain/audit/dossier.ts";
import { why, type WhyOptions } from "@assay/domain/audit/explain.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { type Boarded, boardOf } from "@assay/domain/panel/board.ts";
import { decidedIn, type PanelState } from "@assay/domain/panel/state.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factOf } from "./held.ts";

type Events = readonly StoredEvent[];

/** The work done once for each thing, and remembered for as long as somebody holds that thing. */
export const onceFor = <Thing extends object, Result>(
  work: (thing: Thing) => Result,
): ((thing: Thing) => Result) => {
  const known = new WeakMap<Thing, { readonly result: Result }>();
  return (thing) => {
    const found = known.get(thing) ?? { result: work(thing) };
    known.set(thing, found);
    return found.result;
  };
};

export const recordedIn = onceFor((events: Events): readonly Recorded[] =>
  events.map((event) => ({
    stream: event.stream,
    revision: event.revision,
    position: event.position,
    metadata: event.metadata,
    event: factOf(event),
  })),
);

export const ratingStepsIn = onceFor((events: Events) => ratingHistory(recordedIn(events)));

export const dossierIn = onceFor((events: Events) => dossierOf(recordedIn(events)));

/** Everything up to the last publication: what was recorded since is not public. */
export const publishedIn = onceFor((events: Events): Events => {
  const last = events.findLastIndex(
    ({ type }) => type === "ReportPublished" || type === "CorrectionIssued",
  );
  return events.slice(0, last + 1);
});

type Showing = {
  readonly subject: string;
  readonly caseText: boolean;
  readonly adopted: WhyOptions["adopted"];
};
type Why = ReturnType<typeof why>;

const trees = onceFor<Events, Map<string, Why>>(() => new Map());

/** Why a rating was given. What is asked of no rating is not kept. */
export const whyIn = (events: Events, { subject, caseText, adopted }: Showing): Why => {
  const kept = trees(events);
  const key = `${subject} ${caseText}`;
  const found = kept.get(key) ?? why(recordedIn(events), subject, { caseText, adopted });
  if (found.explained) kept.set(key, found);
  return found;
};

const boards = onceFor<PanelState, Map<string, ReturnType<typeof boardOf>>>(() => new Map());

/** One standard's line on the panel's board. */
export const boardIn = (standard: Boarded, panel: PanelState): ReturnType<typeof boardOf> => {
  const kept = boards(panel);
  const board = kept.get(standard.code) ?? boardOf(standard, panel, decidedIn(panel));
  kept.set(standard.code, board);
  return board;
};
