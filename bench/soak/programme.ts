/** The published examples again and again, one every few days, as a programme of many services. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { addDays, Day } from "@assay/domain/kernel/instants.ts";
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import { exampleFiles, plotFrom } from "@assay/embedded/examples.ts";

const examples = join(import.meta.dirname, "../../examples");

/** The first day of the first fieldwork. */
const begin = Day.parse("2020-08-17");

/** 155 of them begin within four years. */
const daysBetween = 9;

export const programmeOf = (inspections: number): readonly PublishedPlot[] =>
  Array.from({ length: inspections }, (_, index) => {
    const name = exampleFiles[index % exampleFiles.length]!;
    const file = JSON.parse(readFileSync(join(examples, name), "utf8")) as {
      readonly id: string;
      readonly service: string;
      readonly fieldwork: { readonly start: string; readonly end: string };
    };
    const start = addDays(begin, index * daysBetween);
    const plot = plotFrom({
      ...file,
      id: `${file.id}-${index + 1}`,
      service: `${file.service} ${index + 1}`,
      fieldwork: { start, end: addDays(start, lengthOf(file.fieldwork)) },
    });
    if (!plot.ok) throw new TypeError(`${name}: ${JSON.stringify(plot.problems)}`);
    return plot.value;
  });

const lengthOf = ({ start, end }: { readonly start: string; readonly end: string }): number =>
  (Date.parse(end) - Date.parse(start)) / 86_400_000;

/** From scheduling to closing, as the story of an inspection takes them, in days. */
const [daysBefore, daysAfter] = [125, 125];

/** How far a moment lies between a programme's first and its last; from 0 to 1. */
export const shareOf = (instant: string, inspections: number): number => {
  const from = Date.parse(addDays(begin, -daysBefore));
  const until = Date.parse(addDays(begin, (inspections - 1) * daysBetween + daysAfter));
  return Math.min(1, Math.max(0, (Date.parse(instant) - from) / (until - from)));
};
