/**
 * One programme: its schedule with the reason for each placement, what is left out, how good it is,
 * and what planners do about it until it holds and its inspections are scheduled.
 */
import {
  inspectionFor,
  type ProgrammeState,
  schedulingOf,
} from "@assay/domain/announcement/programme/state.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { type PlacementTold, programmeTold } from "@assay/domain/tracking/programme.ts";

import { drawPlan } from "../drawing/plan.ts";
import { redirect } from "../http/answer.ts";
import { mayEver } from "../reading/permitted.ts";
import { programmesIn } from "../reading/programmes.ts";
import { isStaff, type Viewer } from "../reading/viewer.ts";
import { personName } from "../wording/names.ts";
import { type Action, choices, type Field, reason } from "./actions.ts";
import { taking } from "./forms.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

export const planPage: Handle = async (visit) => {
  const viewer = signedIn(visit);
  const { id, state } = await programmeIn(visit);
  const told = programmeTold(id, state, visit.now);
  return visit.render({
    view: "plan",
    title: told.name,
    model: {
      wide: true,
      crumbs: [{ text: "Programme", href: "/programme" }, { text: told.name }],
      now: visit.now,
      told,
      owed: told.owed.map(({ overdue, due, person, ...each }) => ({
        ...each,
        late: overdue,
        ...(due !== null && { due }),
        ...(person !== null && { person }),
      })),
      picture:
        told.placements.length > 0 ? drawPlan(told.placements, dayInEngland(visit.now)) : undefined,
      placements: told.placements.map((placement) => ({
        ...placement,
        actions: placementActions(viewer, state, placement),
      })),
      actions: programmeActions(viewer, state, told.leftOut.length),
    },
  });
};

const programmeIn = async (visit: Visit) => {
  if (!isStaff(visit.viewer)) throw new NotFound();
  const id = ProgrammeId.safeParse(visit.parts["programme"]);
  const all = await programmesIn(visit.store, visit.library);
  const state = id.success ? all.get(id.data) : undefined;
  if (!id.success || !state) throw new NotFound();
  return { id: id.data, state };
};

const offeredTo = (
  viewer: Viewer,
  actions: readonly (Action | false | undefined)[],
): readonly Action[] =>
  actions
    .filter((action) => action !== false && action !== undefined)
    .filter(({ type }) => mayEver(viewer, type));

const programmeActions = (
  viewer: Viewer,
  { phase, services, inspectors, opened }: ProgrammeState,
  leftOut: number,
): readonly Action[] => {
  const open = !phase.matches("confirmed");
  const ready = services.size > 0 && inspectors.size > 0;
  return offeredTo(viewer, [
    open &&
      ready && {
        type: "ProposeSchedule",
        title: phase.matches("proposed") ? "Propose the schedule again" : "Propose a schedule",
        about: "Placements that people decided stay; everything else keeps clear of them.",
        button: "Propose a schedule",
        first: phase.matches("prepared"),
        fields: [],
      },
    phase.matches("proposed") && {
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
    {
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
    },
  ]);
};

const day = (value: string | undefined) => (value === undefined ? {} : { value });

const placementActions = (
  viewer: Viewer,
  state: ProgrammeState,
  placement: PlacementTold,
): readonly Action[] => {
  const { service, scheduled, decided } = placement;
  const confirmed = state.phase.matches("confirmed");
  return offeredTo(viewer, [
    confirmed &&
      !scheduled && {
        type: "ScheduleInspection",
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
    !scheduled && {
      type: "ChangePlacement",
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
    decided === "by-a-person" &&
      !confirmed && {
        type: "ReleasePlacement",
        id: service,
        title: `Let the planner place ${placement.name} again`,
        button: "Let the planner place it",
        hidden: { service },
        fields: [],
      },
  ]);
};

/** A seat for each member, the lead first; who has a conflict of interest is said so. */
const seats = (
  { inspectors, services }: ProgrammeState,
  { team, service }: PlacementTold,
): readonly Field[] => {
  const region = services.get(service)?.region;
  const options = (leads: boolean) => [
    { value: "", text: "Nobody" },
    ...[...inspectors.values()]
      .filter(({ canLead }) => !leads || canLead)
      .map(({ id, homeArea, employers }) => {
        const conflict = homeArea === region || employers.includes(service);
        return {
          value: id,
          text: conflict ? `${personName(id)} – conflict of interest` : personName(id),
        };
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

/** An inspection is scheduled by its placement; everything else is a command of the programme. */
export const takePlan: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_type") !== "ScheduleInspection") return taking(planPage)(visit);
  const { state } = await programmeIn(visit);
  const placement = [...state.placements.values()].find(
    ({ service }) => service === form.value("service"),
  );
  const scheduling = placement && schedulingOf(state, placement.service);
  if (!placement || !scheduling) throw new NotFound();
  const sent = await visit.send({
    id: form.value("_command"),
    by: signedIn(visit).actor,
    correlationId: visit.asked.correlationId,
    command: { type: "ScheduleInspection", framework: form.value("framework"), ...scheduling },
  });
  return sent.outcome === "answered" && sent.reply.accepted
    ? redirect(`/inspections/${inspectionFor(placement)}?done=ScheduleInspection`)
    : taking(planPage)(visit);
};
