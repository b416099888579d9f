/** What the panel still owes, and by when; and the reconvening that a corrected fact calls for. */
import { standardsOf } from "../briefing/inspection.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { endOfDay, type Instant } from "../kernel/instants.ts";
import type { Duty, Flow } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import type { PanelCommand } from "./commands.ts";
import { undecided } from "./conclude.ts";
import { panel } from "./decide.ts";
import type { PanelKnown, PanelState } from "./state.ts";

type Owed = Duty<PanelCommand>;

export const panelFlow: Flow<PanelCommand, PanelKnown, PanelState> = {
  initial: panel.initial,
  evolve: panel.evolve,
  /** Nothing is owed before fieldwork closes, so hundreds of judgements pass unread until then. */
  streams: (inspection, { briefing, fieldworkClosed }) => [
    panelStream(inspection),
    inspectionStream(inspection),
    fieldworkStream(inspection),
    publicationStream(inspection),
    ...(fieldworkClosed
      ? [...briefing.sample.keys()].map((id) => assessmentStream(inspection, id))
      : []),
  ],
  owed: (inspection, state) => {
    const { standing, timetable } = state.briefing;
    if (standing !== "active" || !timetable || !state.fieldworkClosed) return [];
    const due = endOfDay(timetable.panel);
    if (state.phase.matches("awaited")) {
      const what = "Convene the ratings panel";
      return [{ key: "convene", what, owner: "head-of-programme", due }];
    }
    const again = reconvening(inspection, state);
    if (state.phase.matches("sitting")) return [...decisions(state, due), ...again];
    return [...withheld(state), ...again];
  },
};

const phrases = {
  proposal: (code: string) => `Propose a rating for standard ${code}`,
  "domain-one": (code: string) => `Decide the rating of standard ${code}`,
  consideration: (code: string) => `Consider the numbers of standard ${code}`,
  discretion: (code: string) => `Exercise or decline discretion on standard ${code}`,
} as const;

const decisions = (state: PanelState, due: Instant): readonly Owed[] => {
  const chair = { owner: "panel-chair", person: state.chair, due } as const;
  const left = undecided(state)?.standards ?? [];
  return [
    ...left.map(({ standard, owed }): Owed => ({
      key: `decide/${standard}`,
      what: phrases[owed](standard),
      ...chair,
    })),
    { key: "conclude", what: "Conclude the panel", ...chair },
  ];
};

const withheld = (state: PanelState): readonly Owed[] => {
  if (state.overall || state.overallDecided) return [];
  const what = "Decide the overall rating, which is withheld while a standard is not rated";
  return [{ key: "decide-overall", what, owner: "head-of-programme", due: undefined }];
};

/** A corrected fact touches judgements: the panel comes together again by itself. */
const reconvening = (inspection: InspectionId, state: PanelState): readonly Owed[] => {
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
      owner: "system",
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
