/** What is done about an inspection as a whole: its dates, its team, its announcement, its rest. */
import type { TeamMember } from "@assay/domain/announcement/events.ts";
import type { RegisteredInspector } from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";

import type { Instant } from "@assay/domain/kernel/instants.ts";

import { conflictInWords, conflictsOn, tiesTo } from "../reading/conflicts.ts";
import type { Held } from "../reading/held.ts";
import type { Person } from "../reading/people.ts";
import type { Viewer } from "../reading/viewer.ts";
import { personName, plain, roleNames } from "../wording/names.ts";
import { type Action, choices, type Field, offered, type Option, reason } from "./actions.ts";

export type Planning = {
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly held: Held;
  readonly others: readonly Held[];
  readonly people: readonly Person[];
  /** The one that the inspection belongs to. */
  readonly programme: ProgrammeState | undefined;
};

export const planningActions = ({
  viewer,
  now,
  held,
  others,
  people,
  programme,
}: Planning): readonly Action[] => {
  const { service, timetable, team } = held.announcement.briefing;
  const days = timetable && { start: timetable.fieldworkStart, end: timetable.fieldworkEnd };
  const conflicts = days ? conflictsOn(days, others) : new Map();
  const registered = {
    inspectors: [...(programme?.inspectors.values() ?? [])],
    ties: service && programme ? tiesTo(service.id, programme) : new Map<string, string>(),
  };
  const deputies = team.filter(({ role }) => role === "deputy-lead-inspector");
  return offered({ held, now }, viewer, [
    announcing,
    days && rescheduling(days),
    teamAction(team, optionsFor(people, conflicts, registered)),
    {
      type: "DelegateLead",
      title: "Let the deputy lead for a while",
      button: "Delegate the lead",
      fields: [
        {
          kind: "select",
          name: "to",
          label: "To",
          options: choices(
            deputies.map(({ person }) => person),
            personName,
          ),
        },
        reason(),
      ],
    },
    {
      type: "EndDelegation",
      title: "Take the lead back",
      button: "End the delegation",
      fields: [],
    },
    postponing,
    resuming,
    {
      type: "CancelInspection",
      title: "Cancel the inspection",
      about: "A cancelled inspection stays on record and never resumes.",
      button: "Cancel the inspection",
      grave: true,
      fields: [reason()],
    },
  ]);
};

const offices = [
  "service-manager",
  "board-chair",
  "local-authority-chief-executive",
  "director-of-childrens-services",
] as const;

const announcing: Action = {
  type: "AnnounceInspection",
  title: "Announce the inspection",
  about:
    "Today becomes the reference date of all figures, the framework version is pinned, and the " +
    "secret number of the sample is fixed.",
  button: "Announce the inspection",
  first: true,
  hidden: Object.fromEntries(
    offices.map((office, place) => [`recipients.${place}.office`, office]),
  ),
  fields: offices.map((office, place) => ({
    kind: "text",
    name: `recipients.${place}.text.name`,
    label: `${plain(office)}’s name`.replace("childrens", "children’s"),
  })),
};

const dayFields = (prefix: string, value?: { start: string; end: string }): readonly Field[] => [
  {
    kind: "day",
    name: `${prefix}.start`,
    label: "First day of fieldwork",
    ...(value && { value: value.start }),
  },
  {
    kind: "day",
    name: `${prefix}.end`,
    label: "Last day of fieldwork",
    ...(value && { value: value.end }),
  },
];

const rescheduling = (days: { start: string; end: string }): Action => ({
  type: "RescheduleInspection",
  title: "Change the days of fieldwork",
  about: "All other dates follow from them.",
  button: "Change the dates",
  fields: [...dayFields("fieldwork", days), reason()],
});

const postponing: Action = {
  type: "PostponeInspection",
  title: "Postpone the inspection",
  about: "Nothing is owed until it is resumed.",
  button: "Postpone",
  grave: true,
  fields: [reason()],
};

const resuming: Action = {
  type: "ResumeInspection",
  title: "Resume the inspection",
  button: "Resume",
  first: true,
  fields: dayFields("fieldwork").map((field) => ({
    ...field,
    hint: "Leave both days blank to keep the dates as they were.",
  })),
};

const inspecting = [
  "lead-inspector",
  "deputy-lead-inspector",
  "inspector",
  "assistant-inspector",
  "local-assessor",
] as const;

/** People with what speaks against each, so that a conflict is seen before it is made. */
const optionsFor = (
  people: readonly Person[],
  conflicts: ReturnType<typeof conflictsOn>,
  programme: { readonly inspectors: readonly RegisteredInspector[]; readonly ties: Ties },
): readonly (Option & { readonly leads: boolean })[] => {
  const known = people
    .filter(({ actor }) => inspecting.some((role) => role === actor.role))
    .map(({ actor: { id, role }, name }) => ({ id, name, leads: role === "lead-inspector" }));
  const registered = programme.inspectors.flatMap(({ id, canLead }) =>
    (canLead ? [true, false] : [false]).map((leads) => ({ id, name: personName(id), leads })),
  );
  const options = new Map(
    [...known, ...registered].map(({ id, name, leads }) => {
      const [conflict] = conflicts.get(id) ?? [];
      const against = programme.ties.get(id) ?? (conflict && conflictInWords(conflict));
      const text = against === undefined ? name : `${name} – ${against}`;
      return [`${id} ${leads}`, { value: id, text, leads }] as const;
    }),
  );
  return [...options.values()].toSorted((one, other) => byName.compare(one.text, other.text));
};

type Ties = ReturnType<typeof tiesTo>;

const byName = new Intl.Collator("en", { numeric: true });

/** Places in a team; the first is the lead's. */
const places = 6;

export const teamFields = (
  team: readonly TeamMember[],
  options: ReturnType<typeof optionsFor>,
): readonly Field[] => {
  const lead = team.find(({ role }) => role === "lead-inspector");
  const others = team.filter((member) => member !== lead);
  return Array.from({ length: places }, (_, place): readonly Field[] => {
    const member = place === 0 ? lead : others[place - 1];
    const fitting = options.filter(({ leads }) => leads === (place === 0));
    const person: Field = {
      kind: "select",
      name: `team.${place}.person`,
      label: place === 0 ? "Lead inspector" : `Member ${place}`,
      options: [{ value: "", text: "Nobody" }, ...fitting],
      ...(member && { value: member.person }),
    };
    if (place === 0) return [person];
    const role: Field = {
      kind: "select",
      name: `team.${place}.role`,
      label: `Member ${place}’s role`,
      options: choices(inspecting.slice(1), (each) => roleNames[each as TeamMember["role"]]),
      value: member?.role ?? "inspector",
    };
    return [person, role];
  }).flat();
};

const teamAction = (
  team: readonly TeamMember[],
  options: ReturnType<typeof optionsFor>,
): Action => ({
  type: "AssignTeam",
  title: "Change the team",
  about:
    "Whoever is in other fieldwork within a week of this one is marked, and so is whoever has a " +
    "conflict of interest by the programme: they are refused.",
  button: "Assign the team",
  hidden: { "team.0.role": "lead-inspector" },
  fields: teamFields(team, options),
});
