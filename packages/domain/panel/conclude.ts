/** The conclusion: every standard decided on the numbers that hold now, the total, its basis. */
import { pinned, standardsOf } from "../briefing/inspection.ts";
import { placeOf, type Rating } from "../framework/scale.ts";
import {
  caseQuestionsOf,
  domainCode,
  domainsOf,
  type Judged,
  judgedByPeople,
  scaleNamed,
} from "../framework/standards.ts";
import type { Framework } from "../framework/document.ts";
import type { Standard } from "../framework/standard.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { Basis } from "../kernel/step.ts";
import { categoryOf } from "../kernel/stream.ts";
import { type DomainRating, overallOf, type Ratings, scoreOf } from "../ratings/overall.ts";
import { type Boarded, boardOf, consideredCounts, countsOnRecord, triggersOf } from "./board.ts";
import type { PanelCommandOf, PanelRefusal } from "./commands.ts";
import type { ConcludedStandard } from "./events.ts";
import { unfit, voted } from "./sitting.ts";
import {
  decidedIn,
  deliberationOn,
  type PanelAnswer,
  type PanelState,
  type StandardDecision,
} from "./state.ts";

export const conclude = (
  command: PanelCommandOf<"ConcludePanel">,
  state: PanelState,
  basis: Basis,
): PanelAnswer => {
  const framework = pinned(state.briefing);
  const stopped = unfit(state, command.present);
  if (stopped) return refuse(stopped);

  const { standards, score, maxScore, overall, domains } = conclusionOf(
    standardsOf(state.briefing),
    state,
    framework,
  );
  return accept({
    type: "RatingsConcluded",
    ...stampOf(command),
    framework: framework.id,
    rounding: framework.ruleset.rounding,
    standards,
    score,
    maxScore,
    ...(overall && { overall }),
    ...(domains.length > 0 && { domains: domains.map(gradedDomain) }),
    present: command.present,
    basis: basis.filter(({ stream }) => categoryOf(stream) !== "publication"),
  });
};

const gradedDomain = ({ domain, rating }: DomainRating) => ({
  domain,
  ...(rating !== undefined && { rating }),
});

/** The ratings that the facts and the panel's decisions give now, with their total. */
export const conclusionOf = (
  rated: readonly Standard[],
  state: PanelState,
  framework: Framework,
) => {
  const standards = rated.map((standard) => concluded(standard, state, framework));
  const ratings = Object.fromEntries(standards.map(({ standard, rating }) => [standard, rating]));
  const codes = rated.map(({ code }) => code);
  const { score, maxScore, overall, domains } = overallOf(
    framework,
    { ...domainsDecided(rated, decidedIn(state), framework), ...ratings },
    codes,
  );
  return { standards, score, maxScore, overall, domains };
};

/** What people decided of the domains that they grade, by the domains' codes. */
export const domainsDecided = (
  rated: readonly Standard[],
  decided: (code: string) => Rating | undefined,
  framework: Framework,
): Ratings =>
  Object.fromEntries(domainsOf(framework, rated).map(({ code }) => [code, decided(code)]));

/** The standards that the panel still owes a decision on, with what is owed. */
export const undecided = (
  state: PanelState,
): Extract<PanelRefusal, { reason: "Undecided" }> | undefined => {
  const rated = standardsOf(state.briefing);
  const { framework } = state.briefing;
  const domains = framework ? domainsOf(framework, rated) : [];
  const standards = [
    ...rated.flatMap((standard) => owedOn(standard, state)),
    ...domains.flatMap((judged) => owedOf(judged, state)),
  ];
  return standards.length > 0 ? { reason: "Undecided", standards } : undefined;
};

type OwedDecision = Extract<PanelRefusal, { reason: "Undecided" }>["standards"][number];

const owedOn = (standard: Standard, state: PanelState): readonly OwedDecision[] => [
  ...judgedByPeople(pinned(state.briefing), standard).flatMap((judged) => owedOf(judged, state)),
  ...(standard.judged === "by-people" ? [] : owedOnNumbers(standard, state)),
];

/** A decision counts as long as no vote calls for another. */
const decisionOn = (code: string, state: PanelState): StandardDecision | undefined => {
  const { decision } = deliberationOn(state, code);
  const vote = voted(state, code);
  return vote && vote !== decision?.rating ? undefined : decision;
};

/** A limit came to hold after it was decided. */
const isTooGood = (judged: Judged, rating: Rating, state: PanelState): boolean => {
  const { scale } = judged;
  const atMost = limitOn(judged, state);
  return atMost !== undefined && placeOf(scale, rating) > placeOf(scale, atMost);
};

/** The best rating that limits leave to whoever decides it; undefined where none holds. */
export const limitOn = (
  { standard, code }: Pick<Judged, "standard" | "code">,
  state: PanelState,
): Rating | undefined => {
  if (code !== standard.code) return undefined;
  return standard.judged === "by-questions"
    ? boardOf(standard, state, decidedIn(state)).atMost
    : domainRatingsIn(state).find(({ domain }) => domainCode(domain) === code)?.atMost;
};

/** The ratings of the domains that have one, as things stand. */
export const domainRatingsIn = (state: PanelState): readonly DomainRating[] =>
  conclusionOf(standardsOf(state.briefing), state, pinned(state.briefing)).domains;

/** The best overall rating that limits leave, once the panel has concluded. */
export const overallLimitIn = (state: PanelState): Rating | undefined => {
  const { concluded, briefing } = state;
  const framework = pinned(briefing);
  const ratings = Object.fromEntries(concluded.map(({ standard, rating }) => [standard, rating]));
  const codes = concluded.map(({ standard }) => standard);
  const domains = domainsDecided(standardsOf(briefing), decidedIn(state), framework);
  return overallOf(framework, { ...domains, ...ratings }, codes).atMost;
};

/** What is owed on something that people judge. */
const owedOf = (judged: Judged, state: PanelState): readonly OwedDecision[] => {
  const { code } = judged;
  const decision = decisionOn(code, state);
  if (decision && !isTooGood(judged, decision.rating, state)) return [];
  const owed = state.proposals.has(code) ? "domain-one" : "proposal";
  return [{ standard: code, owed, triggers: [] }];
};

const owedOnNumbers = (standard: Boarded, state: PanelState): readonly OwedDecision[] => {
  const { code } = standard;
  const { considered } = deliberationOn(state, code);
  const decision = decisionOn(code, state);
  if (caseQuestionsOf(standard).length === 0) return [];
  const board = boardOf(standard, state, decidedIn(state));
  const triggers = triggersOf(board);
  if (considered !== consideredCounts(board.keyQuestions)) {
    return [{ standard: code, owed: "consideration", triggers }];
  }
  return triggers.length > 0 && !decision ? [{ standard: code, owed: "discretion", triggers }] : [];
};

export const unconfirmed = ({ briefing, files }: PanelState): PanelRefusal | undefined => {
  const cases = [...briefing.sample.keys()].filter((id) => files.get(id)?.status !== "confirmed");
  return cases.length > 0 ? { reason: "AssessmentsNotConfirmed", cases } : undefined;
};

const deciders = {
  exercised: "discretion",
  declined: "rule",
  adopted: "adopted",
  people: "panel",
} as const;

const concluded = (
  standard: Standard,
  state: PanelState,
  framework: Framework,
): ConcludedStandard => {
  const { code, scored } = standard;
  const { decision } = deliberationOn(state, code);
  const board =
    standard.judged === "by-people" ? undefined : boardOf(standard, state, decidedIn(state));
  const rating: Rating | undefined = decision?.rating ?? board?.rule;
  const ruled = board?.rule ? "rule" : "not-rated";
  return {
    standard: code,
    scored,
    decidedBy: decision ? deciders[decision.by] : ruled,
    keyQuestions: board ? countsOnRecord(board) : [],
    ...(board?.rule && { rule: board.rule }),
    ...(rating && { rating }),
    ...(rating && scored && { score: scoreOf(rating, scaleNamed(framework, standard.scale)) }),
    ...(board?.grades && { grades: board.grades }),
    triggers: board ? triggersOf(board) : [],
  };
};
