/** Alerts: an identifiable, serious and imminent risk, told to the service the same day. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { ItemId } from "../kernel/ids.ts";
import { dayInEngland, endOfDay } from "../kernel/instants.ts";
import type { FieldworkCommandOf } from "./commands.ts";
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
  if (id !== undefined && !state.briefing.sample.has(id)) {
    return refuse({ reason: "NotInTheSample", case: id });
  }
  return accept({
    type: "AlertRaised",
    ...stampOf(command),
    alert,
    ...(id !== undefined && { case: id }),
    due: endOfDay(dayInEngland(command.at)),
    text: { risk, action },
  });
};

export const notifyAlert = (
  command: FieldworkCommandOf<"NotifyAlert">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { alert, to } = command;
  const known = state.alerts.get(alert);
  if (!known) return refuse({ reason: "UnknownAlert", alert });
  if (known.stage === "answered") return refuse({ reason: "AlertAnswered", alert });
  if (known.stage === "closed") return refuse({ reason: "AlertClosed", alert });
  return accept({ type: "AlertNotified", ...stampOf(command), alert, to });
};

export const answerAlert = (
  command: FieldworkCommandOf<"AnswerAlert">,
  { alerts }: FieldworkState,
): FieldworkAnswer => {
  const { alert, response } = command;
  const known = alerts.get(alert);
  if (!known) return refuse({ reason: "UnknownAlert", alert });
  if (known.stage === "raised") return refuse({ reason: "AlertNotNotified", alert });
  if (known.stage === "closed") return refuse({ reason: "AlertClosed", alert });
  return accept({
    type: "AlertAnswered",
    ...stampOf(command),
    ...{ alert, ...about(known), text: { response } },
  });
};

export const closeAlert = (
  command: FieldworkCommandOf<"CloseAlert">,
  { alerts }: FieldworkState,
): FieldworkAnswer => {
  const { alert, outcome } = command;
  const known = alerts.get(alert);
  if (!known) return refuse({ reason: "UnknownAlert", alert });
  if (known.stage === "closed") return refuse({ reason: "AlertClosed", alert });
  if (known.stage !== "answered") return refuse({ reason: "AlertNotAnswered", alert });
  return accept({
    type: "AlertClosed",
    ...stampOf(command),
    ...{ alert, ...about(known), text: { outcome } },
  });
};

/** The case of an alert, for every fact with words about it. */
const about = ({ case: id }: Alert) => (id === undefined ? {} : { case: id });
