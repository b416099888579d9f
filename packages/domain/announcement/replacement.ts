/**
 * Replacements in the sample. Nobody picks who comes in, and a case that has answers goes only once
 * a second person agrees; its answers stay on record.
 */
import { populationNamed } from "../framework/populations.ts";
import type { Actor } from "../kernel/actor.ts";
import { accept } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { CaseId } from "../kernel/ids.ts";
import { variablesOf } from "../sampling/balance.ts";
import { nextReserve, type Profiled } from "../sampling/reserves.ts";
import type { InspectionCommandOf, InspectionRefusal } from "./commands.ts";
import type { InspectionEvent, ListedCase } from "./events.ts";
import type { InspectionAnswer, InspectionState } from "./state.ts";

export const replace = (
  command: InspectionCommandOf<"ReplaceCase">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id, reason, note } = command;
  const fact = { ...stampOf(command), case: id, reason, text: { note } };
  if (state.answered.has(id)) return accept({ type: "ReplacementProposed", ...fact });
  return accept(replacing(fact, state));
};

/** Somebody else than who proposed it agrees. */
export const approve = (
  command: InspectionCommandOf<"ApproveReplacement">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id } = command;
  const { reason, text } = state.proposed.get(id)!;
  return accept(replacing({ ...stampOf(command), case: id, reason, text }, state));
};

export const unapprovable = (
  id: CaseId,
  by: Actor,
  state: InspectionState,
): InspectionRefusal | undefined => {
  const proposal = state.proposed.get(id);
  if (!proposal) return { reason: "NothingToApprove", case: id };
  return proposal.by.id === by.id
    ? { reason: "SecondPersonNeeded", proposedBy: proposal.by.id }
    : notReplaceable(id, state);
};

export const notReplaceable = (
  id: CaseId,
  state: InspectionState,
): InspectionRefusal | undefined => {
  const { briefing, cases, draw, confirmed } = state;
  if (!briefing.sample.has(id) || !cases.has(id) || !draw) {
    return { reason: "NotInTheSample", case: id };
  }
  return confirmed.has(id) ? { reason: "AssessmentConfirmed", case: id } : undefined;
};

type Leaving = Omit<Extract<InspectionEvent, { type: "CaseWithdrawn" }>, "type">;

/** The next reserve follows from the draw; nobody picks it. Without one the sample shrinks. */
const replacing = (fact: Leaving, state: InspectionState): InspectionEvent => {
  const { briefing, cases, draw, called } = state;
  const { population } = briefing.sample.get(fact.case)!;
  const { settings } = draw!;
  const { balancedOn } = populationNamed(settings, population);
  const replacement = nextReserve({
    replaced: profiled(cases.get(fact.case)!),
    reserves: draw!.populations[population]!.reserves.map((reserve) => cases.get(reserve))
      .filter((listed) => listed !== undefined)
      .map(profiled),
    used: called,
    variables: variablesOf(balancedOn, settings.columns),
  });
  return replacement
    ? { type: "CaseReplaced", ...fact, replacement }
    : { type: "CaseWithdrawn", ...fact };
};

const profiled = (listed: ListedCase): Profiled => ({ case: listed.case, row: listed.profile });
