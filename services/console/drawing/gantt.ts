/** The programme on one time line: each inspection's stretches, and what they lead to. */
import type { Timetable } from "@assay/domain/framework/timetable.ts";
import { type Day, fromEpochDay, toEpochDay } from "@assay/domain/kernel/instants.ts";

import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { element, label, picture, type Svg } from "./svg.ts";

export type Row = {
  readonly name: string;
  readonly href: string;
  readonly timetable: Timetable;
  readonly late: boolean;
  readonly resting: boolean;
};

const size = { left: 190, month: 96, row: 34, top: 34 } as const;

/** Days that a month needs before the end of the picture, for its name to fit. */
const namedFrom = 18;

export const drawProgramme = (rows: readonly Row[], today: Day): Svg => {
  const first = Math.min(toEpochDay(today), ...rows.map((row) => start(row.timetable)));
  const last = Math.max(toEpochDay(today) + 7, ...rows.map((row) => end(row.timetable) + 10));
  const perDay = size.month / 30.44;
  const x = (day: number): number => size.left + (day - first) * perDay;
  const bottom = size.top + rows.length * size.row;
  return picture(
    {
      width: x(last) + 10,
      height: bottom + 10,
      title: `The programme: ${rows.length} inspections`,
      className: "gantt",
    },
    ...monthsBetween(first, last).map((day) =>
      element(
        "g",
        { class: "gantt-month" },
        element("line", { x1: x(day), y1: size.top - 10, x2: x(day), y2: bottom }),
        last - day < namedFrom ? "" : label({ x: x(day) + 4, y: size.top - 14 }, monthName(day)),
      ),
    ),
    ...rows.map((row, place) => drawRow(row, size.top + place * size.row, x)),
    element("line", {
      class: "gantt-today",
      x1: x(toEpochDay(today)),
      y1: size.top - 10,
      x2: x(toEpochDay(today)),
      y2: bottom,
    }),
  );
};

const start = ({ announcement }: Timetable): number => toEpochDay(announcement);
const end = ({ actionPlan }: Timetable): number => toEpochDay(actionPlan);

const drawRow = (row: Row, y: number, x: (day: number) => number): Svg => {
  const { timetable: days, name } = row;
  const bar = (from: Day, to: Day, kind: string, what: string): Svg =>
    element(
      "rect",
      {
        class: `gantt-bar gantt-bar--${kind}`,
        x: x(toEpochDay(from)),
        y: y + 8,
        width: Math.max(4, x(toEpochDay(to)) - x(toEpochDay(from))),
        height: 18,
        rx: 2,
      },
      element("title", {}, `${what}: ${dayInWords(from)} to ${dayInWords(to)}`),
    );
  return element(
    "g",
    { class: row.resting ? "gantt-row gantt-row--resting" : "gantt-row" },
    label(
      { x: 0, y: y + 22, class: row.late ? "gantt-name gantt-name--late" : "gantt-name" },
      name,
    ),
    bar(days.announcement, days.fieldworkStart, "before", "Announcement to fieldwork"),
    bar(days.fieldworkStart, days.fieldworkEnd, "fieldwork", "Fieldwork"),
    bar(days.fieldworkEnd, days.panel, "panel", "To the panel"),
    bar(days.panel, days.publication, "report", "Report"),
    bar(days.publication, days.actionPlan, "after", "Action plan"),
  );
};

const monthsBetween = (first: number, last: number): readonly number[] => {
  const found: number[] = [];
  for (let day = first; day <= last; day += 1)
    if (fromEpochDay(day).endsWith("-01")) found.push(day);
  return found;
};

const monthName = (day: number): string => {
  const [, , month = "", year = ""] =
    /^(\d+) (\w{3})\w* (\d+)$/.exec(dayInWords(fromEpochDay(day))) ?? [];
  return `${month} ${year}`;
};
