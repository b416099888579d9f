/** What stands in the calendar of one person, and of a whole programme. */
import type { Timetable } from "../framework/timetable.ts";
import type { InspectionId, PersonId, ProgrammeId, ServiceId } from "../kernel/ids.ts";
import { dayInEngland, type Instant, timeInEngland } from "../kernel/instants.ts";
import type { CalendarEntry } from "./calendar.ts";
import type { Placement } from "./problem.ts";

/** Something owed, as a step's flow tells it; one without a date stands in no calendar. */
export type Owed = {
  readonly key: string;
  readonly what: string;
  readonly due?: Instant | undefined;
  readonly person?: PersonId | undefined;
};

export type InspectionToShow = {
  readonly inspection: InspectionId;
  readonly service: { readonly name: string };
  readonly timetable: Timetable;
  readonly team: readonly { readonly person: PersonId; readonly role: string }[];
  readonly owed: readonly Owed[];
};

/** The days of an inspection that its whole team keeps in mind, besides fieldwork. */
const milestones = {
  announcement: "Announcement",
  feedback: "Initial feedback",
  panel: "Ratings panel",
  draft: "Draft report due",
  publication: "Publication",
} as const satisfies Partial<Record<keyof Timetable, string>>;

/** Fieldwork and milestones of the inspections they work on, and what they themselves owe. */
export const personalEntries = (
  person: PersonId,
  inspections: readonly InspectionToShow[],
): readonly CalendarEntry[] =>
  inspections.flatMap((shown) => [
    ...(shown.team.some((member) => member.person === person) ? inspectionEntries(shown) : []),
    ...shown.owed
      .filter((duty) => duty.person === person)
      .flatMap((duty) => dutyEntries(shown, duty)),
  ]);

/** An inspection's fieldwork and milestones. */
export const inspectionEntries = ({
  inspection,
  service,
  timetable,
}: InspectionToShow): readonly CalendarEntry[] => [
  {
    key: `${inspection}/fieldwork`,
    summary: `Fieldwork: ${service.name}`,
    when: { first: timetable.fieldworkStart, last: timetable.fieldworkEnd },
    busy: true,
  },
  ...(Object.keys(milestones) as (keyof typeof milestones)[]).map((name): CalendarEntry => ({
    key: `${inspection}/${name}`,
    summary: `${milestones[name]}: ${service.name}`,
    when: { first: timetable[name], last: timetable[name] },
    busy: false,
  })),
];

/** Due by the end of a day: that day. Due at a time: that moment. */
const dutyEntries = (
  { inspection, service }: InspectionToShow,
  { key, what, due }: Owed,
): readonly CalendarEntry[] => {
  if (due === undefined) return [];
  const day = dayInEngland(due);
  const wholeDay = timeInEngland(due) === "23:59";
  return [
    {
      key: `${inspection}/owed/${key}`,
      summary: `${what}: ${service.name}`,
      when: wholeDay ? { first: day, last: day } : { start: due },
      busy: false,
    },
  ];
};

/** Every fieldwork of a programme with its team; a moved one keeps its key. */
export const programmeEntries = (
  programme: ProgrammeId,
  placements: readonly Placement[],
  nameOf: (service: ServiceId) => string,
): readonly CalendarEntry[] =>
  placements.map(({ service, start, end, team }) => ({
    key: `${programme}/${service}`,
    summary: `Fieldwork: ${nameOf(service)}`,
    description: team.map(({ person, lead }) => (lead ? `${person} (lead)` : person)).join(", "),
    when: { first: start, last: end },
    busy: false,
  }));
