/**
 * An inspection's whole life: a slider over its facts with the ratings as they were known at each,
 * what changed since, and the facts themselves.
 */
import { ratingsAsAt } from "@assay/domain/audit/as-at.ts";
import { differenceBetween } from "@assay/domain/audit/difference.ts";
import { until } from "@assay/domain/audit/as-at.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { turnsIn } from "@assay/domain/audit/turns.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { askingShown, searching } from "../forms/asking.ts";
import { range, select } from "../forms/form.ts";
import { ratingStepsIn, recordedIn } from "../reading/derived.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { lineOf } from "./events.ts";
import { frame } from "./inspection.ts";
import { eventName } from "../wording/names.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

const pageSize = 60;

export const historyPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const framed = frame(held, visit.viewer, "history");
  const events = await visit.library.events(held);
  const { searchParams } = visit.asked.url;
  const at = within(searchParams.get("at"), events.length);
  const q = searchParams.get("q")?.trim().toLowerCase() ?? "";
  const all = recordedIn(events);
  const asAt = ratingsAsAt(all, { events: at });
  const other = within(searchParams.get("with"), events.length);
  const [from, to] = [Math.min(at, other), Math.max(at, other)];
  const known = events.slice(0, at);
  const fitting = q === "" ? known : known.filter((event) => textOf(event).includes(q));
  const moments = momentsIn(all);
  return visit.render({
    view: "history",
    title: `History – ${framed.head.service}`,
    model: {
      ...framed,
      at,
      total: events.length,
      asAt,
      steps: ratingStepsIn(events).slice(-40).toReversed(),
      slider: askingShown({
        id: "as-known",
        button: "Show this moment",
        fields: {
          at: range("As known after fact", {
            value: String(at),
            attributes: { min: "1", max: String(events.length) },
          }),
        },
        carried: [["with", String(other)]],
      }),
      between: askingShown({
        id: "between",
        button: "Compare",
        fields: { at: momentField("From", moments, from), with: momentField("To", moments, to) },
      }),
      search: searching("Search", q, { carried: [["at", String(at)]] }),
      difference:
        from < to
          ? differenceBetween(until(all, { events: from }), until(all, { events: to }))
          : undefined,
      lines: fitting.slice(-pageSize).toReversed().map(lineOf),
      more: Math.max(0, fitting.length - pageSize),
    },
  });
};

const textOf = ({ type, stream, data }: StoredEvent): string =>
  `${type} ${stream} ${JSON.stringify(data)}`.toLowerCase();

/** The turns of an inspection's life, and now. */
export const momentsIn = (all: readonly Recorded[]) => [
  ...turnsIn(all).map(({ events, recorded: { event } }) => ({
    events,
    name: eventName(event.type),
    at: event.at,
  })),
  { events: all.length, name: "Now", at: undefined },
];

/** A moment that is no turn is offered where it was asked for. */
const momentField = (label: string, moments: ReturnType<typeof momentsIn>, chosen: number) => {
  const turns = moments.map(({ events, name, at }) => ({
    value: String(events),
    text: at === undefined ? name : `${name}, ${dayInWords(dayInEngland(at))}`,
  }));
  const value = String(chosen);
  const isTurn = turns.some((each) => each.value === value);
  const options = isTurn ? turns : [...turns, { value, text: `After fact ${value}` }];
  return select(label, options, { value });
};

const within = (given: string | null, most: number): number => {
  const number = Number(given ?? most);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : most;
};
