/**
 * The letter that announces an inspection: a template as data, filled with the inspection's facts
 * and nothing else, so that the same facts always give the same letter.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { leadOf } from "../briefing/inspection.ts";
import type { Briefing } from "../briefing/inspection.ts";
import type { FrameworkVersion } from "../framework/version.ts";
import { words } from "../kernel/fact.ts";
import { Digest } from "../kernel/ids.ts";
import { type Day, weekday } from "../kernel/instants.ts";
import type { Recipient } from "./events.ts";

/** `{field}` stands for a fact; `to` holds what is said to one office only. */
export const announcementLetter = {
  id: "announcement-letter/1",
  subject: "Inspection of {service}",
  opening: [
    "Dear {name},",
    "I am writing to tell you that {service} is to be inspected. Fieldwork is from " +
      "{fieldworkStart} to {fieldworkEnd}, under the framework “{framework}”. The lead inspector " +
      "is {lead}.",
    "Today, {referenceDate}, is the reference date: please give all figures on caseload and " +
      "staffing as they stand today.",
  ],
  to: {
    "service-manager": [
      "We ask three things of you. By {caseList}: the list of every eligible case, in the layout " +
        "of the template. By {evidence}: the documents that show how the service is led, staffed " +
        "and run. By {contextualData}: the staffing and budget figures. You send them, and see " +
        "what has arrived and what is still open, on your page of the inspection.",
    ],
    "board-chair": [
      "In fieldwork the inspectors will ask you to present how the board leads the partnership " +
        "and how it knows what difference the service makes to children.",
    ],
    "local-authority-chief-executive": [
      "Please make sure that the service has the time and the access to records that the " +
        "inspection needs.",
    ],
    "director-of-childrens-services": [
      "The inspectors will want to hear from the people in your department who work with the " +
        "same children.",
    ],
  },
  closing: [
    "Cases are drawn at random by {sample}. So that neither of us can steer the draw, we have " +
      "fixed our half of its seed today. Its fingerprint is {commitment}; we publish the number " +
      "itself after the draw, and anybody can then draw the same sample again.",
    "You hear our first findings on {feedback}. The draft report reaches the service by {draft} " +
      "for factual accuracy, and the report is planned to appear on {publication}.",
    "Yours sincerely,\nThe inspectorate",
  ],
} as const;

export type LetterFacts = Pick<Briefing, "service" | "timetable" | "team" | "delegate"> & {
  readonly framework: FrameworkVersion;
  readonly referenceDate: Day;
  readonly commitment: Digest;
};

/** Plain text, a blank line between paragraphs. A name that was erased is left open. */
export const letterTo = (recipient: Recipient, facts: LetterFacts): string => {
  const { opening, to, closing, subject } = announcementLetter;
  const known = fieldsOf(recipient, facts);
  return [subject, ...opening, ...to[recipient.office], ...closing]
    .map((paragraph) =>
      paragraph.replaceAll(/\{(\w+)\}/g, (_, field: string) => known[field] ?? "…"),
    )
    .join("\n\n");
};

/** SHA-256 of the letter in UTF-8. */
export const letterDigest = (letter: string): Digest =>
  Digest.parse(bytesToHex(sha256(utf8ToBytes(letter))));

const fieldsOf = (
  { text }: Recipient,
  facts: LetterFacts,
): Readonly<Record<string, string | undefined>> => {
  const { service, timetable, framework, referenceDate, commitment } = facts;
  const days = Object.entries(timetable ?? {}).map(([name, day]) => [name, dayInWords(day)]);
  return {
    ...(Object.fromEntries(days) as Record<string, string>),
    name: words(text)?.name,
    service: service?.name,
    lead: leadOf(facts),
    framework: framework.label,
    referenceDate: dayInWords(referenceDate),
    commitment,
  };
};

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** `2021-05-17` as `Monday 17 May 2021`. */
export const dayInWords = (day: Day): string => {
  const [year, month, date] = day.split("-").map(Number);
  return `${weekdays[weekday(day)]} ${date} ${months[(month ?? 1) - 1]} ${year}`;
};
