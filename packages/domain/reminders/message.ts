/** A reminder in words: whom it is for, what is late or due, where it is done, and whom to ask. */
import type { InspectionId } from "../kernel/ids.ts";
import { dayInEngland } from "../kernel/instants.ts";
import { dayInWords } from "../kernel/wording.ts";
import { placeOf } from "../tracking/place.ts";
import type { RemindedOf, ReminderEvent } from "./events.ts";

type Called = Extract<ReminderEvent, { type: "ReminderCalled" }>;

export type Around = {
  /** What whoever gets it is called; undefined where nobody knows. */
  readonly addressee: string | undefined;
  /** The service that is inspected, by its name. */
  readonly service: string;
  /** Where people find the console; without it nothing is linked. */
  readonly url: string | undefined;
  /** Where answers go. */
  readonly contact: string;
};

export const subjectOf = (service: string, { items, at }: Called): string => {
  const late = items.filter(({ due }) => due < at).length;
  const soon = items.length - late;
  const counts = [...(late > 0 ? [`${late} late`] : []), ...(soon > 0 ? [`${soon} due soon`] : [])];
  return `Inspection of ${service}: ${counts.join(", ")}`;
};

export const letterOf = (inspection: InspectionId, called: Called, around: Around): string => {
  const { items, at, to } = called;
  const { addressee, service, url, contact } = around;
  const line = (words: string) => (item: RemindedOf) => [
    `- ${item.what}: ${words} ${dayInWords(dayInEngland(item.due))}.`,
    ...(url === undefined ? [] : [`  ${url}${placeOf(inspection, item.key, to.role)}`]),
  ];
  const late = items.filter(({ due }) => due < at).flatMap(line("this was due by"));
  const soon = items.filter(({ due }) => due >= at).flatMap(line("please do this by"));
  return [
    `Dear ${addressee ?? "colleague"},`,
    "",
    `This is still to be done for the inspection of ${service}.`,
    ...(late.length > 0 ? ["", "LATE", ...late] : []),
    ...(soon.length > 0 ? ["", "DUE SOON", ...soon] : []),
    "",
    `Questions? Answer this letter: your answer goes to ${contact}.`,
    "",
  ].join("\n");
};
