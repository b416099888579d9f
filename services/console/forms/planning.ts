/** What is done about an inspection as a whole: its dates, its team, its announcement, its rest. */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { TeamMember } from "@assay/domain/announcement/events.ts";
import type { RegisteredInspector } from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { versionOf } from "@assay/domain/announcement/schedule.ts";
import type { Versions } from "@assay/domain/framework/versions.ts";

import { conflictInWords, conflictsOn, tiesTo } from "../reading/conflicts.ts";
import type { Held, Listed } from "../reading/held.ts";
import type { Person } from "../reading/people.ts";
import { roleNames, personName } from "../wording/names.ts";
import {
  choices,
  date,
  form,
  type Form,
  given,
  type Option,
  reason,
  select,
  text,
} from "./form.ts";

export type Planning = {
  readonly held: Held;
  readonly others: readonly Listed[];
  readonly people: readonly Person[];
  /** The one that the inspection belongs to. */
  readonly programme: ProgrammeState | undefined;
  /** All frameworks that come with Assay or were adopted. */
  readonly frameworks: Versions;
};

export const planningForms = ({
  held,
  others,
  people,
  programme,
  frameworks,
}: Planning): readonly (Form | false | undefined)[] => {
  const { service, timetable, team, delegate, framework } = held.announcement.briefing;
  const days = timetable && { start: timetable.fieldworkStart, end: timetable.fieldworkEnd };
  const conflicts = days ? conflictsOn(days, others) : new Map();
  const registered = {
    inspectors: [...(programme?.inspectors.values() ?? [])],
    ties: service && programme ? tiesTo(service.id, programme) : new Map<string, string>(),
  };
  const deputies = team.filter(({ role }) => role === "deputy-lead-inspector");
  return [
    announcing(held, frameworks),
    days && rescheduling(days),
    teamForm(team, {
      options: optionsFor(people, conflicts, registered),
      partners: framework?.partners ?? [],
    }),
    delegate === undefined &&
      form({
        type: "DelegateLead",
        title: "Let the deputy lead for a while",
        button: "Delegate the lead",
        says: {
          to: select(
            "To",
            choices(
              deputies.map(({ person }) => person),
              personName,
            ),
          ),
          reason: reason(),
        },
      }),
    form({
      type: "EndDelegation",
      title: "Take the lead back",
      button: "End the delegation",
      says: {},
    }),
    postponing,
    resuming,
    form({
      type: "CancelInspection",
      title: "Cancel the inspection",
      about: "A cancelled inspection stays on record and never resumes.",
      button: "Cancel the inspection",
      grave: true,
      says: { reason: reason() },
    }),
  ];
};

const announcing = ({ announcement }: Held, frameworks: Versions): Form => {
  const framework = versionOf(announcement, frameworks);
  const sample =
    framework?.populations.length === 0 ? "" : ", and the secret number of the sample is fixed";
  return form({
    type: "AnnounceInspection",
    title: "Announce the inspection",
    about:
      "Today becomes the reference date of all figures, and the framework version is " +
      `pinned${sample}.`,
    button: "Announce the inspection",
    first: true,
    says: {
      recipients: (framework?.letter.offices ?? []).map(({ id, label }) => ({
        office: given(id),
        text: { name: text(`${label}’s name`) },
      })),
    },
  });
};

const dayFields = (value?: { start: string; end: string }, hint?: string) => ({
  start: date("First day of fieldwork", {
    ...(value && { value: value.start }),
    ...(hint !== undefined && { hint }),
  }),
  end: date("Last day of fieldwork", {
    ...(value && { value: value.end }),
    ...(hint !== undefined && { hint }),
  }),
});

const rescheduling = (days: { start: string; end: string }): Form =>
  form({
    type: "RescheduleInspection",
    title: "Change the days of fieldwork",
    about: "All other dates follow from them.",
    button: "Change the dates",
    says: { fieldwork: dayFields(days), reason: reason() },
  });

const postponing = form({
  type: "PostponeInspection",
  title: "Postpone the inspection",
  about: "Nothing is owed until it is resumed.",
  button: "Postpone",
  grave: true,
  says: { reason: reason() },
});

const resuming = form({
  type: "ResumeInspection",
  title: "Resume the inspection",
  button: "Resume",
  first: true,
  says: {
    fieldwork: dayFields(undefined, "Leave both days blank to keep the dates as they were."),
  },
});

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
      const said = against === undefined ? name : `${name} – ${against}`;
      return [`${id} ${leads}`, { value: id, text: said, leads }] as const;
    }),
  );
  return [...options.values()].toSorted((one, other) => byName.compare(one.text, other.text));
};

type Ties = ReturnType<typeof tiesTo>;

const byName = new Intl.Collator("en", { numeric: true });

/** Places in a team; the first is the lead's. */
const places = 6;

type Choosing = {
  readonly options: ReturnType<typeof optionsFor>;
  readonly partners: Framework["partners"];
};

const teamFields = (team: readonly TeamMember[], { options, partners }: Choosing) => {
  const lead = team.find(({ role }) => role === "lead-inspector");
  const others = team.filter((member) => member !== lead);
  return Array.from({ length: places }, (_, place) => {
    const member = place === 0 ? lead : others[place - 1];
    const fitting = options.filter(({ leads }) => leads === (place === 0));
    const person = select(
      place === 0 ? "Lead inspector" : `Member ${place}`,
      [{ value: "", text: "Nobody" }, ...fitting],
      { ...(member && { value: member.person }) },
    );
    const role = select(
      `Member ${place}’s role`,
      choices(inspecting.slice(1), (each) => roleNames[each]),
      { value: member?.role ?? "inspector" },
    );
    if (place === 0) return { person, role: given("lead-inspector") };
    if (partners.length === 0) return { person, role };
    const partner = select(
      `Member ${place} comes from`,
      [
        { value: "", text: "The inspectorate" },
        ...partners.map(({ id, label, role: does }) => ({
          value: id,
          text: does ? `${label}: ${does}` : label,
        })),
      ],
      { value: member?.partner ?? "" },
    );
    return { person, role, partner };
  });
};

const teamForm = (team: readonly TeamMember[], choosing: Choosing): Form =>
  form({
    type: "AssignTeam",
    title: "Change the team",
    about:
      "Whoever is in other fieldwork within a week of this one is marked, and so is whoever has a " +
      "conflict of interest by the programme: they are refused.",
    button: "Assign the team",
    says: { team: teamFields(team, choosing) },
  });
