/**
 * Whether these rules can go on from what other rules recorded. Every fact has to be readable, be
 * one that its chart expects, and leave a phase from which something is possible; what was rated,
 * considered and drawn has to come out as it was recorded.
 */
import type { AnyFact } from "../facts.ts";
import { standardsOf } from "../briefing/inspection.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { phaseName } from "../kernel/chart.ts";
import { categoryOf } from "../kernel/stream.ts";
import { boardOf, countsOnRecord, triggersOf } from "../panel/board.ts";
import { decidedIn } from "../panel/state.ts";
import { panel } from "../panel/decide.ts";
import { isFact } from "./recorded.ts";
import { recomputedRatings, ratingsOnRecord } from "./recompute.ts";

/** A stored event, not yet read by any schema. */
export type Stored = {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: { readonly [key: string]: unknown };
  readonly metadata?: unknown;
};

type Fact = { readonly type: string };
type Phase = {
  readonly value: unknown;
  readonly status: string;
  readonly can: (fact: Fact) => boolean;
};

/** What is known of a stream; reminders have no phases. */
type State = { readonly phase?: Phase };

/** The fact as it is read today, or where and why it is refused. */
export type Reading = { readonly fact: Fact } | { readonly unreadable: string };

/** A step's rules as far as they are held against its streams. */
export type StepRules = {
  readonly category: string;
  /** Every type of fact that the step records. */
  readonly types: readonly string[];
  readonly initial: State;
  readonly evolve: (state: never, fact: never) => State;
  readonly read: (event: Stored) => Reading;
};

export type CodeUnderCheck = {
  readonly steps: readonly StepRules[];
  readonly recompute: (facts: readonly AnyFact[]) => unknown;
};

export type Break = {
  readonly kind:
    | "unreadable"
    | "unexpected"
    | "stranded"
    | "rated otherwise"
    | "considered otherwise";
  readonly stream: string;
  /** Of the event at which it shows. */
  readonly revision: number;
  readonly what: string;
};

/** What this code makes of one inspection's events, or a programme's, in the store's order. */
export const breaksIn = (
  events: readonly Stored[],
  { steps, recompute = recomputedRatings }: Partial<CodeUnderCheck> & Pick<CodeUnderCheck, "steps">,
): readonly Break[] => {
  const streams = Map.groupBy(events, ({ stream }) => stream);
  const read = new Map<Stored, Fact>();
  const found = [...streams].flatMap(([stream, own]) => {
    const rules = steps.find(({ category }) => category === categoryOf(stream));
    return rules ? replayed(own, rules, read) : [];
  });
  const facts = events.flatMap((event) => {
    const fact = read.get(event);
    return fact ? [{ event, fact }] : [];
  });
  // Ratings that rest on a fact that cannot be read say nothing.
  return facts.length < events.length && found.length > 0
    ? found
    : [...found, ...otherwise(facts.filter(isTold), recompute)];
};

const replayed = (
  events: readonly Stored[],
  rules: StepRules,
  read: Map<Stored, Fact>,
): readonly Break[] => {
  let state = rules.initial;
  for (const event of events) {
    const place = { stream: event.stream, revision: event.revision };
    const reading = rules.read(event);
    if ("unreadable" in reading)
      return [{ kind: "unreadable", ...place, what: reading.unreadable }];
    const { fact } = reading;
    read.set(event, fact);
    if (state.phase && !state.phase.can(fact)) {
      const what = `${event.type} is not expected while ${phaseName(state.phase)}`;
      return [{ kind: "unexpected", ...place, what }];
    }
    state = rules.evolve(state as never, fact as never);
  }
  const { phase } = state;
  const last = events.at(-1);
  if (!last || !phase || phase.status === "done" || rules.types.some((type) => phase.can({ type })))
    return [];
  const what = `nothing can happen any more while ${phaseName(phase)}, and it is not over`;
  return [{ kind: "stranded", stream: last.stream, revision: last.revision, what }];
};

type Told = { readonly event: Stored; readonly fact: AnyFact };

/** No rating rests on reminders, nor on a programme. */
const isTold = (read: { readonly event: Stored; readonly fact: Fact }): read is Told =>
  isFact(read.fact);

const otherwise = (
  told: readonly Told[],
  recompute: CodeUnderCheck["recompute"],
): readonly Break[] => {
  const found: Break[] = [];
  let state = panel.known.initial;
  for (const [index, { event, fact }] of told.entries()) {
    const place = { stream: event.stream, revision: event.revision };
    if (fact.type === "StandardConsidered") {
      const what = consideredOtherwise(state, fact);
      if (what) found.push({ kind: "considered otherwise", ...place, what });
    }
    if (fact.type === "RatingsConcluded") {
      const facts = told.slice(0, index + 1).map((each) => each.fact);
      const what = ratedOtherwise(ratingsOnRecord(facts), recompute(facts));
      if (what) found.push({ kind: "rated otherwise", ...place, what });
    }
    state = panel.known.evolve(state, fact);
  }
  return found;
};

const consideredOtherwise = (
  state: typeof panel.known.initial,
  fact: Extract<AnyFact, { type: "StandardConsidered" }>,
): string | undefined => {
  const standard = standardsOf(state.briefing).find(({ code }) => code === fact.standard);
  const board =
    standard && standard.judged !== "by-people"
      ? boardOf(standard, state, decidedIn(state))
      : undefined;
  if (!board) return `${fact.standard} is no standard that cases decide`;
  const now = {
    keyQuestions: countsOnRecord(board),
    ...(board.rule && { rule: board.rule }),
    triggers: triggersOf(board),
  };
  const { keyQuestions, rule, triggers } = fact;
  const then = { keyQuestions, ...(rule && { rule }), triggers };
  if (canonicalJson(then) === canonicalJson(now)) return undefined;
  return `${fact.standard}: ${rule ?? "not rated"} was considered, now ${board.rule ?? "not rated"}`;
};

type Ratings = ReturnType<typeof ratingsOnRecord>;

const ratedOtherwise = (then: Ratings, found: unknown): string | undefined => {
  if (canonicalJson(then) === canonicalJson(found)) return undefined;
  const now = found as Ratings;
  const moved = (then?.standards ?? []).flatMap(({ standard, rating }) => {
    const other = now?.standards.find((each) => each.standard === standard)?.rating;
    return other === rating
      ? []
      : [`${standard} ${rating ?? "not rated"} → ${other ?? "not rated"}`];
  });
  const scores = then?.score === now?.score ? [] : [`score ${then?.score} → ${now?.score}`];
  const said = [...moved, ...scores].join(", ");
  return said === "" ? "the numbers behind the ratings are others" : said;
};
