/** What is still owed before fieldwork, by whom and by when; overdue requests are chased. */
import type { RequestKind } from "../framework/timetable.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { addDays, type Day, endOfDay, inEngland } from "../kernel/instants.ts";
import type { Duty, Flow } from "../kernel/step.ts";
import { inspectionStream } from "../kernel/stream.ts";
import type { InspectionCommand } from "./commands.ts";
import { inspection as rules } from "./decide.ts";
import type { InspectionKnown, InspectionState } from "./state.ts";

type Owed = Duty<InspectionCommand>;

export const announcementFlow: Flow<InspectionCommand, InspectionKnown, InspectionState> = {
  initial: rules.initial,
  evolve: rules.evolve,
  streams: (inspection) => [inspectionStream(inspection)],
  owed: (inspection, state) => {
    const { timetable, standing } = state.briefing;
    if (standing === "postponed") {
      const what = "Resume or cancel the inspection";
      return [{ key: "resume", what, owner: "head-of-programme", due: undefined }];
    }
    if (standing !== "active" || !timetable) return [];
    return [
      ...next(state, timetable.announcement, timetable.sample),
      ...[...state.requests].flatMap(([kind, request]) =>
        request.satisfied ? [] : awaited(inspection, kind, request),
      ),
    ];
  },
};

const next = ({ phase }: InspectionState, announcement: Day, sample: Day): readonly Owed[] => {
  if (phase.matches({ active: "scheduled" })) {
    const due = endOfDay(announcement);
    return [{ key: "announce", what: "Announce the inspection", owner: "scheduler", due }];
  }
  const analyst = { owner: "research-analyst", due: endOfDay(sample) } as const;
  if (phase.matches({ active: "listed" })) {
    return [{ key: "draw", what: "Draw the sample", ...analyst }];
  }
  return phase.matches({ active: "sampled" })
    ? [{ key: "notify", what: "Check the sample and notify the service", ...analyst }]
    : [];
};

const wanted = {
  "case-list": "Send the case list",
  "evidence-in-advance": "Send the evidence in advance",
  "contextual-data": "Send the contextual data",
} as const satisfies Record<RequestKind, string>;

const awaited = (
  inspection: InspectionId,
  kind: RequestKind,
  { due, chased }: { readonly due: Day; readonly chased: boolean },
): readonly Owed[] => {
  const what = wanted[kind];
  const answer: Owed = { key: `send/${kind}`, what, owner: "provider-user", due: endOfDay(due) };
  if (chased) return [answer];
  const chase: Owed = {
    key: `chase/${kind}/${due}`,
    what: `Remind the service: ${what.toLowerCase()}`,
    owner: "system",
    due: inEngland(addDays(due, 1), "09:00"),
    command: (stamp) => ({ type: "ChaseRequest", inspection, ...stamp, request: kind }),
  };
  return [answer, chase];
};
