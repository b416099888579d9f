/** An alert's life for tests: raised, told to the service, answered, closed. */
import { people } from "@assay/spec/people.ts";
import type { World } from "@assay/spec/world.ts";

/** Refusals of alerts: `alert-refusals.test.ts` has their tests. */
export type OfAlerts =
  | "UnknownAlert"
  | "AlertNotNotified"
  | "AlertNotAnswered"
  | "AlertAnswered"
  | "AlertClosed";

export const raise = {
  type: "RaiseAlert",
  alert: "alert-one",
  risk: "A child is in danger.",
  action: "See the child today.",
} as const;
export const answer = { type: "AnswerAlert", alert: "alert-one", response: "Done." } as const;
export const close = { type: "CloseAlert", alert: "alert-one", outcome: "Safe." } as const;

export const alarm = (world: World): void => void world.tell(people.inspector, raise);
export const alarmed = (world: World): void => {
  alarm(world);
  world.tell(people.lead, { type: "NotifyAlert", alert: "alert-one", to: people.provider.id });
};
