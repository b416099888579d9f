/** After publication: the service's action plan, and how far it comes with each recommendation. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { PublicationCommandOf } from "./commands.ts";
import type { PublicationEvent } from "./events.ts";
import { contentOf, type PublicationAnswer, type PublicationState, wrongPhase } from "./state.ts";
import { liveRecommendations } from "./writing.ts";

export const submitPlan = (
  command: PublicationCommandOf<"SubmitActionPlan">,
  state: PublicationState,
): PublicationAnswer => {
  const { actions } = command;
  const fact = {
    type: "ActionPlanReceived",
    ...stampOf(command),
    actions: actions.map(({ action, recommendation, due, owner }) => ({
      recommendation,
      due,
      ...(owner && { owner }),
      text: { action },
    })),
  } as const;
  if (state.phase.matches("planned") && state.plan === contentOf(fact)) return accept();
  if (!state.phase.matches("published")) return wrongPhase(state);
  const live = liveRecommendations(state);
  const strange = actions.find(({ recommendation }) => !live.includes(recommendation));
  if (strange) return refuse({ reason: "UnknownRecommendation", number: strange.recommendation });
  const numbers = live.filter(
    (number) => !actions.some(({ recommendation }) => recommendation === number),
  );
  if (numbers.length > 0) return refuse({ reason: "RecommendationsWithoutAction", numbers });
  return accept(fact);
};

export const returnPlan = (
  command: PublicationCommandOf<"ReturnActionPlan">,
  state: PublicationState,
): PublicationAnswer => {
  if (!state.phase.matches("planned")) return wrongPhase(state);
  const text = { reason: command.reason };
  return accept({ type: "ActionPlanReturned", ...stampOf(command), text });
};

/** With the plan accepted nothing is owed any more, so the inspection closes. */
export const acceptPlan = (
  command: PublicationCommandOf<"AcceptActionPlan">,
  state: PublicationState,
): PublicationAnswer => {
  if (state.phase.matches("closed")) return accept();
  if (!state.phase.matches("planned")) return wrongPhase(state);
  const stamp = stampOf(command);
  return accept<PublicationEvent>(
    { type: "ActionPlanAccepted", ...stamp },
    { type: "InspectionClosed", ...stamp },
  );
};

export const track = (
  command: PublicationCommandOf<"TrackRecommendation">,
  state: PublicationState,
): PublicationAnswer => {
  const { number, status, note } = command;
  if (!liveRecommendations(state).includes(number)) {
    return refuse({ reason: "UnknownRecommendation", number });
  }
  const fact = {
    type: "RecommendationTracked",
    ...stampOf(command),
    number,
    status,
    text: { note },
  } as const;
  if (state.progress.get(number) === contentOf(fact)) return accept();
  return state.phase.can(fact) ? accept(fact) : wrongPhase(state);
};
