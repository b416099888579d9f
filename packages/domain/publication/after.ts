/** After publication: the service's action plan, and how far it comes with each recommendation. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { PublicationCommandOf } from "./commands.ts";
import type { PublicationEvent } from "./events.ts";
import type { PublicationAnswer, PublicationState } from "./state.ts";
import { liveRecommendations } from "./writing.ts";

export const submitPlan = (
  command: PublicationCommandOf<"SubmitActionPlan">,
  state: PublicationState,
): PublicationAnswer => {
  const { actions } = command;
  const live = liveRecommendations(state);
  const strange = actions.find(({ recommendation }) => !live.includes(recommendation));
  if (strange) return refuse({ reason: "UnknownRecommendation", number: strange.recommendation });
  const numbers = live.filter(
    (number) => !actions.some(({ recommendation }) => recommendation === number),
  );
  if (numbers.length > 0) return refuse({ reason: "RecommendationsWithoutAction", numbers });
  return accept({ type: "ActionPlanReceived", ...stampOf(command), actions: actionsOf(actions) });
};

export const actionsOf = (actions: PublicationCommandOf<"SubmitActionPlan">["actions"]) =>
  actions.map(({ action, recommendation, due, owner }) => ({
    recommendation,
    due,
    ...(owner && { owner }),
    text: { action },
  }));

export const returnPlan = (
  command: PublicationCommandOf<"ReturnActionPlan">,
): PublicationAnswer => {
  const text = { reason: command.reason };
  return accept({ type: "ActionPlanReturned", ...stampOf(command), text });
};

/** With the plan accepted nothing is owed any more, so the inspection closes. */
export const acceptPlan = (
  command: PublicationCommandOf<"AcceptActionPlan">,
): PublicationAnswer => {
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
  return accept({
    type: "RecommendationTracked",
    ...stampOf(command),
    number,
    status,
    text: { note },
  });
};

/** A person of the inspectorate reads what the service says before the public does. */
export const releaseProgress = (
  command: PublicationCommandOf<"ReleaseProgress">,
  { unreleased }: PublicationState,
): PublicationAnswer => {
  const { number } = command;
  if (!unreleased.has(number)) return refuse({ reason: "NothingToRelease" });
  return accept({ type: "ProgressReleased", ...stampOf(command), number });
};
