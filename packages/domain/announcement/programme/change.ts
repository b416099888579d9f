/**
 * A person's change to the schedule. The rules that it leaves are recorded with it, so that nobody
 * has to look for them; what no reason could justify is refused.
 */
import { canonicalJson } from "../../kernel/canonical.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import { isWorkingDay } from "../../kernel/working-days.ts";
import { checkSchedule, type Violation } from "../../planning/check.ts";
import type { ProgrammeCommandOf } from "./commands.ts";
import type { Departure, Placement } from "./events.ts";
import { problemOf, type ProgrammeAnswer, type ProgrammeState } from "./state.ts";

/** Of the planner's rules, those that hold whatever a person says. */
const unyielding: readonly Violation["rule"][] = [
  "unknown-person",
  "named-twice",
  "not-one-lead",
  "conflict-of-interest",
  "outside-the-programme",
];

export const changePlacement = (
  command: ProgrammeCommandOf<"ChangePlacement">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const { placement, reason } = command;
  const former = state.placements.get(placement.service);
  const departures = departuresOf(state, placement);
  const impossible = [
    ...daysAmiss(placement),
    ...twiceAtOnce(state, placement),
    ...departures.filter(({ rule }) => unyielding.some((each) => each === rule)),
  ];
  if (impossible.length > 0) {
    return refuse({ reason: "PlacementImpossible", departures: impossible });
  }
  return accept({
    type: "PlacementChanged",
    ...stampOf(command),
    placement,
    ...(former && { former }),
    departures,
    text: { reason },
  });
};

export const releasePlacement = (
  command: ProgrammeCommandOf<"ReleasePlacement">,
): ProgrammeAnswer =>
  accept({ type: "PlacementReleased", ...stampOf(command), service: command.service });

/** The rules that the schedule kept before the change and does not keep after it. */
const departuresOf = (state: ProgrammeState, placement: Placement): readonly Departure[] => {
  const problem = problemOf(state);
  const violations = (placements: readonly Placement[]): readonly Violation[] =>
    checkSchedule({ ...problem, fixed: [] }, { placements, unplaced: [] });
  const before = new Set(violations([...state.placements.values()]).map(canonicalJson));
  const after = violations([
    ...new Map(state.placements).set(placement.service, placement).values(),
  ]);
  return after
    .filter((violation) => !before.has(canonicalJson(violation)))
    .map(({ rule, service, person, day }) => ({
      rule,
      ...(service !== undefined && { service }),
      ...(person !== undefined && { person }),
      ...(day !== undefined && { day }),
    }));
};

const daysAmiss = ({ service, start, end }: Placement): readonly Departure[] => {
  if (end < start) return [{ rule: "ends-before-it-begins", service, day: start }];
  return [start, end]
    .filter((day) => !isWorkingDay(day))
    .map((day) => ({ rule: "not-a-working-day", service, day }));
};

const twiceAtOnce = (
  { placements }: ProgrammeState,
  { service, start, end, team }: Placement,
): readonly Departure[] =>
  [...placements.values()].flatMap((other) => {
    if (other.service === service || other.end < start || end < other.start) return [];
    const busy = new Set(other.team.map(({ person }) => person));
    return team
      .filter(({ person }) => busy.has(person))
      .map(({ person }) => ({ rule: "two-fieldworks-at-once", service: other.service, person }));
  });
