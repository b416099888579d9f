/**
 * The letter that announces an inspection: its framework's template, filled with the inspection's
 * facts and nothing else, so that the same facts always give the same letter.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { leadOf } from "../briefing/inspection.ts";
import type { Briefing } from "../briefing/inspection.ts";
import type { Framework } from "../framework/document.ts";
import { daysIn, type Timetable } from "../framework/timetable.ts";
import { words } from "../kernel/fact.ts";
import { Digest } from "../kernel/ids.ts";
import { type Day, weekday } from "../kernel/instants.ts";
import { personName } from "../kernel/wording.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import type { Recipient } from "./events.ts";

export type LetterFacts = Pick<Briefing, "service" | "timetable" | "team" | "delegate"> & {
  readonly framework: Framework;
  readonly referenceDate: Day;
  readonly commitment?: Digest | undefined;
  /** As letters were written before they gave the lead by name, and days that are still to come. */
  readonly former?: boolean;
};

/** By when something is asked for on that day: where its day has come already, a working day on. */
export const stillToCome = (due: Day, asked: Day): Day =>
  due > asked ? due : addWorkingDays(asked, 1);

/** The same days, with none for an answer that had come by the day of the letter. */
const askedOn = (timetable: Timetable, asked: Day): Timetable => ({
  ...timetable,
  requests: Object.fromEntries(
    Object.entries(timetable.requests).map(([id, due]) => [id, stillToCome(due, asked)]),
  ),
});

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
  const { service, timetable, framework, referenceDate, commitment, former } = facts;
  const days = timetable ? daysIn(former ? timetable : askedOn(timetable, referenceDate)) : [];
  const lead = leadOf(facts);
  return {
    ...Object.fromEntries(days.map(([name, day]) => [name, dayInWords(day)])),
    name: words(text)?.name,
    service: service?.name,
    lead: lead && !former ? personName(lead) : lead,
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
