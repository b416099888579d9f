/** What planners do about a programme and its placements, until it holds and after. */
import type { ServiceToEnrol } from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { inspectorSheet, serviceSheet } from "@assay/domain/planning/sheets.ts";
import { weeksInWords } from "@assay/domain/planning/words.ts";
import type { PlacementTold } from "@assay/domain/tracking/programme.ts";

import { tiesTo } from "../reading/conflicts.ts";
import type { Person } from "../reading/people.ts";
import {
  choices,
  date,
  type Field,
  file,
  form,
  type Form,
  given,
  type Option,
  reason,
  select,
  text,
  unasked,
} from "./form.ts";
import { rulesForm } from "./planning-rules.ts";
import { personName } from "../wording/names.ts";

export const programmeForms = (
  state: ProgrammeState,
  under: Framework | undefined,
): readonly (Form | false)[] => {
  const { phase, services, inspectors } = state;
  return [
    form({
      type: "ProposeSchedule",
      title: phase.matches("proposed") ? "Propose the schedule again" : "Propose a schedule",
      about: "Placements that people decided stay; everything else keeps clear of them.",
      button: "Propose a schedule",
      first: phase.matches("prepared"),
      says: {},
    }),
    form({
      type: "ConfirmSchedule",
      title: "Confirm the schedule",
      about: "It then holds, and its inspections are scheduled one by one.",
      button: "Confirm the schedule",
      first: true,
      says: {},
    }),
    form({
      ...sheet("Enrol services from a sheet", services.size === 0, underInWords(under)),
      type: "EnrolServices",
      button: "Enrol the services",
      says: { services: sheetFile(serviceSheet.columns) },
    }),
    form({
      ...sheet("Register inspectors from a sheet", services.size > 0 && inspectors.size === 0),
      type: "RegisterInspectors",
      button: "Register the inspectors",
      says: { inspectors: sheetFile(inspectorSheet.columns) },
    }),
    blackout(state),
    ...state.blackouts.map((each, place) => lifting(state, each, place)),
    rulesForm(state.rules),
    services.size > 0 &&
      form({
        type: "RemoveService",
        title: "Remove a service from the programme",
        about: "As where two services have merged. Its placement goes with it.",
        button: "Remove the service",
        grave: true,
        says: { service: select("Service", named(state)), reason: reason() },
      }),
    inspectors.size > 0 &&
      form({
        type: "ReleaseInspector",
        title: "Plan without an inspector from now on",
        button: "Release the inspector",
        says: { inspector: select("Inspector", choices([...inspectors.keys()], personName)) },
      }),
  ];
};

/** Assay's planning rules hold until they are changed. */
export const openingProgramme = form({
  type: "OpenProgramme",
  title: "Open a programme",
  about: "Then enrol its services and register its inspectors, each from a sheet.",
  button: "Open the programme",
  says: {
    name: text("Name"),
    programme: text("Short name", {
      hint: "Lower-case letters, figures and hyphens, such as cycle-4",
      width: 20,
    }),
    period: { first: date("First day"), last: date("Last day") },
  },
});

const members = 4;

/** An inspection of its own, outside every programme. */
export const schedulingInspection = (people: readonly Person[], framework: Field): Form => {
  const options = (leads: boolean): readonly Option[] => [
    { value: "", text: "Nobody" },
    ...people
      .filter(({ actor }) => (actor.role === "lead-inspector") === leads)
      .map(({ actor, name }) => ({ value: actor.id, text: name })),
  ];
  return form({
    type: "ScheduleInspection",
    title: "Schedule an inspection",
    button: "Schedule the inspection",
    says: {
      service: {
        name: text("Service"),
        id: text("Service’s short name", {
          hint: "Lower-case letters and hyphens, such as northfield",
          width: 20,
        }),
      },
      inspection: text("Inspection’s short name", { hint: "Such as northfield-2026", width: 20 }),
      framework,
      kind: unasked,
      fieldwork: { start: date("First day of fieldwork"), end: date("Last day of fieldwork") },
      team: Array.from({ length: members }, (_, place) => ({
        role: given(place === 0 ? "lead-inspector" : "inspector"),
        person: select(place === 0 ? "Lead inspector" : `Inspector ${place}`, options(place === 0)),
      })),
    },
  });
};

const underInWords = (under: Framework | undefined): string =>
  under
    ? ` A line that names no framework is inspected under “${under.label}”, whose usual ` +
      `fieldwork takes ${weeksInWords(under.kinds[0]!.fieldworkWeeks)}.`
    : "";

const sheet = (title: string, first: boolean, more = "") => ({
  title,
  about:
    "Those known already change where the sheet says otherwise; others stay as they are. " +
    `Nothing is recorded until every line is right.${more}`,
  first,
});

const sheetFile = (columns: Readonly<Record<string, { readonly header: string }>>) =>
  file("The file, CSV or JSON", {
    hint: `Columns in any order: ${Object.values(columns)
      .map(({ header }) => header.toLowerCase())
      .join(", ")}`,
  });

const named = ({ services }: ProgrammeState): readonly Option[] =>
  [...services.values()].map(({ id, name }) => ({ value: id, text: name }));

const blackout = (state: ProgrammeState): Form => {
  const first = state.opened?.period.first;
  const from = first === undefined ? {} : { value: first };
  return form({
    type: "DeclareBlackout",
    title: "Keep days free of fieldwork",
    button: "Keep these days free",
    says: {
      period: { first: date("First day", from), last: date("Last day", from) },
      service: select("For", [{ value: "", text: "Every service" }, ...named(state)]),
      reason: reason(),
    },
  });
};

const lifting = (
  { services }: ProgrammeState,
  { period, service }: ProgrammeState["blackouts"][number],
  place: number,
): Form => {
  const whose = service === undefined ? "every service" : (services.get(service)?.name ?? service);
  return form({
    type: "LiftBlackout",
    id: String(place),
    title: `Allow fieldwork again from ${dayInWords(period.first)} to ${dayInWords(period.last)}`,
    about: `These days are kept free for ${whose}.`,
    button: "Allow fieldwork on these days",
    says: {
      period: { first: given(period.first), last: given(period.last) },
      ...(service !== undefined && { service: given(service) }),
    },
  });
};

/** `kindFor` is the choice of a framework and a kind for an inspection that begins on a day. */
export const placementForms = (
  state: ProgrammeState,
  placement: PlacementTold,
  kindFor: (start: Day, planned: ServiceToEnrol | undefined) => Field,
): readonly Form[] => {
  const { service } = placement;
  const subject = { service };
  return [
    form({
      type: "ScheduleInspection",
      id: service,
      subject,
      title: `Schedule the inspection of ${placement.name}`,
      button: "Schedule the inspection",
      carried: { _placement: service },
      says: {
        inspection: unasked,
        service: unasked,
        fieldwork: unasked,
        team: unasked,
        framework: kindFor(placement.start, state.services.get(service)),
        kind: unasked,
      },
    }),
    form({
      type: "ChangePlacement",
      id: service,
      subject: { placement: subject },
      title: `Place ${placement.name} otherwise`,
      about:
        "Rules of the planner that this leaves are recorded with your reason. What no reason " +
        "could justify is refused: a conflict of interest, a person in two places at once.",
      button: "Place it so",
      says: {
        placement: {
          service: given(service),
          start: date("First day of fieldwork", { value: placement.start }),
          end: date("Last day of fieldwork", { value: placement.end }),
          team: seats(state, placement),
        },
        reason: reason(),
      },
    }),
    form({
      type: "ReleasePlacement",
      id: service,
      subject,
      title: `Let the planner place ${placement.name} again`,
      button: "Let the planner place it",
      says: { service: given(service) },
    }),
  ];
};

/** A seat for each member, the lead first; who has a conflict of interest is said so. */
const seats = (state: ProgrammeState, { team, service }: PlacementTold) => {
  const { inspectors } = state;
  const ties = tiesTo(service, state);
  const options = (leads: boolean): readonly Option[] => [
    { value: "", text: "Nobody" },
    ...[...inspectors.values()]
      .filter(({ canLead }) => !leads || canLead)
      .map(({ id }) => {
        const tie = ties.get(id);
        return { value: id, text: tie ? `${personName(id)} – ${tie}` : personName(id) };
      }),
  ];
  return team
    .toSorted((a, b) => Number(b.lead) - Number(a.lead))
    .map(({ person, lead }, place) => ({
      person: select(lead ? "Lead inspector" : `Inspector ${place}`, options(lead), {
        value: person,
      }),
      lead: select(
        lead ? "Lead’s place" : `Place ${place}`,
        choices(["true", "false"], (value) => (value === "true" ? "Leads" : "Member")),
        { value: String(lead) },
      ),
    }));
};
