/**
 * How the panel decides each standard: by the rule, by discretion with its reason, or by people.
 */
import { judgedIn, pinned, standardsOf } from "../briefing/inspection.ts";
import { placeOf, type Rating } from "../framework/scale.ts";
import { type CaseRules, caseRulesOf, type Judged, standardIn } from "../framework/standards.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { moveProblem } from "../ratings/moved.ts";
import type { RatedStandard } from "../ratings/rate.ts";
import { boardOf, countsOnRecord, triggersOf } from "./board.ts";
import type { PanelCommandOf, PanelRefusal } from "./commands.ts";
import { limitOn } from "./conclude.ts";
import { unfit, unknownGrade, voted } from "./sitting.ts";
import { decidedIn, type PanelAnswer, type PanelState } from "./state.ts";

export const consider = (
  command: PanelCommandOf<"ConsiderStandard">,
  state: PanelState,
): PanelAnswer => {
  const { standard, present } = command;
  const stopped = unfit(state, present, standard);
  if (stopped) return refuse(stopped);
  const board = boardOn(state, standard);
  return accept({
    type: "StandardConsidered",
    ...stampOf(command),
    standard,
    keyQuestions: countsOnRecord(board),
    ...(board.rule && { rule: board.rule }),
    triggers: triggersOf(board),
    present,
  });
};

export const exercise = (
  command: PanelCommandOf<"ExerciseDiscretion">,
  state: PanelState,
): PanelAnswer => {
  const { standard, to, present, reason } = command;
  const board = weighed(state, standard);
  const problem =
    unfit(state, present, standard) ??
    unknownGrade(board.rules.scale, standard, to) ??
    moveProblem(board.rated, to, board.rules) ??
    againstTheVote(state, standard, to);
  if (problem || !board.rated.rule) return refuse(problem ?? { reason: "NotRated", standard });
  return accept({
    type: "DiscretionExercised",
    ...stampOf(command),
    standard,
    from: board.rated.rule,
    to,
    triggers: triggersOf(board.rated),
    present,
    text: { reason },
  });
};

export const decline = (
  command: PanelCommandOf<"DeclineDiscretion">,
  state: PanelState,
): PanelAnswer => {
  const { standard, present, reason } = command;
  const { rated } = weighed(state, standard);
  const stopped = unfit(state, present, standard);
  if (stopped || !rated.rule) return refuse(stopped ?? { reason: "NotRated", standard });
  const { rule } = rated;
  const against = againstTheVote(state, standard, rule);
  if (against) return refuse(against);
  return accept({
    type: "DiscretionDeclined",
    ...stampOf(command),
    standard,
    rating: rule,
    triggers: triggersOf(rated),
    present,
    text: { reason },
  });
};

/** Takes over a published rating that nothing accounts for; only where one could have moved it. */
export const adopt = (
  command: PanelCommandOf<"AdoptPublishedRating">,
  state: PanelState,
): PanelAnswer => {
  const { standard, rating } = command;
  const board = weighed(state, standard);
  const problem =
    unfit(state, state.members, standard) ??
    unknownGrade(board.rules.scale, standard, rating) ??
    moveProblem(board.rated, rating, board.rules);
  if (problem || !board.rated.rule) return refuse(problem ?? { reason: "NotRated", standard });
  return accept({
    type: "PublishedRatingAdopted",
    ...stampOf(command),
    standard,
    from: board.rated.rule,
    to: rating,
    triggers: triggersOf(board.rated),
  });
};

export const decideDomainOne = (
  command: PanelCommandOf<"DecideDomainOne">,
  state: PanelState,
): PanelAnswer => {
  const { standard, rating, present, reason } = command;
  const judged = judgedIn(state.briefing).find(({ code }) => code === standard)!;
  const problem =
    unfit(state, present, standard) ??
    unknownGrade(judged.scale, standard, rating) ??
    aboveTheLimit(state, judged, rating);
  if (problem) return refuse(problem);
  const proposed = state.proposals.get(standard)!;
  if (rating !== proposed && reason === undefined) {
    return refuse({ reason: "ReasonRequired", standard });
  }
  const against = againstTheVote(state, standard, rating);
  if (against) return refuse(against);
  return accept({
    type: "DomainOneDecided",
    ...stampOf(command),
    standard,
    proposed,
    rating,
    present,
    text: { ...(reason !== undefined && { reason }) },
  });
};

/** The board of a standard that has numbers: the step bars any other. */
const boardOn = (state: PanelState, code: string): RatedStandard => {
  const standard = standardsOf(state.briefing).find((each) => each.code === code);
  if (!standard || standard.judged === "by-people")
    throw new TypeError(`${code} has no numbers to consider`);
  return boardOf(standard, state, decidedIn(state));
};

type Weighed = {
  readonly rated: RatedStandard;
  readonly rules: CaseRules;
};

/** The board that was considered and still stands. */
const weighed = (state: PanelState, code: string): Weighed => {
  const framework = pinned(state.briefing);
  return {
    rated: boardOn(state, code),
    rules: caseRulesOf(framework, standardIn(framework, code)!),
  };
};

/** Limits bind people too, where a standard that they decide is made of its questions. */
const aboveTheLimit = (
  state: PanelState,
  judged: Judged,
  rating: Rating,
): PanelRefusal | undefined => {
  const { code, scale } = judged;
  const atMost = limitOn(judged, state);
  return atMost !== undefined && placeOf(scale, rating) > placeOf(scale, atMost)
    ? { reason: "AboveTheLimit", standard: code, rating, atMost }
    : undefined;
};

const againstTheVote = (
  state: PanelState,
  standard: string,
  rating: Rating,
): PanelRefusal | undefined => {
  const winner = voted(state, standard);
  return winner && winner !== rating
    ? { reason: "AgainstTheVote", standard, voted: winner }
    : undefined;
};
