import * as fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";

import { yos2018 } from "../framework/shipped.ts";
import { timetableFor } from "../framework/timetable.ts";
import { InspectionId, PersonId, ProgrammeId } from "../kernel/ids.ts";
import { Day, endOfDay, Instant } from "../kernel/instants.ts";
import { type CalendarEntry, calendarText } from "./calendar.ts";
import { personalEntries, programmeEntries } from "./feeds.ts";
import { madeUpProblem } from "./made-up-problem.ts";
import { proposeSchedule } from "./propose.ts";

const origin = "assay.example.org";
const changed = Instant.parse("2026-05-01T08:30:00.000Z");
const day = (text: string) => Day.parse(text);

const textOf = (entries: readonly CalendarEntry[]): string =>
  calendarText({ name: "Inspections; all, of them", origin, changed, entries });

/** As an independent parser reads them. */
const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents("vevent")
    .map((component) => new ICAL.Event(component));

describe("a feed", () => {
  it("is read by another parser as it was meant", () => {
    const [whole, moment, span] = eventsIn(
      textOf([
        {
          key: "a/fieldwork",
          summary: "Fieldwork: Sandford; East, West \\ Gwynedd\nnew line",
          description: "Två, 三",
          when: { first: day("2026-12-28"), last: day("2026-12-31") },
          busy: true,
        },
        {
          key: "a/owed/publish",
          summary: "Publish",
          when: { start: Instant.parse("2026-06-30T23:01:00.000Z") },
          busy: false,
        },
        {
          key: "a/panel",
          summary: "Panel",
          when: {
            start: Instant.parse("2026-06-30T09:00:00.000Z"),
            end: Instant.parse("2026-06-30T12:00:00.000Z"),
          },
          busy: true,
        },
      ]),
    );
    expect(whole).toMatchObject({
      uid: "a/fieldwork@assay.example.org",
      summary: "Fieldwork: Sandford; East, West \\ Gwynedd\nnew line",
      description: "Två, 三",
    });
    expect(whole!.startDate.isDate).toBe(true);
    expect([whole!.startDate.toString(), whole!.endDate.toString()]).toEqual([
      "2026-12-28",
      "2027-01-01",
    ]);
    expect(moment!.startDate.toString()).toBe("2026-06-30T23:01:00Z");
    expect(moment!.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
    expect(span!.endDate.toString()).toBe("2026-06-30T12:00:00Z");
  });

  it("has all that RFC 5545 asks of it and of its entries, each once, and no time zone", () => {
    const when = { first: day("2026-05-01"), last: day("2026-05-01") };
    const whole = new ICAL.Component(
      ICAL.parse(textOf([{ key: "k", summary: "s", when, busy: false }])),
    );
    for (const name of ["version", "prodid", "calscale", "method"])
      expect([name, whole.getAllProperties(name).length]).toEqual([name, 1]);
    expect(whole.getAllSubcomponents("vtimezone")).toEqual([]);
    const [entry] = whole.getAllSubcomponents("vevent");
    for (const name of ["uid", "dtstamp", "dtstart", "dtend", "sequence", "summary", "transp"])
      expect([name, entry!.getAllProperties(name).length]).toEqual([name, 1]);
  });

  it("keeps an entry's name when it is moved, and numbers the later one higher", () => {
    const at = (first: string, told: Instant) => {
      const when = { first: day(first), last: day(first) };
      const entries = [{ key: "a/panel", summary: "Panel", when, busy: false }];
      return eventsIn(calendarText({ name: "n", origin, changed: told, entries }))[0]!;
    };
    const before = at("2026-05-01", changed);
    const after = at("2026-06-01", Instant.parse("2026-05-01T08:31:00.000Z"));
    expect(after.uid).toBe(before.uid);
    expect(after.sequence).toBeGreaterThan(before.sequence);
  });

  it("carries any words, in lines of at most 75 octets that end as they must", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(anyText, (summary) => {
        const when = { first: day("2026-05-01"), last: day("2026-05-01") };
        const text = textOf([{ key: "k", summary, when, busy: false }]);
        const lines = text.split("\r\n");
        expect(lines.pop()).toBe("");
        expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        for (const line of lines) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        }
        const said = summary.replaceAll(/\r\n?/g, "\n").replaceAll(/[^\P{Cc}\t\n]/gu, "");
        const read = eventsIn(text)[0]!.summary;
        expect(read).toBe(said);
      }),
    );
  });
});

it("a person's feed has their fieldwork, its milestones and what they owe, and no more", () => {
  const lena = PersonId.parse("lena");
  const inspection = InspectionId.parse("sandford-2026");
  const days = { start: day("2026-06-15"), end: day("2026-06-19") };
  const shown = {
    inspection,
    service: { name: "Sandford" },
    timetable: timetableFor(days, yos2018),
    team: [{ person: lena, role: "lead-inspector" }],
    owed: [
      { key: "draft", what: "Write the draft", due: endOfDay(day("2026-07-17")), person: lena },
      { key: "send", what: "Send the list", due: endOfDay(day("2026-05-20")) },
      { key: "some-day", what: "Think", due: undefined, person: lena },
    ],
  };
  const events = eventsIn(textOf(personalEntries(lena, [shown])));
  expect(events.map(({ summary, startDate }) => `${startDate.toString()} ${summary}`)).toEqual([
    "2026-06-15 Fieldwork: Sandford",
    "2026-05-08 Announcement: Sandford",
    "2026-06-19 Initial feedback: Sandford",
    "2026-07-03 Ratings panel: Sandford",
    "2026-07-17 Draft report due: Sandford",
    "2026-09-07 Publication: Sandford",
    "2026-07-17 Write the draft: Sandford",
  ]);
  expect(personalEntries(PersonId.parse("nobody"), [shown])).toEqual([]);
});

it("a programme's feed has every fieldwork under a name that stays", () => {
  const problem = madeUpProblem({ seed: 3, services: 20, inspectors: 30, years: 4 });
  const { placements } = proposeSchedule(problem);
  const programme = ProgrammeId.parse("cycle-4");
  const entries = programmeEntries(programme, placements, (service) => service);
  const events = eventsIn(textOf(entries));
  expect(events.map(({ startDate }) => startDate.toString())).toEqual(
    placements.map(({ start }) => start),
  );
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(placements.length);
  expect(events[0]!.uid).toBe(`cycle-4/${placements[0]!.service}@assay.example.org`);
});
