/**
 * Who inspects, week by week: for the fieldworks of one week the teams are chosen together, so that
 * as many seats as possible are filled and work falls on those who have had least of it.
 */
import type { PersonId } from "../kernel/ids.ts";
import { createNetwork } from "./min-cost-flow.ts";
import {
  conflictOf,
  type Inspector,
  type PlanningProblem,
  type Seat,
  type ServiceToInspect,
  teamSizeFor,
} from "./problem.ts";
import { overlaps, type Span } from "./weeks.ts";

/** The weeks, by index, in which each person is in fieldwork, and those in which they lead. */
export type Rota = {
  readonly weeks: ReadonlyMap<PersonId, readonly number[]>;
  readonly led: ReadonlyMap<PersonId, readonly number[]>;
};

export const noRota: Rota = { weeks: new Map(), led: new Map() };

/** Of a fieldwork, the first and the last week. */
type Weeks = Pick<Span, "index" | "last">;

export const onRota = (rota: Rota, { index, last }: Weeks, team: readonly Seat[]): Rota => {
  const weeks = new Map(rota.weeks);
  const led = new Map(rota.led);
  const taken = Array.from({ length: last - index + 1 }, (_, place) => index + place);
  for (const { person, lead } of team) {
    weeks.set(person, [...(weeks.get(person) ?? []), ...taken]);
    if (lead) led.set(person, [...(led.get(person) ?? []), ...taken]);
  }
  return { weeks, led };
};

const near = (weeks: readonly number[] | undefined, span: Weeks, rest: number): boolean =>
  weeks?.some((each) => span.index - rest <= each && each <= span.last + rest) ?? false;

/** Why a person cannot be in any team of those weeks; undefined where they can. */
export const hinderedBy = (
  { id, away }: Inspector,
  span: Span,
  { settings }: PlanningProblem,
  { weeks }: Rota,
): "away" | "resting" | undefined => {
  const { start, end } = span;
  if (away.some((period) => overlaps(period, { first: start, last: end }))) return "away";
  return near(weeks.get(id), span, settings.restWeeks) ? "resting" : undefined;
};

export const mayLead = (
  { id, canLead }: Inspector,
  span: Span,
  { settings }: PlanningProblem,
  { led }: Rota,
): boolean => canLead && !near(led.get(id), span, settings.leadRestWeeks);

export type Staffed =
  | { readonly complete: true; readonly teams: readonly (readonly Seat[])[] }
  /** Places, in the order of the services, whose teams lack somebody. */
  | { readonly complete: false; readonly lacking: readonly number[] };

/** A week of fieldwork had before counts more than sparing those who can lead. */
const LOAD = 10;
const SPARED = 5;

/**
 * Teams for the fieldworks that begin in one week, by a minimum-cost flow from seats to people:
 * exact for the week. A lead's seat costs the weeks led so far, any seat those had so far.
 */
export const staffWeek = (
  services: readonly { readonly service: ServiceToInspect; readonly span: Span }[],
  problem: PlanningProblem,
  rota: Rota,
): Staffed => {
  const spans = [...new Set(services.map(({ span }) => span))];
  const isFree = (person: Inspector, span: Span) => !hinderedBy(person, span, problem, rota);
  const people = problem.inspectors.filter((each) => spans.some((span) => isFree(each, span)));
  const [source, sink] = [0, 1];
  const seatNode = (place: number, lead: boolean): number => 2 + 2 * place + (lead ? 0 : 1);
  const personNode = (index: number): number => 2 + 2 * services.length + index;
  const network = createNetwork(2 + 2 * services.length + people.length);
  for (const [index, { id }] of people.entries()) {
    network.arc(personNode(index), sink, 1, LOAD * (rota.weeks.get(id)?.length ?? 0));
  }
  const choices = services.map(({ service, span }, place) => {
    const seats = teamSizeFor(service, problem.settings);
    const filled = [
      network.arc(source, seatNode(place, true), 1, 0),
      network.arc(source, seatNode(place, false), seats - 1, 0),
    ];
    const free = people.map((person) => isFree(person, span) && !conflictOf(person, service));
    const seated = people.flatMap((person, index) => {
      if (!free[index]) return [];
      const spared = person.canLead ? SPARED : 0;
      const member = network.arc(seatNode(place, false), personNode(index), 1, spared);
      if (!mayLead(person, span, problem, rota)) return [{ person, arc: member, lead: false }];
      const led = LOAD * (rota.led.get(person.id)?.length ?? 0);
      const lead = network.arc(seatNode(place, true), personNode(index), 1, led);
      return [
        { person, arc: lead, lead: true },
        { person, arc: member, lead: false },
      ];
    });
    return { seats, filled, seated };
  });
  network.send(source, sink);
  const lacking = choices.flatMap(({ seats, filled }, place) =>
    filled.reduce((sum, arc) => sum + network.flowOn(arc), 0) < seats ? [place] : [],
  );
  if (lacking.length > 0) return { complete: false, lacking };
  return {
    complete: true,
    teams: choices.map(({ seated }) =>
      seated
        .filter(({ arc }) => network.flowOn(arc) > 0)
        .map(({ person, lead }): Seat => ({ person: person.id, lead }))
        .toSorted((a, b) => Number(b.lead) - Number(a.lead)),
    ),
  };
};
