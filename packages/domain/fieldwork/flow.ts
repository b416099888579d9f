/** What fieldwork still owes, and by when: a to-do list computed from the facts. */
import { leadOf, judgedIn } from "../briefing/inspection.ts";
import { type Judged, standardIn } from "../framework/standards.ts";
import type { CaseId, InspectionId } from "../kernel/ids.ts";
import { endOfDay, inEngland, type Instant } from "../kernel/instants.ts";
import type { Flow } from "../kernel/step.ts";
import { assessmentStream, fieldworkStream, inspectionStream } from "../kernel/stream.ts";
import { personName } from "../kernel/wording.ts";
import { type Instance, type Instances, owedBy } from "../lifecycle/owed.ts";
import { barredFrom } from "./allocation.ts";
import type { FieldworkCommand } from "./commands.ts";
import { isConflicted } from "./conflicts.ts";
import { fieldwork } from "./decide.ts";
import { fieldworkChart, type FieldworkDuty } from "./machine.ts";
import type { FieldworkKnown, FieldworkState } from "./state.ts";
import type { PlannedStep } from "../framework/timetable.ts";

type Owed = Instance<FieldworkCommand>;

export const fieldworkFlow: Flow<FieldworkCommand, FieldworkKnown, FieldworkState> = {
  ...fieldwork.known,
  streams: (inspection, { briefing }) => [
    inspectionStream(inspection),
    fieldworkStream(inspection),
    ...[...briefing.sample.keys()].map((id) => assessmentStream(inspection, id)),
  ],
  owed: (inspection, state) => owedBy(fieldworkChart, instances, state, inspection),
};

/** The cases of which something is owed, once the service knows the sample. */
const casesOf = ({ briefing, lifecycle }: FieldworkState): readonly CaseId[] =>
  lifecycle.hasTag("ready") ? [...briefing.sample.keys()] : [];

const dayOf = (
  { briefing }: FieldworkState,
  day: Exclude<PlannedStep, "sample">,
): Instant | undefined => briefing.timetable && endOfDay(briefing.timetable[day]);

/** Cases that somebody has and that nobody has assessed, with why that person may not. */
const unassessed = (state: FieldworkState) =>
  casesOf(state).flatMap((id) => {
    const person = state.allocation.get(id);
    const status = state.files.get(id)?.status;
    if (person === undefined || status === "confirmed" || status === "completed") return [];
    return [{ id, person, status, barred: barredFrom(state, person, id) }];
  });

const whyBarred: Readonly<Record<string, string>> = {
  NotOnTheTeam: "is no longer on the team",
  OwnService: "works at the service",
  ConflictOfInterest: "has a conflict of interest",
};

/** Second markings that are not complete, with whether a conflict keeps the marker away. */
const secondMarkings = (state: FieldworkState) =>
  casesOf(state).flatMap((id) => {
    const second = state.files.get(id)?.second;
    if (second?.completed !== false) return [];
    return [{ id, by: second.by, kept: isConflicted(state.conflicts, second.by, id) }];
  });

/** Whether the quality sample calls for something about a case already. */
const isReady = ({ files, briefing }: FieldworkState, id: CaseId): boolean => {
  const status = files.get(id)?.status;
  return briefing.sample.has(id) && (status === "completed" || status === "confirmed");
};

const alertsThatAre =
  (stage: "raised" | "notified" | "answered", key: string, what: string) =>
  (state: FieldworkState): readonly Owed[] =>
    [...state.alerts].flatMap(([alert, { stage: now, due, case: id }]) => {
      if (now !== stage) return [];
      const about = id === undefined ? "" : ` about case ${id}`;
      const person = stage === "notified" ? undefined : leadOf(state.briefing);
      return [{ key: `${key}/${alert}`, what: `${what}${about}`, due, person }];
    });

const opening = (state: FieldworkState, inspection: InspectionId): readonly Owed[] => {
  const start = state.briefing.timetable?.fieldworkStart;
  if (!start) return [];
  return [
    {
      key: `open-fieldwork/${start}`,
      what: "Open fieldwork",
      due: inEngland(start, "09:00"),
      command: (stamp) => ({ type: "OpenFieldwork", inspection, ...stamp }),
    },
  ];
};

const judgedName = (
  { framework }: FieldworkState["briefing"],
  { code, standard }: Pick<Judged, "code" | "standard">,
): string => {
  if (code !== standard.code) return "key question";
  return framework && standardIn(framework, code) ? "standard" : "domain";
};

const proposing = (state: FieldworkState): readonly Owed[] =>
  judgedIn(state.briefing)
    .filter(({ code }) => !state.proposals.has(code))
    .map(({ code, standard }) => ({
      key: `propose/${code}`,
      what: `Propose a rating for ${judgedName(state.briefing, { code, standard })} ${code}`,
      person: leadOf(state.briefing),
      due: dayOf(state, "panel"),
    }));

const instances: Instances<FieldworkDuty, FieldworkCommand, FieldworkState> = {
  open: opening,
  allocate: (state) =>
    casesOf(state)
      .filter((id) => !state.allocation.has(id))
      .map((id) => ({
        key: `allocate/${id}`,
        what: `Allocate case ${id}`,
        person: leadOf(state.briefing),
        due: dayOf(state, "fieldworkStart"),
      })),
  passOn: (state) =>
    unassessed(state).flatMap(({ id, person, barred }) => {
      if (!barred) return [];
      const what = `Pass case ${id} on: ${personName(person)} ${whyBarred[barred.reason] ?? "may not have it"}`;
      const lead = leadOf(state.briefing);
      return [{ key: `pass-on/${id}`, what, person: lead, due: dayOf(state, "fieldworkEnd") }];
    }),
  assess: (state) =>
    unassessed(state).flatMap(({ id, person, status, barred }) => {
      if (barred) return [];
      const what = status === "returned" ? `Answer the return of case ${id}` : `Assess case ${id}`;
      return [{ key: `assess/${id}`, what, person, due: dayOf(state, "fieldworkEnd") }];
    }),
  confirm: (state) =>
    casesOf(state)
      .filter((id) => state.files.get(id)?.status === "completed")
      .map((id) => ({
        key: `confirm/${id}`,
        what: `Confirm the assessment of case ${id}`,
        person: leadOf(state.briefing),
        due: dayOf(state, "fieldworkEnd"),
      })),
  secondMark: (state) =>
    secondMarkings(state)
      .filter(({ kept }) => !kept)
      .map(({ id, by }) => ({
        key: `second-mark/${id}`,
        what: `Mark case ${id} a second time`,
        person: by,
        due: dayOf(state, "fieldworkEnd"),
      })),
  passOnSecond: (state) =>
    secondMarkings(state)
      .filter(({ kept }) => kept)
      .map(({ id, by }) => ({
        key: `pass-on-second/${id}`,
        what: `Pass the second marking of case ${id} on: ${personName(by)} ${whyBarred["ConflictOfInterest"]}`,
        person: state.quality?.by.id,
        due: dayOf(state, "fieldworkEnd"),
      })),
  review: (state) =>
    (state.quality?.dipSample ?? [])
      .filter(({ case: id }) => isReady(state, id) && !state.files.get(id)?.reviewed)
      .map(({ case: id }) => ({
        key: `review/${id}`,
        what: `Look at case ${id}`,
        person: state.quality?.by.id,
        due: dayOf(state, "panel"),
      })),
  assignSecond: (state) =>
    (state.quality?.secondMarkings ?? [])
      .filter(({ case: id }) => isReady(state, id) && !state.files.get(id)?.second)
      .map(({ case: id, to }) => ({
        key: `assign-second/${id}`,
        what: `Assign the second marking of case ${id} to ${personName(to)}`,
        person: state.quality?.by.id,
        due: dayOf(state, "panel"),
      })),
  notifyAlert: alertsThatAre("raised", "notify-alert", "Tell the service of the alert"),
  answerAlert: alertsThatAre("notified", "answer-alert", "Answer the alert"),
  closeAlert: alertsThatAre("answered", "close-alert", "Close the alert"),
  feedback: (state) => {
    if (state.feedback) return [];
    const what = "Give the service initial feedback";
    const person = leadOf(state.briefing);
    return [{ key: "feedback", what, person, due: dayOf(state, "feedback") }];
  },
  propose: proposing,
  close: (state) => {
    const person = leadOf(state.briefing);
    return [
      { key: "close-fieldwork", what: "Close fieldwork", person, due: dayOf(state, "panel") },
    ];
  },
};
