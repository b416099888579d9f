/**
 * Calendar feeds as iCalendar text (RFC 5545, with RFC 7986's names). A feed is whole each time: an
 * entry keeps its UID for as long as it stands, and one that is gone leaves subscribers' calendars.
 */
import { addDays, type Day, type Instant, toEpochDay } from "../kernel/instants.ts";

export type CalendarEntry = {
  /** Stays the same for as long as the entry does, and is never another's. */
  readonly key: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly when:
    /** Whole days, both included. */
    | { readonly first: Day; readonly last: Day }
    /** Without an end: a moment. */
    | { readonly start: Instant; readonly end?: Instant | undefined };
  /** Whether somebody is taken up by it; a deadline takes nobody's time. */
  readonly busy: boolean;
};

export type Calendar = {
  readonly name: string;
  /** The host name that makes keys unique in the world, such as `assay.example.gov.uk`. */
  readonly origin: string;
  /** When what is told last changed. */
  readonly changed: Instant;
  readonly entries: readonly CalendarEntry[];
};

/** The feed, in lines of at most 75 octets that end in CRLF; UTF-8 once it is encoded. */
export const calendarText = (calendar: Calendar): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Assay//Assay//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${escaped(calendar.name)}`,
    `X-WR-CALNAME:${escaped(calendar.name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "X-PUBLISHED-TTL:PT6H",
    ...calendar.entries.flatMap((entry) => eventLines(entry, calendar)),
    "END:VCALENDAR",
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join("");

const eventLines = (
  { key, summary, description, when, busy }: CalendarEntry,
  { origin, changed }: Calendar,
): readonly string[] => [
  "BEGIN:VEVENT",
  `UID:${escaped(`${key}@${origin}`)}`,
  `DTSTAMP:${utc(changed)}`,
  `SEQUENCE:${revision(changed)}`,
  ...("first" in when
    ? [
        `DTSTART;VALUE=DATE:${basic(when.first)}`,
        // The end is the first day that no longer belongs to it.
        `DTEND;VALUE=DATE:${basic(addDays(when.last, 1))}`,
      ]
    : [`DTSTART:${utc(when.start)}`, ...(when.end ? [`DTEND:${utc(when.end)}`] : [])]),
  `SUMMARY:${escaped(summary)}`,
  ...(description === undefined ? [] : [`DESCRIPTION:${escaped(description)}`]),
  `TRANSP:${busy ? "OPAQUE" : "TRANSPARENT"}`,
  "STATUS:CONFIRMED",
  "END:VEVENT",
];

/**
 * RFC 5546, 2.1.4: a moved entry has a greater number than before, or a calendar that imported the
 * feed keeps the former days. Nobody counts the moves of one entry; the minutes since 1970 rise.
 */
const revision = (changed: Instant): number => {
  const [hours, minutes] = [changed.slice(11, 13), changed.slice(14, 16)].map(Number);
  return (toEpochDay(changed.slice(0, 10) as Day) * 24 + hours!) * 60 + minutes!;
};

const basic = (day: Day): string => day.replaceAll("-", "");

/** Moments are told in UTC: no time zone has to be described, and none can be out of date. */
const utc = (instant: Instant): string => `${instant.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

/** TEXT (section 3.3.11): other control characters have no place in it. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll("\n", String.raw`\n`)
    .replaceAll(/[^\P{Cc}\t]/gu, "");

const octets = (character: string): number => {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
};

/** Section 3.1: a line goes on in the next after one space; no character is cut in two. */
const folded = (line: string): string => {
  let text = "";
  let used = 0;
  for (const character of line) {
    const size = octets(character);
    if (used + size > 75) {
      text += "\r\n ";
      used = 1;
    }
    text += character;
    used += size;
  }
  return text;
};
