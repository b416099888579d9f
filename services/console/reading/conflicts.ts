/** What speaks against an inspector: other fieldwork near these days, or a tie to the service. */
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { Fieldwork } from "@assay/domain/framework/timetable.ts";
import { addDays, type Day } from "@assay/domain/kernel/instants.ts";
import type { ServiceId } from "@assay/domain/kernel/ids.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { conflictOf } from "@assay/domain/planning/problem.ts";

import type { Held, Listed } from "./held.ts";
import type { Library } from "./library.ts";
import { serviceName, stageOf } from "./tracker.ts";

export type Conflict = {
  readonly person: string;
  readonly service: string;
  readonly start: Day;
  readonly end: Day;
};

/** Days of rest between two fieldworks of one person, below which they are said to be close. */
const rest = 7;

/** Every other fieldwork that falls into these days, or within a week of them, by person. */
export const conflictsOn = (
  { start, end }: Fieldwork,
  others: Iterable<Listed>,
): ReadonlyMap<string, readonly Conflict[]> => {
  const found = new Map<string, readonly Conflict[]>();
  for (const held of others) {
    const { timetable, team } = held;
    if (!timetable || ["cancelled", "postponed"].includes(stageOf(held))) continue;
    const { fieldworkStart, fieldworkEnd } = timetable;
    if (fieldworkEnd < addDays(start, -rest) || fieldworkStart > addDays(end, rest)) continue;
    for (const { person } of team) {
      const conflict = {
        person,
        service: serviceName(held),
        start: fieldworkStart,
        end: fieldworkEnd,
      };
      found.set(person, [...(found.get(person) ?? []), conflict]);
    }
  }
  return found;
};

/** What the library says against people on its days and for its service. */
export const conflictsWith = async (held: Held, library: Library) => {
  const { timetable, service, programme: id } = held;
  const others = [...(await library.all()).values()].filter(
    ({ inspection }) => inspection !== held.inspection,
  );
  const programme = id && (await library.programmes()).get(id);
  const days = timetable && { start: timetable.fieldworkStart, end: timetable.fieldworkEnd };
  return {
    elsewhere: days ? [...conflictsOn(days, others).values()].flat() : [],
    tied:
      service && programme
        ? [...tiesTo(service.id, programme)].map(([person, because]) => ({ person, because }))
        : [],
  };
};

export const conflictInWords = ({ service, start, end }: Conflict): string =>
  `in fieldwork at ${service}, ${dayInWords(start)} to ${dayInWords(end)}`;

const ties = {
  "home-area": "lives in its area, so cannot inspect it",
  "former-employer": "was employed there, so cannot inspect it",
} as const;

/** What each tied inspector of the programme has to do with the service, in words. */
export const tiesTo = (
  service: ServiceId,
  { inspectors, services }: Pick<ProgrammeState, "inspectors" | "services">,
): ReadonlyMap<string, string> => {
  const region = services.get(service)?.region;
  return new Map(
    [...inspectors.values()].flatMap((inspector) => {
      const tie = conflictOf(inspector, { id: service, region });
      return tie ? [[inspector.id, ties[tie]] as const] : [];
    }),
  );
};
