/** What planners do about a programme and its placements, until it holds and after. */
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { inspectorSheet, serviceSheet } from "@assay/domain/planning/import.ts";
import type { PlacementTold } from "@assay/domain/tracking/programme.ts";

import { tiesTo } from "../reading/conflicts.ts";
import { personName } from "../wording/names.ts";
import { type Action, choices, type Field, offered, reason } from "./actions.ts";
import type { Visit } from "./page.ts";
import { rulesAction } from "./planning-rules.ts";

export const programmeActions = (
  { viewer, now }: Visit,
  state: ProgrammeState,
  leftOut: number,
): readonly Action[] => {
  const { phase, services, inspectors } = state;
  const open = !phase.matches("confirmed");
  return offered({ programme: state, now }, viewer, [
    {
      type: "ProposeSchedule",
      title: phase.matches("proposed") ? "Propose the schedule again" : "Propose a schedule",
      about: "Placements that people decided stay; everything else keeps clear of them.",
      button: "Propose a schedule",
      first: phase.matches("prepared"),
      fields: [],
    },
    {
      type: "ConfirmSchedule",
      title: "Confirm the schedule",
      about:
        leftOut > 0
          ? `${leftOut} services are placed nowhere: place or remove them first.`
          : "It then holds, and its inspections are scheduled one by one.",
      button: "Confirm the schedule",
      first: leftOut === 0,
      fields: [],
    },
    sheet("EnrolServices", services.size === 0),
    sheet("RegisterInspectors", open && services.size > 0 && inspectors.size === 0),
    blackout(state),
    ...state.blackouts.map((each, place) => lifting(state, each, place)),
    rulesAction(state.rules),
    removing(state),
    releasing(state),
  ]);
};

/** Assay's planning rules hold until they are changed. */
export const openingProgramme: Action = {
  type: "OpenProgramme",
  title: "Open a programme",
  about: "Then enrol its services and register its inspectors, each from a sheet.",
  button: "Open the programme",
  fields: [
    { kind: "text", name: "name", label: "Name" },
    {
      kind: "text",
      name: "programme",
      label: "Short name",
      hint: "Lower-case letters, figures and hyphens, such as cycle-4",
    },
    { kind: "day", name: "period.first", label: "First day" },
    { kind: "day", name: "period.last", label: "Last day" },
  ],
};

const sheets = {
  EnrolServices: {
    title: "Enrol services from a sheet",
    button: "Enrol the services",
    columns: serviceSheet.columns,
  },
  RegisterInspectors: {
    title: "Register inspectors from a sheet",
    button: "Register the inspectors",
    columns: inspectorSheet.columns,
  },
} as const;

export type SheetCommand = keyof typeof sheets;

export const isSheetCommand = (type: string): type is SheetCommand => Object.hasOwn(sheets, type);

const sheet = (type: SheetCommand, first: boolean): Action => ({
  type,
  title: sheets[type].title,
  about:
    "Those known already change where the sheet says otherwise; others stay as they are. " +
    "Nothing is recorded until every line is right.",
  button: sheets[type].button,
  first,
  fields: [
    {
      kind: "file",
      name: "sheet",
      label: "The file, CSV or JSON",
      hint: `Columns in any order: ${Object.values(sheets[type].columns)
        .map(({ header }) => header.toLowerCase())
        .join(", ")}`,
    },
  ],
});

const blackout = ({ opened, services }: ProgrammeState): Action => ({
  type: "DeclareBlackout",
  title: "Keep days free of fieldwork",
  button: "Keep these days free",
  fields: [
    { kind: "day", name: "period.first", label: "First day", ...day(opened?.period.first) },
    { kind: "day", name: "period.last", label: "Last day", ...day(opened?.period.first) },
    {
      kind: "select",
      name: "service",
      label: "For",
      options: [
        { value: "", text: "Every service" },
        ...[...services.values()].map(({ id, name }) => ({ value: id, text: name })),
      ],
    },
    reason(),
  ],
});

const lifting = (
  { services }: ProgrammeState,
  { period, service }: ProgrammeState["blackouts"][number],
  place: number,
): Action => {
  const whose = service === undefined ? "every service" : (services.get(service)?.name ?? service);
  return {
    type: "LiftBlackout",
    id: String(place),
    title: `Allow fieldwork again from ${dayInWords(period.first)} to ${dayInWords(period.last)}`,
    about: `These days are kept free for ${whose}.`,
    button: "Allow fieldwork on these days",
    hidden: {
      "period.first": period.first,
      "period.last": period.last,
      ...(service !== undefined && { service }),
    },
    fields: [],
  };
};

const removing = ({ services }: ProgrammeState): Action => ({
  type: "RemoveService",
  title: "Remove a service from the programme",
  about: "As where two services have merged. Its placement goes with it.",
  button: "Remove the service",
  grave: true,
  fields: [
    {
      kind: "select",
      name: "service",
      label: "Service",
      options: [...services.values()].map(({ id, name }) => ({ value: id, text: name })),
    },
    reason(),
  ],
});

const releasing = ({ inspectors }: ProgrammeState): Action => ({
  type: "ReleaseInspector",
  title: "Plan without an inspector from now on",
  button: "Release the inspector",
  fields: [
    {
      kind: "select",
      name: "inspector",
      label: "Inspector",
      options: choices([...inspectors.keys()], personName),
    },
  ],
});

const day = (value: string | undefined) => (value === undefined ? {} : { value });

export const placementActions = (
  { viewer, now }: Visit,
  state: ProgrammeState,
  placement: PlacementTold,
): readonly Action[] => {
  const { service } = placement;
  return offered({ programme: state, now }, viewer, [
    {
      type: "ScheduleInspection",
      subject: { service },
      id: service,
      title: `Schedule the inspection of ${placement.name}`,
      button: "Schedule the inspection",
      hidden: { service },
      fields: [
        {
          kind: "select",
          name: "framework",
          label: "Framework",
          options: versions.map(({ id, label }) => ({ value: id, text: label })),
          value: versions.at(-1)?.id ?? "",
        },
      ],
    },
    {
      type: "ChangePlacement",
      subject: { service },
      id: service,
      title: `Place ${placement.name} otherwise`,
      about:
        "Rules of the planner that this leaves are recorded with your reason. What no reason " +
        "could justify is refused: a conflict of interest, a person in two places at once.",
      button: "Place it so",
      hidden: { "placement.service": service },
      fields: [
        {
          kind: "day",
          name: "placement.start",
          label: "First day of fieldwork",
          value: placement.start,
        },
        {
          kind: "day",
          name: "placement.end",
          label: "Last day of fieldwork",
          value: placement.end,
        },
        ...seats(state, placement),
        reason(),
      ],
    },
    {
      type: "ReleasePlacement",
      subject: { service },
      id: service,
      title: `Let the planner place ${placement.name} again`,
      button: "Let the planner place it",
      hidden: { service },
      fields: [],
    },
  ]);
};

/** A seat for each member, the lead first; who has a conflict of interest is said so. */
const seats = (state: ProgrammeState, { team, service }: PlacementTold): readonly Field[] => {
  const { inspectors } = state;
  const ties = tiesTo(service, state);
  const options = (leads: boolean) => [
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
    .flatMap(({ person, lead }, place): readonly Field[] => [
      {
        kind: "select",
        name: `placement.team.${place}.person`,
        label: lead ? "Lead inspector" : `Inspector ${place}`,
        options: options(lead),
        value: person,
      },
      {
        kind: "select",
        name: `placement.team.${place}.lead`,
        label: lead ? "Lead’s place" : `Place ${place}`,
        options: choices(["true", "false"], (value) => (value === "true" ? "Leads" : "Member")),
        value: String(lead),
      },
    ]);
};
