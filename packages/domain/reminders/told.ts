/** Each reminder of an inspection with what became of it, the newest last. */
import type { Instant } from "../kernel/instants.ts";
import { isReminderEvent, type LetterOutcome, type Reminded, type RemindedOf } from "./events.ts";

export type ReminderTold = {
  readonly reminder: string;
  readonly at: Instant;
  readonly to: Reminded;
  readonly items: readonly RemindedOf[];
  readonly outcome: LetterOutcome;
};

/** Other facts than those about reminders are passed over. */
export const remindersTold = (
  facts: readonly { readonly type: string }[],
): readonly ReminderTold[] => {
  const told = new Map<string, ReminderTold>();
  for (const fact of facts.filter(isReminderEvent)) {
    switch (fact.type) {
      case "ReminderCalled": {
        const { reminder, at, to, items } = fact;
        told.set(reminder, { reminder, at, to, items, outcome: "under-way" });
        break;
      }
      case "ReminderDelivered":
        settle(told, fact.reminder, fact.channel);
        break;
      case "ReminderFailed":
        settle(told, fact.reminder, fact.why);
    }
  }
  return [...told.values()];
};

const settle = (
  told: Map<string, ReminderTold>,
  reminder: string,
  outcome: ReminderTold["outcome"],
): void => {
  const called = told.get(reminder);
  if (called) told.set(reminder, { ...called, outcome });
};
