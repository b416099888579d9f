/**
 * What changed between two states of knowledge: which answers, by whom, and what that did to which
 * rating. Also an inspection as it was known when its report was drafted, published and corrected.
 */
import { answersIn } from "../briefing/case-file.ts";
import type { Answer } from "../fieldwork/assessment/events.ts";
import { populationIn } from "../framework/populations.ts";
import type { Rating } from "../framework/scale.ts";
import { caseQuestionsOf, standardIn } from "../framework/standards.ts";
import { isPrompt, standardOf } from "../kernel/codes.ts";
import type { CaseId } from "../kernel/ids.ts";
import { until } from "./as-at.ts";
import { type Dossier, dossierOf } from "./dossier.ts";
import type { PanelDecision } from "./dossier-panel.ts";
import { basisOf } from "./replay.ts";
import { type ComputedRatings, type ComputedStandard, ratingsIn } from "./ratings.ts";
import { is, type Place, placeOf, type Recorded } from "./recorded.ts";

/** A fact with whose act it was and when. */
export type Act = Place & { readonly type: string; readonly at: string; readonly by: string };

export type ChangedAnswer = {
  readonly case: CaseId;
  readonly question: string;
  readonly standard: string;
  /** Null: there was no answer that counts. */
  readonly from: Answer | null;
  readonly to: Answer | null;
  /** The fact that gave the later answer, or took it away; null where the later side knows none. */
  readonly act: Act | null;
};

export type ChangedStandard = {
  readonly standard: string;
  readonly before: ComputedStandard | null;
  readonly after: ComputedStandard | null;
  /** The changes that bear on it: answers, scopes, the sample, proposals, the panel's decisions. */
  readonly because: readonly Act[];
};

/** Plain data. */
export type Difference = {
  readonly answers: readonly ChangedAnswer[];
  /** Cases whose recorded scope is another one. */
  readonly scopes: readonly { readonly case: CaseId; readonly act: Act | null }[];
  readonly sample: {
    readonly joined: readonly CaseId[];
    readonly left: readonly CaseId[];
    readonly acts: readonly Act[];
  };
  /** Only standards whose numbers, rule, rating or deciding changed. */
  readonly standards: readonly ChangedStandard[];
  readonly score: { readonly before: number | null; readonly after: number | null };
  readonly overall: { readonly before: Rating | null; readonly after: Rating | null };
};

/** From what one set of an inspection's facts amounts to, to what another does. */
export const differenceBetween = (
  before: readonly Recorded[],
  after: readonly Recorded[],
): Difference => {
  const [older, newer] = [dossierOf(before), dossierOf(after)];
  const [then, now] = [ratingsIn(older), ratingsIn(newer)];
  const answers = changedAnswers(older, newer);
  const scopes = changedScopes(older, newer);
  const sample = changedSample(older, newer);
  const acts = { answers, scopes, sample, older, newer };
  return {
    answers,
    scopes,
    sample,
    standards: changedStandards(then, now).map((changed) => ({
      ...changed,
      because: reasonsFor(changed.standard, acts),
    })),
    score: { before: then?.score ?? null, after: now?.score ?? null },
    overall: { before: then?.overall ?? null, after: now?.overall ?? null },
  };
};

const actOf = (recorded: Recorded): Act => {
  const { type, at, by } = recorded.event;
  return { ...placeOf(recorded), type, at, by: by.id };
};

const casesOf = (older: Dossier, newer: Dossier): readonly CaseId[] =>
  [...new Set([...older.files.keys(), ...newer.files.keys()])].toSorted();

const changedAnswers = (older: Dossier, newer: Dossier): readonly ChangedAnswer[] =>
  casesOf(older, newer).flatMap((id) => {
    const [then, now] = [older.files.get(id), newer.files.get(id)];
    const [before, after] = [answersIn(then), answersIn(now)];
    const questions = new Set([...before.keys(), ...after.keys()]);
    return [...questions].toSorted().flatMap((question): readonly ChangedAnswer[] => {
      const from = before.get(question)?.answer ?? null;
      const to = after.get(question)?.answer ?? null;
      if (from === to) return [];
      const step = now?.steps.get(question);
      const act = step ? actOf(step.source) : null;
      return [{ case: id, question, standard: standardOf(question), from, to, act }];
    });
  });

const changedScopes = (older: Dossier, newer: Dossier): Difference["scopes"] =>
  casesOf(older, newer).flatMap((id) => {
    const then = older.files.get(id)?.scopes.at(-1);
    const now = newer.files.get(id)?.scopes.at(-1);
    return then?.revision === now?.revision ? [] : [{ case: id, act: now ? actOf(now) : null }];
  });

const changedSample = (older: Dossier, newer: Dossier): Difference["sample"] => {
  const [then, now] = [older.briefing.sample, newer.briefing.sample];
  const joined = [...now.keys()].filter((id) => !then.has(id));
  const left = [...then.keys()].filter((id) => !now.has(id));
  const draws = newer.drawn && !older.drawn ? [newer.drawn] : [];
  const moves = [...newer.replacements].filter(([id]) => !older.replacements.has(id));
  return { joined, left, acts: [...draws, ...moves.map(([, source]) => source)].map(actOf) };
};

const changedStandards = (
  then: ComputedRatings | undefined,
  now: ComputedRatings | undefined,
): readonly Omit<ChangedStandard, "because">[] => {
  const codes = [...(then?.standards ?? []), ...(now?.standards ?? [])].map(
    ({ standard }) => standard,
  );
  const among = (ratings: ComputedRatings | undefined, code: string): ComputedStandard | null =>
    ratings?.standards.find(({ standard }) => standard === code) ?? null;
  return [...new Set(codes)].flatMap((standard) => {
    const [before, after] = [among(then, standard), among(now, standard)];
    const same = JSON.stringify(before) === JSON.stringify(after);
    return same ? [] : [{ standard, before, after }];
  });
};

type Acts = Pick<Difference, "answers" | "scopes" | "sample"> & {
  readonly older: Dossier;
  readonly newer: Dossier;
};

const reasonsFor = (code: string, acts: Acts): readonly Act[] => {
  const { answers, scopes, sample, older, newer } = acts;
  const decision = changedSource(
    older.deliberations.get(code)?.decision,
    newer.deliberations.get(code)?.decision,
  );
  const proposal = changedSource(
    older.proposals.get(code)?.source,
    newer.proposals.get(code)?.source,
  );
  const { framework, profiles } = newer.briefing;
  const standard = framework && standardIn(framework, code);
  const populations = new Set(
    standard ? caseQuestionsOf(standard).map(({ population }) => population) : [],
  );
  const belongs = (id: CaseId): boolean => {
    const profile = profiles.get(id);
    const population = framework && profile && populationIn(framework, profile);
    return population !== undefined && populations.has(population);
  };
  const own = answers.filter(({ standard: of, question }) => of === code && !isPrompt(question));
  return [
    ...(populations.size > 0 ? sample.acts : []),
    ...scopes.flatMap(({ case: id, act }) => (act && belongs(id) ? [act] : [])),
    ...own.flatMap(({ act }) => act ?? []),
    ...[proposal, decision].flatMap((source) => (source ? [actOf(source)] : [])),
  ];
};

const changedSource = <Source extends Recorded | PanelDecision>(
  then: Source | undefined,
  now: Source | undefined,
): Source | undefined => (then?.revision === now?.revision ? undefined : now);

/** A version of the report, with the facts that were known when it was made. */
export type KnownVersion = {
  readonly version: "draft" | number;
  readonly place: Place;
  readonly at: string;
  readonly facts: readonly Recorded[];
  readonly ratings: ComputedRatings | null;
};

/** The drafts and versions of the report in order, each as it was known on its day. */
export const knownVersions = (events: readonly Recorded[]): readonly KnownVersion[] =>
  events.flatMap((recorded, index): readonly KnownVersion[] => {
    const place = placeOf(recorded);
    const { at } = recorded.event;
    const told = (version: KnownVersion["version"], facts: readonly Recorded[]): KnownVersion => ({
      version,
      place,
      at,
      facts,
      ratings: ratingsIn(dossierOf(facts)) ?? null,
    });
    if (is(recorded, "DraftSent")) return [told("draft", until(events, { events: index }))];
    if (is(recorded, "ReportPublished") || is(recorded, "CorrectionIssued")) {
      return [told(recorded.event.version, basisOf(events, recorded))];
    }
    return [];
  });
