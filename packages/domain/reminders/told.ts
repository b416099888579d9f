/** Each reminder of an inspection with what became of it, the newest last. */
import type { Instant } from "../kernel/instants.ts";
import { isReminderEvent, type Reminded, type RemindedOf } from "./events.ts";

export type ReminderTold = {
  readonly reminder: string;
  readonly at: Instant;
  readonly to: Reminded;
  readonly items: readonly RemindedOf[];
  /** Under way until it was handed over, or turned out to have nowhere to go. */
  readonly outcome: "under-way" | "log" | "mail" | "no-address" | "refused";
};

/** Other facts than those about reminders are passed over. */
export const remindersTold = (
  facts: readonly { readonly type: string }[],
): readonly ReminderTold[] => {
  const told = facts.filter(isReminderEvent);
  const outcomes = new Map<string, ReminderTold["outcome"]>();
  for (const fact of told) {
    if (fact.type === "ReminderDelivered") outcomes.set(fact.reminder, fact.channel);
    if (fact.type === "ReminderFailed") outcomes.set(fact.reminder, fact.why);
  }
  return told.flatMap((fact) =>
    fact.type === "ReminderCalled"
      ? [
          {
            reminder: fact.reminder,
            at: fact.at,
            to: fact.to,
            items: fact.items,
            outcome: outcomes.get(fact.reminder) ?? "under-way",
          },
        ]
      : [],
  );
};
