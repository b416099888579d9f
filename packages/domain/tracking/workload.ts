/** Who has how much: cases, second markings and whatever else is owed, over all inspections. */
import type { InspectionId, PersonId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Timetable } from "../framework/timetable.ts";
import { weekIndexOf } from "../planning/weeks.ts";
import type { Outline } from "./outline.ts";
import { isOverdue } from "./owed.ts";

export type Workload = {
  readonly person: PersonId;
  /** Inspections under way on whose team they are, and those of them that they lead. */
  readonly inspections: readonly InspectionId[];
  readonly leads: number;
  /** Calendar weeks of fieldwork in them, those that have passed too. */
  readonly weeks: number;
  /** Cases that are theirs to assess: all of them, and those not completed yet. */
  readonly cases: number;
  readonly open: number;
  readonly secondMarkings: number;
  /** Everything owed by them by name, and what of it is late. */
  readonly owed: number;
  readonly overdue: number;
  /** The first day by which something is owed. */
  readonly next: Instant | null;
};

/** By name, everybody who is on a team or owes something. */
export const workloadOf = (outlines: readonly Outline[], now: Instant): readonly Workload[] => {
  const people = new Map<PersonId, Workload>();
  const add = (person: PersonId, change: (load: Workload) => Partial<Workload>): void => {
    const load = people.get(person) ?? idle(person);
    people.set(person, { ...load, ...change(load) });
  };
  for (const { inspection, underWay, stage, team, timetable, loads, duties } of outlines) {
    if (!underWay || stage === "closed") continue;
    for (const { person, role } of team)
      add(person, (load) => ({
        inspections: [...load.inspections, inspection],
        leads: load.leads + (role === "lead-inspector" ? 1 : 0),
        weeks: load.weeks + (timetable ? weeksOf(timetable) : 0),
      }));
    for (const { person, cases, open, secondMarkings } of loads)
      add(person, (load) => ({
        cases: load.cases + cases,
        open: load.open + open,
        secondMarkings: load.secondMarkings + secondMarkings,
      }));
    for (const { person, due = null, owner } of duties) {
      if (!person) continue;
      add(person, (load) => ({
        owed: load.owed + 1,
        overdue: load.overdue + (isOverdue({ due, owner }, now) ? 1 : 0),
        next: due !== null && (load.next === null || due < load.next) ? due : load.next,
      }));
    }
  }
  return [...people.values()].toSorted((a, b) => a.person.localeCompare(b.person));
};

const weeksOf = ({ fieldworkStart, fieldworkEnd }: Timetable): number =>
  weekIndexOf(fieldworkEnd, fieldworkStart) + 1;

const idle = (person: PersonId): Workload => ({
  person,
  inspections: [],
  leads: 0,
  weeks: 0,
  cases: 0,
  open: 0,
  secondMarkings: 0,
  owed: 0,
  overdue: 0,
  next: null,
});
