/** The conclusion: every standard decided on the numbers that hold now, the total, its basis. */
import { pinned, standardsOf } from "../briefing/inspection.ts";
import type { Rating } from "../framework/ruleset.ts";
import type { FrameworkVersion, Standard } from "../framework/version.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { Basis } from "../kernel/step.ts";
import { categoryOf } from "../kernel/stream.ts";
import { overallOf } from "../ratings/overall.ts";
import { boardOf, consideredCounts, countsOnRecord, triggersOf } from "./board.ts";
import type { PanelCommandOf, PanelRefusal } from "./commands.ts";
import type { ConcludedStandard } from "./events.ts";
import { unfit, voted } from "./sitting.ts";
import { deliberationOn, type PanelAnswer, type PanelState } from "./state.ts";

export const conclude = (
  command: PanelCommandOf<"ConcludePanel">,
  state: PanelState,
  basis: Basis,
): PanelAnswer => {
  const framework = pinned(state.briefing);
  const stopped = unfit(state, command.present) ?? unconfirmed(state) ?? undecided(state);
  if (stopped) return refuse(stopped);

  const { standards, score, maxScore, overall } = conclusionOf(
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
    present: command.present,
    basis: basis.filter(({ stream }) => categoryOf(stream) !== "publication"),
  });
};

/** The ratings that the facts and the panel's decisions give now, with their total. */
export const conclusionOf = (
  rated: readonly Standard[],
  state: PanelState,
  framework: FrameworkVersion,
) => {
  const standards = rated.map((standard) => concluded(standard, state, framework));
  const ratings = Object.fromEntries(standards.map(({ standard, rating }) => [standard, rating]));
  const { score, maxScore, overall } = overallOf(framework, ratings);
  return { standards, score, maxScore, overall };
};

/** The standards that the panel still owes a decision on, with what is owed. */
export const undecided = (
  state: PanelState,
): Extract<PanelRefusal, { reason: "Undecided" }> | undefined => {
  const standards = standardsOf(state.briefing).flatMap((standard) => owedOn(standard, state));
  return standards.length > 0 ? { reason: "Undecided", standards } : undefined;
};

type OwedDecision = Extract<PanelRefusal, { reason: "Undecided" }>["standards"][number];

const owedOn = (standard: Standard, state: PanelState): readonly OwedDecision[] => {
  const { code } = standard;
  const { considered, decision: taken } = deliberationOn(state, code);
  const vote = voted(state, code);
  const decision = vote && vote !== taken?.rating ? undefined : taken;
  if (standard.judged === "by-people") {
    if (decision) return [];
    const owed = state.proposals.has(code) ? "domain-one" : "proposal";
    return [{ standard: code, owed, triggers: [] }];
  }
  const board = boardOf(standard, state);
  if (!board) return [];
  const triggers = triggersOf(board);
  if (considered !== consideredCounts(board.keyQuestions)) {
    return [{ standard: code, owed: "consideration", triggers }];
  }
  return triggers.length > 0 && !decision ? [{ standard: code, owed: "discretion", triggers }] : [];
};

const unconfirmed = ({ briefing, files }: PanelState): PanelRefusal | undefined => {
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
  { ruleset }: FrameworkVersion,
): ConcludedStandard => {
  const { code, scored } = standard;
  const { decision } = deliberationOn(state, code);
  const board = standard.judged === "by-cases" ? boardOf(standard, state) : undefined;
  const rating: Rating | undefined = decision?.rating ?? board?.rule;
  const ruled = board?.rule ? "rule" : "not-rated";
  return {
    standard: code,
    scored,
    decidedBy: decision ? deciders[decision.by] : ruled,
    keyQuestions: board ? countsOnRecord(board) : [],
    ...(board?.rule && { rule: board.rule }),
    ...(rating && { rating }),
    ...(rating && scored && { score: ruleset.scores[rating] }),
    triggers: board ? triggersOf(board) : [],
  };
};
