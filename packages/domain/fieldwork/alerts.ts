/** Alerts: an identifiable, serious and imminent risk, told to the service the same day. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { ItemId } from "../kernel/ids.ts";
import { dayInEngland, endOfDay } from "../kernel/instants.ts";
import type { Prospect } from "../lifecycle/aggregate.ts";
import type { FieldworkCommandOf, FieldworkRefusal } from "./commands.ts";
import type { Alert, FieldworkAnswer, FieldworkState } from "./state.ts";
import type { FieldworkEvent } from "./events.ts";

type AlertEvent = Extract<
  FieldworkEvent,
  { type: "AlertRaised" | "AlertNotified" | "AlertAnswered" | "AlertClosed" }
>;

export const alertedBy = (
  alerts: ReadonlyMap<ItemId, Alert>,
  event: AlertEvent,
): ReadonlyMap<ItemId, Alert> => {
  const known = event.type === "AlertRaised" ? event : alerts.get(event.alert);
  if (!known) return alerts;
  const { due, case: id } = known;
  return new Map(alerts).set(event.alert, { due, case: id, stage: stageAfter[event.type] });
};

const stageAfter = {
  AlertRaised: "raised",
  AlertNotified: "notified",
  AlertAnswered: "answered",
  AlertClosed: "closed",
} as const;

export const raiseAlert = (
  command: FieldworkCommandOf<"RaiseAlert">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { alert, case: id, risk, action } = command;
  if (state.alerts.has(alert)) return refuse({ reason: "AlreadyUsed", item: alert });
  return accept({
    type: "AlertRaised",
    ...stampOf(command),
    alert,
    ...(id !== undefined && { case: id }),
    due: endOfDay(dayInEngland(command.at)),
    text: { risk, action },
  });
};

/** Why nothing of the kind can be recorded of an alert, by how far it has come. */
export const alertBarred =
  (no: Readonly<Partial<Record<Alert["stage"], AlertRefusal>>>) =>
  ({ alert }: Prospect, { alerts }: FieldworkState): FieldworkRefusal | undefined => {
    if (alert === undefined) return undefined;
    const known = alerts.get(alert);
    const reason = known ? no[known.stage] : "UnknownAlert";
    return reason && { reason, alert };
  };

type AlertRefusal = Extract<FieldworkRefusal, { readonly alert: string }>["reason"];

export const notifyAlert = (command: FieldworkCommandOf<"NotifyAlert">): FieldworkAnswer => {
  const { alert, to } = command;
  return accept({ type: "AlertNotified", ...stampOf(command), alert, to });
};

export const answerAlert = (
  command: FieldworkCommandOf<"AnswerAlert">,
  { alerts }: FieldworkState,
): FieldworkAnswer => {
  const { alert, response } = command;
  return accept({
    type: "AlertAnswered",
    ...stampOf(command),
    ...{ alert, ...about(alerts.get(alert)), text: { response } },
  });
};

export const closeAlert = (
  command: FieldworkCommandOf<"CloseAlert">,
  { alerts }: FieldworkState,
): FieldworkAnswer => {
  const { alert, outcome } = command;
  return accept({
    type: "AlertClosed",
    ...stampOf(command),
    ...{ alert, ...about(alerts.get(alert)), text: { outcome } },
  });
};

/** The case of an alert, for every fact with words about it. */
const about = (alert: Alert | undefined) => (alert?.case === undefined ? {} : { case: alert.case });
