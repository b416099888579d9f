/** A published inspection as a plot: its figures as printed, its cases made up to match them. */
import { peopleStandards } from "../framework/standards.ts";
import type { Framework } from "../framework/document.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { addMonths } from "../kernel/instants.ts";
import type { PublishedCounts } from "./counts.ts";
import { beginnings, printedDays, weekFrom, workingFieldwork } from "./days.ts";
import { caseAt, caseListFor, overridesFor } from "./format-1-cases.ts";
import type { PublishedInspection } from "./published-file.ts";
import { publishedFigures, publishedSayings, reconstructionOf } from "./published-words.ts";
import { type Plot, serviceIdOf } from "./story.ts";

export type PublishedPlot = Plot & {
  readonly file: PublishedInspection;
  readonly counts: PublishedCounts;
};

export const plotOf = (file: PublishedInspection, counts: PublishedCounts): PublishedPlot => {
  const { framework } = counts;
  const fieldwork = workingFieldwork(daysIn(file, framework));
  return {
    file,
    counts,
    framework,
    fieldwork,
    inspection: file.id,
    service: { id: serviceIdOf(file.service), name: file.service },
    reconstruction: reconstructionOf(file, counts),
    list: caseListFor(file, counts, fieldwork),
    sizes: overridesFor(counts),
    found: ({ place, population }) => caseAt(place, population, counts),
    interviews: file.caseManagerInterviews ?? 0,
    grades: Object.fromEntries(
      peopleStandards(framework).flatMap(({ code }) => {
        const rating = file.domainOne[code] ?? file.standards[code]?.rating;
        return rating ? [[code, rating]] : [];
      }),
    ),
    published: (code) => {
      const rating = file.standards[code]?.rating;
      const recorded = file.discretion[code];
      const reason = recorded?.reason?.trim() || "The report records discretion without a reason.";
      return rating ? { rating, ...(recorded && { reason }) } : undefined;
    },
    overall: file.overall,
    figures: publishedFigures(file),
    recommendations: file.recommendations ?? 0,
    says: publishedSayings(file.service),
  };
};

/** As printed; else made up: a week at the start of the month, or a year after the framework. */
const daysIn = ({ fieldwork }: PublishedInspection, { from }: Framework): Fieldwork =>
  fieldwork
    ? (printedDays(fieldwork) ?? weekFrom(beginnings(fieldwork)[0]))
    : weekFrom(addMonths(from, 12));
