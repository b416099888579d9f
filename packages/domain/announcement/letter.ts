/**
 * The letter that announces an inspection: its framework's template, filled with the inspection's
 * facts and nothing else, so that the same facts always give the same letter.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { leadOf } from "../briefing/inspection.ts";
import type { Briefing } from "../briefing/inspection.ts";
import type { Framework } from "../framework/document.ts";
import { daysIn } from "../framework/timetable.ts";
import { words } from "../kernel/fact.ts";
import { Digest } from "../kernel/ids.ts";
import { type Day, weekday } from "../kernel/instants.ts";
import type { Recipient } from "./events.ts";

export type LetterFacts = Pick<Briefing, "service" | "timetable" | "team" | "delegate"> & {
  readonly framework: Framework;
  readonly referenceDate: Day;
  readonly commitment?: Digest | undefined;
};

/** Plain text, a blank line between paragraphs. A name that was erased is left open. */
export const letterTo = (recipient: Recipient, facts: LetterFacts): string => {
  const { subject, opening, offices, closing } = facts.framework.letter;
  const own = offices.find(({ id }) => id === recipient.office)?.paragraphs ?? [];
  const known = fieldsOf(recipient, facts);
  return [subject, ...opening, ...own, ...closing]
    .map((paragraph) =>
      paragraph.replaceAll(/\{([\w-]+)\}/g, (_, field: string) => known[field] ?? "…"),
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
  const days = timetable ? daysIn(timetable) : [];
  return {
    ...Object.fromEntries(days.map(([name, day]) => [name, dayInWords(day)])),
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
