/** What fieldwork still owes, and by when: a to-do list computed from the facts. */
import { leadOf, standardsOf } from "../briefing/inspection.ts";
import type { CaseId, InspectionId } from "../kernel/ids.ts";
import { endOfDay, inEngland, type Instant } from "../kernel/instants.ts";
import type { Duty, Flow } from "../kernel/step.ts";
import { assessmentStream, fieldworkStream, inspectionStream } from "../kernel/stream.ts";
import { barredFrom } from "./allocation.ts";
import type { FieldworkCommand } from "./commands.ts";
import { isConflicted } from "./conflicts.ts";
import { fieldwork } from "./decide.ts";
import type { FieldworkKnown, FieldworkState } from "./state.ts";
import type { Timetable } from "../framework/timetable.ts";

type Owed = Duty<FieldworkCommand>;

export const fieldworkFlow: Flow<FieldworkCommand, FieldworkKnown, FieldworkState> = {
  initial: fieldwork.initial,
  evolve: fieldwork.evolve,
  streams: (inspection, { briefing }) => [
    inspectionStream(inspection),
    fieldworkStream(inspection),
    ...[...briefing.sample.keys()].map((id) => assessmentStream(inspection, id)),
  ],
  owed: (inspection, state) => {
    const { timetable, standing, notified } = state.briefing;
    if (!timetable || standing !== "active" || !notified) return [];
    if (state.phase.matches("closed")) return [...cases(state, timetable), ...alerts(state)];
    return [
      ...opening(inspection, state, timetable),
      ...cases(state, timetable),
      ...alerts(state),
      ...assured(state, timetable),
      ...findings(state, timetable),
    ];
  },
};

const opening = (
  inspection: InspectionId,
  { phase }: FieldworkState,
  { fieldworkStart }: Timetable,
): readonly Owed[] =>
  phase.matches("prepared")
    ? [
        {
          key: `open-fieldwork/${fieldworkStart}`,
          what: "Open fieldwork",
          owner: "system",
          due: inEngland(fieldworkStart, "09:00"),
          command: (stamp) => ({ type: "OpenFieldwork", inspection, ...stamp }),
        },
      ]
    : [];

const cases = (state: FieldworkState, timetable: Timetable): readonly Owed[] => {
  const lead = leadOf(state.briefing);
  const due = endOfDay(timetable.fieldworkEnd);
  return [...state.briefing.sample.keys()].flatMap((id): readonly Owed[] => {
    const file = state.files.get(id);
    const person = state.allocation.get(id);
    const second = secondMarking(state, id, due);
    if (person === undefined) {
      const start = endOfDay(timetable.fieldworkStart);
      const what = `Allocate case ${id}`;
      return [{ key: `allocate/${id}`, what, owner: "lead-inspector", person: lead, due: start }];
    }
    if (file?.status === "confirmed") return second;
    if (file?.status === "completed") {
      const what = `Confirm the assessment of case ${id}`;
      const confirm: Owed = {
        key: `confirm/${id}`,
        what,
        owner: "lead-inspector",
        person: lead,
        due,
      };
      return [confirm, ...second];
    }
    const barred = barredFrom(state, person, id);
    if (barred) {
      const what = `Pass case ${id} on: ${person} ${whyBarred[barred.reason] ?? "may not have it"}`;
      const key = `pass-on/${id}`;
      return [{ key, what, owner: "lead-inspector", person: lead, due }, ...second];
    }
    const what =
      file?.status === "returned" ? `Answer the return of case ${id}` : `Assess case ${id}`;
    return [{ key: `assess/${id}`, what, owner: "inspector", person, due }, ...second];
  });
};

const whyBarred: Readonly<Record<string, string>> = {
  NotOnTheTeam: "is no longer on the team",
  OwnService: "works at the service",
  ConflictOfInterest: "has a conflict of interest",
};

const secondMarking = (
  { files, conflicts, quality }: FieldworkState,
  id: CaseId,
  due: Instant,
): readonly Owed[] => {
  const second = files.get(id)?.second;
  if (second?.completed !== false) return [];
  const { by } = second;
  if (!isConflicted(conflicts, by, id)) {
    const what = `Mark case ${id} a second time`;
    return [{ key: `second-mark/${id}`, what, owner: "inspector", person: by, due }];
  }
  const what = `Pass the second marking of case ${id} on: ${by} ${whyBarred["ConflictOfInterest"]}`;
  const person = quality?.by.id;
  return [{ key: `pass-on-second/${id}`, what, owner: "quality-lead", person, due }];
};

/** What the quality sample calls for, once the cases in it are completed. */
const assured = (
  { quality, files, briefing }: FieldworkState,
  { panel }: Timetable,
): readonly Owed[] => {
  if (!quality) return [];
  const lead = { owner: "quality-lead", person: quality.by.id, due: endOfDay(panel) } as const;
  const ready = (id: CaseId): boolean => {
    const status = files.get(id)?.status;
    return briefing.sample.has(id) && (status === "completed" || status === "confirmed");
  };
  return [
    ...quality.dipSample
      .filter(({ case: id }) => ready(id) && !files.get(id)?.reviewed)
      .map(({ case: id }) => ({ key: `review/${id}`, what: `Look at case ${id}`, ...lead })),
    ...quality.secondMarkings
      .filter(({ case: id }) => ready(id) && !files.get(id)?.second)
      .map(({ case: id, to }) => {
        const what = `Assign the second marking of case ${id} to ${to}`;
        return { key: `assign-second/${id}`, what, ...lead };
      }),
  ];
};

const alerts = ({ alerts: raised, briefing }: FieldworkState): readonly Owed[] =>
  [...raised].flatMap(([alert, { stage, due, case: id }]): readonly Owed[] => {
    const lead = { owner: "lead-inspector", person: leadOf(briefing), due } as const;
    const about = id === undefined ? "" : ` about case ${id}`;
    switch (stage) {
      case "raised": {
        const what = `Tell the service of the alert${about}`;
        return [{ key: `notify-alert/${alert}`, what, ...lead }];
      }
      case "notified": {
        const what = `Answer the alert${about}`;
        return [{ key: `answer-alert/${alert}`, what, owner: "provider-user", due }];
      }
      case "answered":
        return [{ key: `close-alert/${alert}`, what: `Close the alert${about}`, ...lead }];
      case "closed":
        return [];
    }
  });

const findings = (state: FieldworkState, timetable: Timetable): readonly Owed[] => {
  if (!state.phase.matches("opened")) return [];
  const lead = { owner: "lead-inspector", person: leadOf(state.briefing) } as const;
  const proposals = standardsOf(state.briefing)
    .filter(({ judged, code }) => judged === "by-people" && !state.proposals.has(code))
    .map(({ code }): Owed => ({
      key: `propose/${code}`,
      what: `Propose a rating for standard ${code}`,
      ...lead,
      due: endOfDay(timetable.panel),
    }));
  const feedback: Owed = {
    key: "feedback",
    what: "Give the service initial feedback",
    ...lead,
    due: endOfDay(timetable.feedback),
  };
  const closing: Owed = {
    key: "close-fieldwork",
    what: "Close fieldwork",
    ...lead,
    due: endOfDay(timetable.panel),
  };
  return [...(state.feedback ? [] : [feedback]), ...proposals, closing];
};
