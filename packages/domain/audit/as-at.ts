/**
 * What was known at a moment, and the history of each rating: the same facts, read up to a point.
 * Nothing that came later is looked at.
 */
import { standardOver } from "../framework/standards.ts";
import type { Rating } from "../framework/scale.ts";
import type { ConcludedStandard } from "../panel/events.ts";
import { type Dossier, dossierOf } from "./dossier.ts";
import {
  type ComputedRatings,
  type ComputedStandard,
  computeStandard,
  ratingsIn,
} from "./ratings.ts";
import { ratingActOf } from "./rating-acts.ts";
import { type Place, placeOf, type Recorded } from "./recorded.ts";
import { personName } from "../kernel/wording.ts";

/**
 * A time, to the millisecond and included; a place in the whole store, as text and included; or how
 * many of the inspection's first facts.
 */
export type Moment =
  | { readonly time: string }
  | { readonly position: string }
  | { readonly events: number };

/**
 * The facts up to a moment, in their order. Clocks may differ between people, never the order in a
 * stream: by time, a stream is read up to its first later fact. Throws a SyntaxError for a position
 * that is no whole number.
 */
export const until = (events: readonly Recorded[], moment: Moment): readonly Recorded[] => {
  if ("events" in moment) return events.slice(0, moment.events);
  if ("position" in moment) {
    const last = BigInt(moment.position);
    return events.filter(({ position }) => position !== undefined && BigInt(position) <= last);
  }
  const ended = new Set<string>();
  return events.filter(({ stream, event }) => {
    if (event.at > moment.time) ended.add(stream);
    return !ended.has(stream);
  });
};

/** Ratings that the panel had concluded, with the head of programme's decision on the total. */
export type Standing = {
  readonly conclusion: number;
  readonly place: Place;
  readonly at: string;
  readonly standards: readonly ConcludedStandard[];
  readonly score: number;
  readonly overall: Rating | null;
  /** The panel sits again on some standards. */
  readonly reopened: boolean;
};

/** Plain data. */
export type AsAt = {
  /** How many facts had been recorded, and the last of them. */
  readonly events: number;
  readonly last: (Place & { readonly at: string; readonly type: string }) | null;
  /** What had been concluded. */
  readonly standing: Standing | null;
  /** What the answers and decisions known then come to, concluded or not. */
  readonly computed: ComputedRatings | null;
  /** The report's version that was public. */
  readonly published: number | null;
};

export const ratingsAsAt = (events: readonly Recorded[], moment: Moment): AsAt => {
  const known = until(events, moment);
  const dossier = dossierOf(known);
  const { last } = dossier;
  return {
    events: known.length,
    last: last ? { ...placeOf(last), at: last.event.at, type: last.event.type } : null,
    standing: standingIn(dossier),
    computed: ratingsIn(dossier) ?? null,
    published: dossier.published.at(-1)?.event.version ?? null,
  };
};

export const standingIn = (dossier: Dossier): Standing | null => {
  const { conclusions, overallDecided, reconvened } = dossier;
  const source = conclusions.at(-1);
  if (!source) return null;
  const { at, standards, score, overall } = source.event;
  return {
    conclusion: conclusions.length,
    place: placeOf(source),
    at,
    standards,
    score,
    overall: (overallDecided ? overallDecided.event.overall : overall) ?? null,
    reopened: (reconvened.at(-1)?.revision ?? -1) > source.revision,
  };
};

/** What is known of a standard's rating at some moment. */
export type RatingThen = {
  readonly rule: Rating | null;
  readonly rating: Rating | null;
  readonly decidedBy: ComputedStandard["decidedBy"];
  readonly proposed: Rating | null;
};

export type HistoryStep = {
  readonly standard: string;
  /** The fact that changed it, with whose act it was. */
  readonly place: Place;
  readonly type: string;
  readonly at: string;
  readonly by: string;
  /** What was done, to follow a moment: "inspector-1 judged case c0007 “no” on 3.1.2". */
  readonly act: string;
  readonly from: RatingThen | null;
  readonly to: RatingThen;
};

/** Every change of a standard's rating over the inspection's life, provisional ones included. */
export const ratingHistory = (events: readonly Recorded[]): readonly HistoryStep[] => {
  const steps: HistoryStep[] = [];
  const known = new Map<string, RatingThen>();
  dossierOf(events, (dossier, recorded) => {
    const { framework } = dossier.briefing;
    if (!framework) return;
    const { event } = recorded;
    const done = ratingActOf(event);
    const all = framework.standards.map((standard) => standard.code);
    const touched = (done?.touches(event, all) ?? []).map((each) => standardOver(framework, each));
    for (const standard of new Set(touched)) {
      if (!standard) continue;
      const { code } = standard;
      const { rule, rating, decidedBy, proposed } = computeStandard(standard, dossier, framework);
      const to = { rule, rating, decidedBy, proposed };
      const from = known.get(code) ?? null;
      if (isSame(from, to)) continue;
      known.set(code, to);
      const { type, at, by } = event;
      const act = `${personName(by.id)} ${done?.deed(event)}`;
      steps.push({ standard: code, place: placeOf(recorded), type, at, by: by.id, act, from, to });
    }
  });
  return steps;
};

const isSame = (from: RatingThen | null, to: RatingThen): boolean =>
  from?.rule === to.rule &&
  from.rating === to.rating &&
  from.decidedBy === to.decidedBy &&
  from.proposed === to.proposed;
