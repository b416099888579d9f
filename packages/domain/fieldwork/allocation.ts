/**
 * Whose case is whose. A proposal spreads the work evenly; a person allocates. Nobody assesses a
 * case of their own service, or one with which they have a conflict of interest.
 */
import type { Briefing } from "../briefing/inspection.ts";
import type { TeamMember, TeamRole } from "../announcement/events.ts";
import { caseKeyQuestions } from "../framework/standards.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { CaseId, PersonId } from "../kernel/ids.ts";
import type { FieldworkCommandOf, FieldworkRefusal } from "./commands.ts";
import { isConflicted } from "./conflicts.ts";
import type { FieldworkAnswer, FieldworkState } from "./state.ts";

export const allocate = (
  command: FieldworkCommandOf<"AllocateCase">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { case: id, to, reason } = command;
  const from = state.allocation.get(id);
  const barred = barredFrom(state, to, id);
  if (barred) return refuse(barred);
  const stamp = stampOf(command);
  if (from === undefined) {
    if (reason !== undefined) return refuse({ reason: "NothingToExplain", case: id });
    return accept({ type: "CaseAllocated", ...stamp, case: id, to });
  }
  if (reason === undefined) return refuse({ reason: "ReasonRequired" });
  return accept({ type: "CaseReallocated", ...stamp, case: id, from, to, text: { reason } });
};

/** Why the person may not have the case. */
export const barredFrom = (
  { briefing, conflicts }: Pick<FieldworkState, "briefing" | "conflicts">,
  person: PersonId,
  id: CaseId,
): FieldworkRefusal | undefined => {
  const member = briefing.team.find((each) => each.person === person);
  if (!member) return { reason: "NotOnTheTeam", person };
  if (member.homeService === briefing.service?.id) return { reason: "OwnService", person };
  return isConflicted(conflicts, person, id) ? { reason: "ConflictOfInterest", person } : undefined;
};

/** Anybody declares their own; for others the lead, the scheduler or the quality lead does. */
export const declareConflict = (
  command: FieldworkCommandOf<"DeclareConflict">,
): FieldworkAnswer => {
  const { person, case: id, reason, by } = command;
  const mayForOthers = ["lead-inspector", "deputy-lead-inspector", "scheduler", "quality-lead"];
  if (by.id !== person && !mayForOthers.includes(by.role)) {
    return refuse({ reason: "NotYourself", person });
  }
  return accept({
    type: "ConflictDeclared",
    ...stampOf(command),
    person,
    ...(id !== undefined && { case: id }),
    text: { reason },
  });
};

/** How much of a full share of cases falls to each role: a lead has other work besides. */
const shares: Readonly<Record<TeamRole, number>> = {
  "lead-inspector": 0.5,
  "deputy-lead-inspector": 1,
  inspector: 1,
  "assistant-inspector": 1,
  "local-assessor": 1,
};

export type ProposedAllocation = {
  /** Each unallocated case, and how much the person then has beside the others. */
  readonly cases: readonly {
    readonly case: CaseId;
    readonly to: PersonId;
    /** Questions to answer on it at most. */
    readonly questions: number;
    /** Who could not take it, and why. */
    readonly barred: readonly { readonly person: PersonId; readonly because: string }[];
  }[];
  /** Cases that nobody on the team may take. */
  readonly left: readonly CaseId[];
  /** What everyone has in the end, what is allocated already included. */
  readonly loads: readonly {
    readonly person: PersonId;
    readonly cases: number;
    readonly questions: number;
    /** Questions for each full share, which is what is evened out. */
    readonly forEachShare: number;
  }[];
};

/**
 * The largest cases first, each to whoever then has least for their share; of equals, the first on
 * the team (longest processing time first: Graham 1969, SIAM Journal on Applied Mathematics 17).
 */
export const proposeAllocation = (state: FieldworkState): ProposedAllocation => {
  const { briefing, allocation } = state;
  const sizes = questionsByPopulation(briefing);
  const sizeOf = (id: CaseId): number => sizes.get(briefing.sample.get(id)?.population ?? "") ?? 0;
  const loads = new Map(briefing.team.map(({ person }) => [person, { cases: 0, questions: 0 }]));
  const give = (person: PersonId, id: CaseId): void => {
    const load = loads.get(person) ?? { cases: 0, questions: 0 };
    loads.set(person, { cases: load.cases + 1, questions: load.questions + sizeOf(id) });
  };
  for (const [id, person] of allocation) if (briefing.sample.has(id)) give(person, id);
  const left: CaseId[] = [];
  const cases = [...briefing.sample.keys()]
    .filter((id) => !allocation.has(id))
    .toSorted((a, b) => sizeOf(b) - sizeOf(a) || a.localeCompare(b))
    .flatMap((id) => {
      const barred = briefing.team.flatMap(({ person }) => {
        const because = barredFrom(state, person, id)?.reason;
        return because === undefined ? [] : [{ person, because }];
      });
      const kept = new Set(barred.map(({ person }) => person));
      const free = briefing.team.filter(({ person }) => !kept.has(person));
      const after = ({ person, role }: TeamMember): number =>
        (loads.get(person)!.questions + sizeOf(id)) / shares[role];
      const chosen = free.toSorted((a, b) => after(a) - after(b))[0];
      if (!chosen) {
        left.push(id);
        return [];
      }
      give(chosen.person, id);
      return [{ case: id, to: chosen.person, questions: sizeOf(id), barred }];
    });
  return {
    cases,
    left,
    loads: briefing.team.map(({ person, role }) => {
      const load = loads.get(person)!;
      return { person, ...load, forEachShare: Math.round(load.questions / shares[role]) };
    }),
  };
};

/** Prompts and key questions that the framework can ask of a case. */
const questionsByPopulation = ({ framework }: Briefing): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { keyQuestion } of framework ? caseKeyQuestions(framework) : []) {
    const { population, prompts } = keyQuestion;
    counts.set(population, (counts.get(population) ?? 0) + prompts.length + 1);
  }
  return counts;
};
