/** What bars a command of the panel beside the phase, whatever its fields say. */
import { judgedIn, pinned, standardsOf } from "../briefing/inspection.ts";
import type { Rating } from "../framework/scale.ts";
import { caseRulesOf } from "../framework/standards.ts";
import type { Bars, Prospect } from "../lifecycle/aggregate.ts";
import { movesAllowed } from "../ratings/moved.ts";
import { type Boarded, boardOf, consideredCounts } from "./board.ts";
import type { PanelCommand, PanelRefusal } from "./commands.ts";
import { unconfirmed, undecided } from "./conclude.ts";
import { silenced, unknownStandard, voted } from "./sitting.ts";
import {
  decidedIn,
  deliberationOn,
  isRecused,
  notOpen,
  type PanelState,
  workedOn,
} from "./state.ts";

/** Of commands about one standard: nothing is said where no standard is named. */
const on =
  (bars: (standard: string, state: PanelState, asked: Prospect) => PanelRefusal | undefined) =>
  (asked: Prospect, state: PanelState): PanelRefusal | undefined =>
    asked.standard === undefined ? undefined : bars(asked.standard, state, asked);

const standardNamed = ({ briefing }: PanelState, code: string) =>
  standardsOf(briefing).find((each) => each.code === code);

/** Why the panel has no numbers of this standard to decide on. */
const withoutNumbers = (standard: string, state: PanelState): PanelRefusal | undefined => {
  const found = standardNamed(state, standard);
  if (!found) return { reason: "UnknownStandard", standard };
  if (found.judged === "by-people") return { reason: "NotJudgedByCases", standard };
  return notOpen(state, standard) ?? tooFew(state, standard);
};

/** Of those who sit, too few may decide this. */
const tooFew = (state: PanelState, standard?: string): PanelRefusal | undefined => {
  const able = state.members.filter(
    (member) => !isRecused(state, member, standard) && !workedOn(state, member),
  );
  const quorum = state.briefing.framework?.ruleset.panel.quorum ?? 1;
  return able.length < quorum
    ? { reason: "TooFewForQuorum", present: able.length, quorum }
    : undefined;
};

/** Why discretion cannot be used on the standard, nor declined. */
const withoutDiscretion = (standard: string, state: PanelState): PanelRefusal | undefined => {
  const without = withoutNumbers(standard, state);
  if (without) return without;
  const found = standardNamed(state, standard) as Boarded;
  const board = boardOf(found, state, decidedIn(state));
  const { considered } = deliberationOn(state, standard);
  if (considered === undefined) return { reason: "NotConsidered", standard };
  if (considered !== consideredCounts(board.keyQuestions))
    return { reason: "ConsideredOnOtherNumbers", standard };
  const { rule, triggers } = board;
  if (rule === undefined) return { reason: "NotRated", standard };
  return triggers.length === 0 ? { reason: "NotEligible", standard, rule } : undefined;
};

const boardOn = (standard: string, state: PanelState) =>
  boardOf(standardNamed(state, standard) as Boarded, state, decidedIn(state));

const movesOn = (standard: string, state: PanelState): readonly Rating[] => {
  const rules = caseRulesOf(pinned(state.briefing), standardNamed(state, standard) as Boarded);
  return movesAllowed(boardOn(standard, state), rules);
};

const immovable = (standard: string, state: PanelState): PanelRefusal | undefined => {
  const without = withoutDiscretion(standard, state);
  if (without) return without;
  const { rule } = boardOn(standard, state);
  return movesOn(standard, state).length === 0 && rule !== undefined
    ? { reason: "NotEligible", standard, rule }
    : undefined;
};

/** A majority has voted for a rating that is none of these. */
const outvoted = (
  standard: string,
  state: PanelState,
  ratings: readonly (Rating | undefined)[],
): PanelRefusal | undefined => {
  const winner = voted(state, standard);
  return winner !== undefined && !ratings.includes(winner)
    ? { reason: "AgainstTheVote", standard, voted: winner }
    : undefined;
};

const sealedOn = (standard: string, state: PanelState): PanelRefusal | undefined => {
  const members = [...deliberationOn(state, standard).scores]
    .filter(([member, { opened }]) => !opened && !isRecused(state, member, standard))
    .map(([member]) => member);
  return members.length > 0 ? { reason: "ScoresStillSealed", members } : undefined;
};

export const panelBarred: Bars<PanelCommand["type"], PanelState, PanelRefusal> = {
  SealScore: on((standard, state, { by }) => {
    const { scores, considered } = deliberationOn(state, standard);
    const stopped = silenced(state, by.id, standard);
    if (stopped) return stopped;
    if (considered !== undefined) return { reason: "AlreadyConsidered", standard };
    return scores.has(by.id) ? { reason: "AlreadySealedOtherwise", standard } : undefined;
  }),
  OpenScore: on((standard, state, { by }) => {
    const { scores } = deliberationOn(state, standard);
    if (!scores.has(by.id)) return { reason: "NotSealed", standard };
    const members = state.members.filter(
      (member) => !isRecused(state, member, standard) && !scores.has(member),
    );
    return (
      silenced(state, by.id, standard) ??
      (members.length > 0 ? { reason: "ScoresStillSealed", members } : undefined)
    );
  }),
  ConsiderStandard: on(
    (standard, state) => withoutNumbers(standard, state) ?? sealedOn(standard, state),
  ),
  ExerciseDiscretion: on(
    (standard, state) =>
      immovable(standard, state) ?? outvoted(standard, state, movesOn(standard, state)),
  ),
  DeclineDiscretion: on(
    (standard, state) =>
      withoutDiscretion(standard, state) ??
      outvoted(standard, state, [boardOn(standard, state).rule]),
  ),
  AdoptPublishedRating: ({ standard }, state) => {
    if (!state.briefing.reconstruction) return { reason: "NotAReconstruction" };
    return standard === undefined ? undefined : immovable(standard, state);
  },
  CastVote: on((standard, state, { by }) => silenced(state, by.id, standard)),
  RecordDissent: on((standard, state, { by }) => {
    if (unknownStandard(state, standard)) return { reason: "UnknownStandard", standard };
    return isRecused(state, by.id, standard) ? { reason: "Recused", people: [by.id] } : undefined;
  }),
  DecideDomainOne: on((standard, state) => {
    const closed = notOpen(state, standard) ?? tooFew(state, standard);
    if (closed) return closed;
    if (!judgedIn(state.briefing).some(({ code }) => code === standard))
      return { reason: "NotJudgedByPeople", standard };
    return state.proposals.has(standard) ? undefined : { reason: "NotProposed", standard };
  }),
  ConcludePanel: (_, state) => unconfirmed(state) ?? undecided(state) ?? tooFew(state),
  DecideOverall: (_, { briefing, overall, overallDecided }) => {
    if (!pinned(briefing).overall) return { reason: "NoOverallRating" };
    return overall && !overallDecided ? { reason: "OverallNotWithheld" } : undefined;
  },
};
