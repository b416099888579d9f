/** Calendar feeds from what is known: one person's, and a programme's. */
import type { ProgrammeState } from "../announcement/programme/state.ts";
import type { PersonId, ProgrammeId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import { calendarText } from "../planning/calendar.ts";
import { type InspectionToShow, personalEntries, programmeEntries } from "../planning/feeds.ts";
import type { Outline } from "./outline.ts";

export type FeedMaking = {
  /** The host name that makes entries' names unique in the world. */
  readonly origin: string;
  /** When what is told last changed. */
  readonly changed: Instant;
};

export const personFeed = (
  person: PersonId,
  outlines: readonly Outline[],
  making: FeedMaking,
): string =>
  calendarText({
    ...making,
    name: `Inspections of ${person}`,
    entries: personalEntries(person, outlines.flatMap(shown)),
  });

export const programmeFeed = (
  programme: ProgrammeId,
  { opened, changed, placements, services }: ProgrammeState,
  making: FeedMaking,
): string =>
  calendarText({
    ...making,
    // Inspections change nothing of it: its own placements alone are told.
    ...(changed && { changed }),
    name: opened?.name ?? programme,
    entries: programmeEntries(
      programme,
      [...placements.values()],
      (service) => services.get(service)?.name ?? service,
    ),
  });

/** A cancelled or postponed inspection takes nobody's days. */
const shown = (outline: Outline): readonly InspectionToShow[] => {
  const { inspection, service, timetable, team, underWay, duties } = outline;
  if (!service || !timetable || !underWay) return [];
  return [{ inspection, service, timetable, team, owed: duties }];
};
