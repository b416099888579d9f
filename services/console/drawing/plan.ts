/** A proposed schedule on one time line: a mark for each fieldwork, in the order of their days. */
import { addMonths, type Day, fromEpochDay, toEpochDay } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";

import { element, label, picture, type Svg } from "./svg.ts";

export type Placed = {
  readonly name: string;
  readonly start: Day;
  readonly end: Day;
  readonly decided: "by-rule" | "by-a-person";
};

const size = { left: 190, week: 22, row: 26, top: 30 } as const;

/** Days that a month needs before the end of the picture, for its name to fit. */
const namedFrom = 32;

export const drawPlan = (placed: readonly Placed[], today: Day): Svg => {
  const days = placed.flatMap(({ start, end }) => [toEpochDay(start), toEpochDay(end)]);
  const first = Math.min(...days) - 3;
  const last = Math.max(...days) + 7;
  const x = (day: number): number => size.left + ((day - first) / 7) * size.week;
  const bottom = size.top + placed.length * size.row;
  const now = toEpochDay(today);
  return picture(
    {
      width: x(last) + 10,
      height: bottom + 8,
      title: `The schedule: ${placed.length} fieldworks`,
      className: "gantt",
    },
    ...monthsFrom(fromEpochDay(first), fromEpochDay(last)).map((day) =>
      element(
        "g",
        { class: "gantt-month" },
        element("line", { x1: x(toEpochDay(day)), y1: 16, x2: x(toEpochDay(day)), y2: bottom }),
        last - toEpochDay(day) < namedFrom
          ? ""
          : label({ x: x(toEpochDay(day)) + 4, y: 14 }, dayInWords(day).replace(/^\d+ /, "")),
      ),
    ),
    ...placed.map(({ name, start, end, decided }, place) =>
      element(
        "g",
        { class: "gantt-row" },
        label({ x: 0, y: size.top + place * size.row + 17, class: "gantt-name" }, name),
        element(
          "rect",
          {
            class: `gantt-bar gantt-bar--${decided === "by-rule" ? "fieldwork" : "panel"}`,
            x: x(toEpochDay(start)),
            y: size.top + place * size.row + 4,
            width: Math.max(8, x(toEpochDay(end) + 1) - x(toEpochDay(start))),
            height: 16,
            rx: 2,
          },
          element("title", {}, `${name}: ${dayInWords(start)} to ${dayInWords(end)}`),
        ),
      ),
    ),
    now >= first && now <= last
      ? element("line", { class: "gantt-today", x1: x(now), y1: 16, x2: x(now), y2: bottom })
      : "",
  );
};

const monthsFrom = (first: Day, last: Day): readonly Day[] => {
  const months: Day[] = [];
  for (
    let day = addMonths(`${first.slice(0, 7)}-01` as Day, 1);
    day <= last;
    day = addMonths(day, 1)
  )
    months.push(day);
  return months;
};
