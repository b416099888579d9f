/** What each fact adds to what is known of reminders and letters. */
import type { ReminderEvent } from "./events.ts";
import { sameAddress } from "./letters.ts";
import type { ReminderState } from "./state.ts";

export const recorded = (state: ReminderState, event: ReminderEvent): ReminderState => {
  switch (event.type) {
    case "ReminderCalled": {
      const reminded = new Map(state.reminded);
      for (const { key, due, time } of event.items) reminded.set(`${key} ${due}`, time);
      return { ...state, reminded, called: new Map(state.called).set(event.reminder, undefined) };
    }
    case "LetterCalled": {
      const called = new Map(state.called).set(event.letter, event);
      const before = [...state.linked].filter((id) => !sameAddress(called.get(id), event));
      return { ...state, called, linked: new Set(event.link ? [...before, event.letter] : before) };
    }
    case "LinkRevoked": {
      const linked = new Set(state.linked);
      linked.delete(event.letter);
      return { ...state, linked };
    }
    case "ReminderDelivered":
      return { ...state, delivered: new Set(state.delivered).add(event.reminder) };
    case "ReminderFailed":
      return { ...state, failed: new Set(state.failed).add(event.reminder) };
  }
};
