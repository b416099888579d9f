/** How the example services answered their reports: one plan accepted and followed, one returned. */
import { PublicationEvent } from "@assay/domain/publication/events.ts";

import { lead } from "./notebook.ts";

const provider = { id: "manager", role: "provider-user" };

const told = (day: string, by: object, fact: object): PublicationEvent =>
  PublicationEvent.parse({ at: `${day}T09:00:00.000Z`, by, ...fact });

const plan = (actions: readonly (readonly [number, string, string])[]): object => ({
  type: "ActionPlanReceived",
  actions: actions.map(([recommendation, due, action]) => ({
    recommendation,
    due,
    owner: "somebody",
    text: { action },
  })),
});

const whole = plan([
  [1, "2021-01-31", "Look at every plan made in the last quarter, and say what was missing."],
  [1, "2021-03-31", "Train all staff in planning, with the police and health partners."],
  [2, "2021-02-28", "Add a contingency section to the form that staff plan with."],
  [3, "2021-06-30", "Ask each child at the end of their order, and report it to the board."],
]);

const tracked = (number: number, status: string, note: string): object => ({
  type: "RecommendationTracked",
  number,
  status,
  text: { note },
});

export const accepted: readonly PublicationEvent[] = [
  told("2020-09-01", provider, plan([[1, "2021-01-31", "Look into it."]])),
  told("2020-09-03", lead, { type: "ActionPlanReturned", text: { reason: "Two are missing." } }),
  told("2020-09-14", provider, whole),
  told("2020-09-18", lead, { type: "ActionPlanAccepted" }),
  told("2020-09-18", lead, { type: "InspectionClosed" }),
  told("2021-01-29", provider, tracked(1, "in-progress", "The review of plans is finished.")),
  told("2021-01-30", lead, { type: "ProgressReleased", number: 1 }),
  told("2021-02-26", provider, tracked(2, "done", "The form is in use.")),
  told("2021-03-01", lead, { type: "ProgressReleased", number: 2 }),
  told("2021-04-02", lead, tracked(1, "done", "Seen at a visit: all staff were trained.")),
];

/** The service was asked to do more, and nothing of its plan is public. */
export const returned = accepted.slice(0, 2);
