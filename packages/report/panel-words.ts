/**
 * What the report's checks say of a reason that a panel is about to give. Once recorded it is never
 * changed and holds no report back, so whoever writes it is told beforehand.
 */
import { identifyingIn } from "@assay/domain/kernel/identifying.ts";
import { stampOf } from "@assay/domain/kernel/fact.ts";
import { panelStream } from "@assay/domain/kernel/stream.ts";
import { pinned, standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { PanelCommand } from "@assay/domain/panel/commands.ts";
import { conclusionOf } from "@assay/domain/panel/conclude.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import type { PanelEvent } from "@assay/domain/panel/events.ts";
import type { PanelState } from "@assay/domain/panel/state.ts";

import { checkWords } from "./checks.ts";
import type { Finding } from "./finding.ts";
import { reportModelOf } from "./model.ts";
import { hiddenWordsIn } from "./names.ts";
import type { Recorded } from "./recorded.ts";

/**
 * What contradicts the record, and words of the record that nobody may read. What is merely like a
 * name is told to whoever writes anything. Nothing where the rules refuse the command.
 */
export const doubtsOnReason = (
  recorded: readonly Recorded[],
  state: PanelState,
  command: PanelCommand,
): readonly Finding[] => {
  if (!("reason" in command) || command.reason === undefined) return [];
  const decided = panel.decide(command, state, []);
  if (!decided.accepted) return [];
  const model = reportModelOf(withDecision(recorded, command, state, decided.events), "draft");
  const { reason: words } = command;
  const like = identifyingIn(words).map((each) => each.words);
  const about = "standard" in command ? { standard: command.standard } : {};
  return checkWords({ place: "Reason", words, ...about }, hiddenWordsIn(recorded), model).filter(
    ({ severity, excusable }) =>
      severity === "error" && !(excusable?.check === "name" && like.includes(excusable.words)),
  );
};

/** With the decision, as if the panel concluded now; a reconvened panel speaks of before. */
const withDecision = (
  recorded: readonly Recorded[],
  command: PanelCommand,
  state: PanelState,
  decided: readonly PanelEvent[],
): readonly Recorded[] => {
  if (command.type === "ReconvenePanel") return recorded;
  const concludes = command.type !== "DecideOverall";
  const told = concludes
    ? [...decided, concluding(recorded, command, decided.reduce(panel.evolve, state))]
    : decided;
  const stream = panelStream(command.inspection);
  const next = (revisions(recorded).get(stream) ?? -1) + 1;
  return [...recorded, ...told.map((event, i) => ({ stream, revision: next + i, event }))];
};

const concluding = (
  recorded: readonly Recorded[],
  command: PanelCommand,
  state: PanelState,
): PanelEvent => {
  const framework = pinned(state.briefing);
  const { standards, score, maxScore, overall } = conclusionOf(
    standardsOf(state.briefing),
    state,
    framework,
  );
  return {
    type: "RatingsConcluded",
    ...stampOf(command),
    framework: framework.id,
    rounding: framework.ruleset.rounding,
    ...{ standards, score, maxScore },
    ...(overall && { overall }),
    present: [],
    basis: [...revisions(recorded)].map(([stream, revision]) => ({ stream, revision })),
  };
};

/** The last of each stream. */
const revisions = (recorded: readonly Recorded[]): ReadonlyMap<string, number> => {
  const last = new Map<string, number>();
  for (const { stream, revision } of recorded)
    last.set(stream, Math.max(revision, last.get(stream) ?? -1));
  return last;
};
