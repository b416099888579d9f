/** What the panel still owes, and by when; and the reconvening that a corrected fact calls for. */
import { standardsOf } from "../briefing/inspection.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { endOfDay, type Instant } from "../kernel/instants.ts";
import type { Flow } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import { type Instance, type Instances, owedBy } from "../lifecycle/owed.ts";
import type { PanelCommand } from "./commands.ts";
import { undecided } from "./conclude.ts";
import { panel } from "./decide.ts";
import { panelChart, type PanelDuty } from "./machine.ts";
import type { PanelKnown, PanelState } from "./state.ts";

type Owed = Instance<PanelCommand>;

export const panelFlow: Flow<PanelCommand, PanelKnown, PanelState> = {
  ...panel.known,
  /** Nothing is owed before fieldwork closes, so hundreds of judgements pass unread until then. */
  streams: (inspection, { briefing, lifecycle }) => [
    panelStream(inspection),
    inspectionStream(inspection),
    fieldworkStream(inspection),
    publicationStream(inspection),
    ...(lifecycle.hasTag("rateable")
      ? [...briefing.sample.keys()].map((id) => assessmentStream(inspection, id))
      : []),
  ],
  owed: (inspection, state) => owedBy(panelChart, instances, state, inspection),
};

const phrases = {
  proposal: (code: string) => `Propose a rating for standard ${code}`,
  "domain-one": (code: string) => `Decide the rating of standard ${code}`,
  consideration: (code: string) => `Consider the numbers of standard ${code}`,
  discretion: (code: string) => `Exercise or decline discretion on standard ${code}`,
} as const;

const dueFor = ({ briefing }: PanelState): Instant | undefined =>
  briefing.timetable && endOfDay(briefing.timetable.panel);

/** A corrected fact touches judgements: the panel comes together again by itself. */
const reconvening = (state: PanelState, inspection: InspectionId): readonly Owed[] => {
  const known = new Set(standardsOf(state.briefing).map(({ code }): string => code));
  const unheard = [...state.touched].filter(([comment]) => !state.heard.has(comment));
  if (unheard.length === 0) return [];
  const comments = unheard.map(([comment]) => comment);
  const standards = [...new Set(unheard.flatMap(([, touched]) => touched))].filter((code) =>
    known.has(code),
  );
  return [
    {
      key: `reconvene/${comments.join("+")}`,
      what: `Reconvene the panel for ${standards.join(", ")}`,
      due: undefined,
      command: (stamp) => ({
        type: "ReconvenePanel",
        inspection,
        ...stamp,
        standards,
        comments,
        reason: `A corrected fact touches the judgements (${comments.join(", ")}).`,
      }),
    },
  ];
};

const instances: Instances<PanelDuty, PanelCommand, PanelState> = {
  convene: (state) => [{ key: "convene", what: "Convene the ratings panel", due: dueFor(state) }],
  decide: (state) =>
    (undecided(state)?.standards ?? []).map(({ standard, owed }) => ({
      key: `decide/${standard}`,
      what: phrases[owed](standard),
      person: state.chair,
      due: dueFor(state),
    })),
  conclude: (state) => [
    { key: "conclude", what: "Conclude the panel", person: state.chair, due: dueFor(state) },
  ],
  overall: ({ briefing, overall, overallDecided }) => {
    if (!briefing.framework?.overall || overall || overallDecided) return [];
    const what = "Decide the overall rating, which is withheld while a standard is not rated";
    return [{ key: "decide-overall", what, due: undefined }];
  },
  reconvene: reconvening,
};
