/** Scheduling: dates, team, delegation; and what interrupts or ends an inspection. */
import { dueOf, type Fieldwork, type Timetable, timetableFor } from "../framework/timetable.ts";
import { type Versions, versionById } from "../framework/versions.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { type Stamp, stampOf } from "../kernel/fact.ts";
import { isWorkingDay } from "../kernel/working-days.ts";
import type { InspectionCommandOf, InspectionRefusal } from "./commands.ts";
import type { InspectionEvent, TeamMember } from "./events.ts";
import { type InspectionAnswer, type InspectionState, wrongPhase } from "./state.ts";
import { tiedMember } from "./ties.ts";

export const schedule = (
  command: InspectionCommandOf<"ScheduleInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { service, programme, framework, fieldwork, team, reconstruction } = command;
  const { briefing } = state;
  if (briefing.service) return sameSchedule(command, state);
  const version = versionById(framework, versions);
  const impossible =
    badDates(fieldwork) ?? badTeam(team) ?? tiedMember(team, service.id, state.ties);
  if (!version) {
    const known = versions.map(({ id }) => id);
    return refuse({ reason: "UnknownFramework", framework, known });
  }
  if (impossible) return refuse(impossible);
  return accept({
    type: "InspectionScheduled",
    ...stampOf(command),
    service,
    ...(programme && { programme }),
    framework,
    timetable: timetableFor(fieldwork, version.ruleset.timetable),
    team,
    ...(reconstruction && { reconstruction }),
  });
};

export const reschedule = (
  command: InspectionCommandOf<"RescheduleInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { fieldwork, reason } = command;
  const { timetable } = state.briefing;
  const same =
    timetable?.fieldworkStart === fieldwork.start && timetable.fieldworkEnd === fieldwork.end;
  if (same) return accept();
  if (state.fieldworkOpened) return refuse({ reason: "FieldworkHasBegun" });
  if (state.draw) return wrongPhase(state);
  const impossible = badDates(fieldwork);
  if (impossible) return refuse(impossible);
  const settings = settingsOf(state, versions);
  if (!settings) return wrongPhase(state);
  const moved = timetableFor(fieldwork, settings);
  const stamp = stampOf(command);
  return accept<InspectionEvent>(
    { type: "InspectionRescheduled", ...stamp, timetable: moved, text: { reason } },
    ...movedRequests(state, moved, stamp),
  );
};

export const assignTeam = (
  command: InspectionCommandOf<"AssignTeam">,
  state: InspectionState,
): InspectionAnswer => {
  const { team } = command;
  const { service, team: former } = state.briefing;
  if (canonicalJson(team) === canonicalJson(former)) return accept();
  const impossible = badTeam(team) ?? (service && tiedMember(team, service.id, state.ties));
  if (impossible) return refuse(impossible);
  return accept({ type: "TeamAssigned", ...stampOf(command), team });
};

export const delegate = (
  command: InspectionCommandOf<"DelegateLead">,
  { briefing }: InspectionState,
): InspectionAnswer => {
  const { to, reason } = command;
  if (briefing.delegate === to) return accept();
  const deputy = briefing.team.find(({ person }) => person === to);
  if (deputy?.role !== "deputy-lead-inspector") {
    return refuse({ reason: "NotTheDeputy", person: to });
  }
  return accept({ type: "LeadDelegated", ...stampOf(command), to, text: { reason } });
};

export const endDelegation = (
  command: InspectionCommandOf<"EndDelegation">,
  { briefing }: InspectionState,
): InspectionAnswer =>
  briefing.delegate ? accept({ type: "DelegationEnded", ...stampOf(command) }) : accept();

export const postpone = (
  command: InspectionCommandOf<"PostponeInspection">,
  state: InspectionState,
): InspectionAnswer => {
  if (state.phase.matches("postponed")) return accept();
  if (state.published) return refuse({ reason: "AlreadyPublished" });
  const text = { reason: command.reason };
  return accept({ type: "InspectionPostponed", ...stampOf(command), text });
};

/** It goes on with new dates, or with the former ones. */
export const resume = (
  command: InspectionCommandOf<"ResumeInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { fieldwork } = command;
  const { timetable } = state.briefing;
  if (!state.phase.matches("postponed")) return accept();
  const settings = settingsOf(state, versions);
  if (!timetable || !settings) return wrongPhase(state);
  const stamp = stampOf(command);
  if (!fieldwork) return accept({ type: "InspectionResumed", ...stamp, timetable });
  const impossible = badDates(fieldwork);
  if (impossible) return refuse(impossible);
  const moved = fieldwork.start !== timetable.fieldworkStart;
  if (moved && state.fieldworkOpened) return refuse({ reason: "FieldworkHasBegun" });
  const next = timetableFor(fieldwork, settings);
  return accept<InspectionEvent>(
    { type: "InspectionResumed", ...stamp, timetable: next },
    ...movedRequests(state, next, stamp),
  );
};

export const cancel = (
  command: InspectionCommandOf<"CancelInspection">,
  state: InspectionState,
): InspectionAnswer => {
  if (state.phase.matches("cancelled")) return accept();
  if (state.published) return refuse({ reason: "AlreadyPublished" });
  const text = { reason: command.reason };
  return accept({ type: "InspectionCancelled", ...stampOf(command), text });
};

/** What was asked of the service and has not come is due by the new dates. */
const movedRequests = (
  { requests }: InspectionState,
  timetable: Timetable,
  stamp: Stamp,
): readonly InspectionEvent[] =>
  [...requests].flatMap(([request, { satisfied, due: former }]) => {
    const due = dueOf(request, timetable);
    return satisfied || due === former ? [] : [{ type: "RequestOpened", ...stamp, request, due }];
  });

/** The pinned version's timetable, or before the announcement that of the version named. */
const settingsOf = ({ briefing, framework }: InspectionState, versions: Versions) =>
  (briefing.framework ?? versionById(framework ?? "", versions))?.ruleset.timetable;

/** The first request again changes nothing, whatever was changed since; any other is another. */
const sameSchedule = (
  command: InspectionCommandOf<"ScheduleInspection">,
  { scheduled }: InspectionState,
): InspectionAnswer => {
  const { service, programme, framework, fieldwork, team, reconstruction } = command;
  const asked = { service, programme, framework, fieldwork, team, reconstruction };
  const known = scheduled && {
    service: scheduled.service,
    programme: scheduled.programme,
    framework: scheduled.framework,
    fieldwork: {
      start: scheduled.timetable.fieldworkStart,
      end: scheduled.timetable.fieldworkEnd,
    },
    team: scheduled.team,
    reconstruction: scheduled.reconstruction,
  };
  const same = canonicalJson(asked) === canonicalJson(known ?? null);
  return same ? accept() : refuse({ reason: "AlreadyScheduledOtherwise" });
};

const badDates = ({ start, end }: Fieldwork): InspectionRefusal | undefined => {
  if (start > end) return { reason: "DatesOutOfOrder", start, end };
  const day = [start, end].find((each) => !isWorkingDay(each));
  return day ? { reason: "NotAWorkingDay", day } : undefined;
};

const badTeam = (team: readonly TeamMember[]): InspectionRefusal | undefined => {
  const leads = team.filter(({ role }) => role === "lead-inspector").map(({ person }) => person);
  if (leads.length !== 1) return { reason: "TeamNeedsOneLead", leads };
  const homeless = team.find((each) => each.role === "local-assessor" && !each.homeService);
  if (homeless) return { reason: "HomeServiceNeeded", person: homeless.person };
  const people = team.map(({ person }) => person);
  const person = people.find((each, i) => people.indexOf(each) !== i);
  return person ? { reason: "NamedTwice", person } : undefined;
};
