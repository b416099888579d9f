/** Scheduling: dates, team, delegation; and what interrupts or ends an inspection. */
import { dueOf, type Fieldwork, type Timetable, timetableFor } from "../framework/timetable.ts";
import { underKind } from "../framework/kind.ts";
import type { Framework } from "../framework/document.ts";
import { type Known, knownById, type Versions } from "../framework/versions.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { type Stamp, stampOf } from "../kernel/fact.ts";
import { isPlausible } from "../kernel/instants.ts";
import { isWorkingDay } from "../kernel/working-days.ts";
import { isListed, renewal } from "./commitment.ts";
import type { InspectionCommandOf, InspectionRefusal } from "./commands.ts";
import type { InspectionEvent, TeamMember } from "./events.ts";
import { offeredKind, unknownFramework } from "./offered.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";
import { tiedMember } from "./ties.ts";

export const schedule = (
  command: InspectionCommandOf<"ScheduleInspection">,
  { ties, adoptions }: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { service, programme, framework, kind, fieldwork, team, reconstruction } = command;
  const found = offeredKind({ framework, kind }, adoptions, versions);
  if ("refusal" in found) return refuse(found.refusal);
  const version = found.known.framework;
  const wrong = badDates(fieldwork, command);
  if (wrong) return refuse(wrong);
  const timetable = timetableFor(fieldwork, underKind(version, kind));
  const impossible =
    tooEarly(timetable, found.known, reconstruction) ??
    badTeam(team, version) ??
    tiedMember(team, service.id, ties);
  if (impossible) return refuse(impossible);
  return accept({
    type: "InspectionScheduled",
    ...stampOf(command),
    service,
    ...(programme && { programme }),
    framework,
    ...(kind !== undefined && { kind }),
    timetable,
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
  const impossible = badDates(fieldwork, command);
  if (impossible) return refuse(impossible);
  const version = versionOf(state, versions);
  if (!version) return refuse(unknownFramework(frameworkOf(state), versions));
  const moved = timetableFor(fieldwork, version);
  const stamp = stampOf(command);
  const renewed = renewedFor(command, state, moved);
  if (renewed === "needed") return refuse({ reason: "CommitmentNeeded" });
  return accept<InspectionEvent>(
    { type: "InspectionRescheduled", ...stamp, timetable: moved, text: { reason } },
    ...movedRequests(state, moved, stamp),
    ...renewed,
  );
};

export const assignTeam = (
  command: InspectionCommandOf<"AssignTeam">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { team } = command;
  const { service, team: former } = state.briefing;
  if (canonicalJson(team) === canonicalJson(former)) return accept();
  const impossible =
    badTeam(team, versionOf(state, versions)) ??
    (service && tiedMember(team, service.id, state.ties));
  if (impossible) return refuse(impossible);
  return accept({ type: "TeamAssigned", ...stampOf(command), team });
};

export const delegate = (
  command: InspectionCommandOf<"DelegateLead">,
  { briefing }: InspectionState,
): InspectionAnswer => {
  const { to, reason } = command;
  const deputy = briefing.team.find(({ person }) => person === to);
  if (deputy?.role !== "deputy-lead-inspector") {
    return refuse({ reason: "NotTheDeputy", person: to });
  }
  return accept({ type: "LeadDelegated", ...stampOf(command), to, text: { reason } });
};

export const endDelegation = (command: InspectionCommandOf<"EndDelegation">): InspectionAnswer =>
  accept({ type: "DelegationEnded", ...stampOf(command) });

export const postpone = (command: InspectionCommandOf<"PostponeInspection">): InspectionAnswer =>
  accept({ type: "InspectionPostponed", ...stampOf(command), text: { reason: command.reason } });

/** It goes on with new dates, or with the former ones. */
export const resume = (
  command: InspectionCommandOf<"ResumeInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { fieldwork } = command;
  const timetable = daysOf(state);
  const stamp = stampOf(command);
  if (!fieldwork) return accept({ type: "InspectionResumed", ...stamp, timetable });
  const impossible = badDates(fieldwork, command);
  if (impossible) return refuse(impossible);
  const moved = fieldwork.start !== timetable.fieldworkStart;
  if (moved && state.lifecycle.hasTag("in-fieldwork")) {
    return refuse({ reason: "FieldworkHasBegun" });
  }
  const version = versionOf(state, versions);
  if (!version) return refuse(unknownFramework(frameworkOf(state), versions));
  const next = timetableFor(fieldwork, version);
  const renewed = renewedFor(command, state, next);
  if (renewed === "needed") return refuse({ reason: "CommitmentNeeded" });
  return accept<InspectionEvent>(
    { type: "InspectionResumed", ...stamp, timetable: next },
    ...movedRequests(state, next, stamp),
    ...renewed,
  );
};

export const cancel = (command: InspectionCommandOf<"CancelInspection">): InspectionAnswer =>
  accept({ type: "InspectionCancelled", ...stampOf(command), text: { reason: command.reason } });

/** The windows reach back from the first day of fieldwork, so that day decides the sample too. */
const renewedFor = (
  command: InspectionCommandOf<"RescheduleInspection" | "ResumeInspection">,
  state: InspectionState,
  timetable: Timetable,
): readonly InspectionEvent[] | "needed" => {
  const isMoved = timetable.fieldworkStart !== daysOf(state).fieldworkStart;
  if (!isMoved || !isListed(state)) return [];
  return renewal(command, state, "fieldwork-moved", timetable) ?? "needed";
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

export const isPlannedFor = (
  { briefing: { timetable } }: InspectionState,
  { start, end }: Fieldwork,
): boolean => timetable?.fieldworkStart === start && timetable.fieldworkEnd === end;

/** The pinned version, or before the announcement the one named, while it is known. */
export const versionOf = (state: InspectionState, versions: Versions): Framework | undefined => {
  const { briefing, adoptions } = state;
  const id = frameworkOf(state);
  const named = adoptions.get(id)?.adopted ?? knownById(id, versions);
  return briefing.framework ?? (named && underKind(named.framework, briefing.kind));
};

export const frameworkOf = ({ scheduled }: InspectionState): string => scheduled?.framework ?? "";

const badDates = ({ start, end }: Fieldwork, { at }: Stamp): InspectionRefusal | undefined => {
  const odd = [start, end].find((each) => !isPlausible(each, at));
  if (odd) return { reason: "DayNotPlausible", day: odd };
  if (start > end) return { reason: "DatesOutOfOrder", start, end };
  const day = [start, end].find((each) => !isWorkingDay(each));
  return day ? { reason: "NotAWorkingDay", day } : undefined;
};

/**
 * An inspection is not announced before its framework begins. Documents of format 1 never had this
 * rule, and what was recorded under them has to hold when it is decided again. A published report
 * that is carried through keeps the days that it had.
 */
const tooEarly = (
  { announcement }: Timetable,
  { framework: { label, from }, document }: Known,
  reconstruction: object | undefined,
): InspectionRefusal | undefined =>
  "format" in document && !reconstruction && announcement < from
    ? { reason: "BeforeTheFramework", framework: label, announcement, from }
    : undefined;

const badTeam = (
  team: readonly TeamMember[],
  framework: Framework | undefined,
): InspectionRefusal | undefined => {
  const partners = framework?.partners.map(({ id }) => id) ?? [];
  const partner = team.flatMap((each) => each.partner ?? []).find((id) => !partners.includes(id));
  if (partner !== undefined) return { reason: "UnknownPartner", partner, known: partners };
  const leads = team.filter(({ role }) => role === "lead-inspector").map(({ person }) => person);
  if (leads.length !== 1) return { reason: "TeamNeedsOneLead", leads };
  const homeless = team.find((each) => each.role === "local-assessor" && !each.homeService);
  if (homeless) return { reason: "HomeServiceNeeded", person: homeless.person };
  const people = team.map(({ person }) => person);
  const person = people.find((each, i) => people.indexOf(each) !== i);
  return person ? { reason: "NamedTwice", person } : undefined;
};
