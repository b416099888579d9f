/** A reminder in words: what is due, what is late, one line for each. */
import type { InspectionId } from "../kernel/ids.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { ReminderEvent } from "./events.ts";

export const messageOf = (
  inspection: InspectionId,
  { items, at }: Extract<ReminderEvent, { type: "ReminderCalled" }>,
): { readonly subject: string; readonly text: string } => {
  const late = items.filter(({ due }) => due < at);
  const soon = items.filter(({ due }) => due >= at);
  const counts = [
    ...(late.length > 0 ? [`${late.length} late`] : []),
    ...(soon.length > 0 ? [`${soon.length} due soon`] : []),
  ];
  const lines = [
    ...late.map(({ what, due }) => `- LATE: ${what} (was due on ${dayInEngland(due)})`),
    ...soon.map(({ what, due }) => `- ${what} (due on ${dayInEngland(due)})`),
  ];
  return {
    subject: `${inspection}: ${counts.join(", ")}`,
    text: [`This is still open on the inspection ${inspection}:`, "", ...lines, ""].join("\n"),
  };
};
