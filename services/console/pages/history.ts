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
import { dayInWords, factName } from "@assay/domain/kernel/wording.ts";
import { csvText } from "@assay/report/csv-tables.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { askingShown, searching } from "../forms/asking.ts";
import { choices, range, select } from "../forms/form.ts";
import { ratingStepsIn, recordedIn } from "../reading/derived.ts";
import { adoptionOf } from "../reading/frameworks.ts";
import { ratingLife } from "../reading/rating-life.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { lineOf } from "./events.ts";
import { frame } from "./inspection.ts";
import { factOf } from "../reading/held.ts";
import { plain, personName } from "../wording/names.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

const pageSize = 60;

export const historyPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const framed = frame(held, visit.viewer, "history");
  const events = await visit.library.events(held);
  const { searchParams } = visit.asked.url;
  const at = within(searchParams.get("at"), events.length);
  const filter = filterIn(searchParams);
  const all = recordedIn(events);
  const asAt = ratingsAsAt(all, { events: at });
  const other = within(searchParams.get("with"), events.length);
  const [from, to] = [Math.min(at, other), Math.max(at, other)];
  const fitting = fittingIn(events.slice(0, at), filter);
  const moments = momentsIn(all);
  return visit.render({
    view: "history",
    title: `History – ${framed.head.service}`,
    model: {
      ...framed,
      at,
      total: events.length,
      asAt,
      life: ratingLife(ratingStepsIn(events), held.panel.briefing.framework),
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
      search: searching("Words", filter.q, {
        button: "Show",
        fields: filterFields(events, filter),
        carried: [["at", String(at)]],
      }),
      found: fitting.length,
      exported: `${framed.base}/history.csv?${searchParams.toString()}`,
      difference:
        from < to
          ? differenceBetween(until(all, { events: from }), until(all, { events: to }))
          : undefined,
      adopted: adoptionOf(await visit.library.frameworks(), events)?.event,
      lines: fitting.slice(-pageSize).toReversed().map(lineOf),
      more: Math.max(0, fitting.length - pageSize),
    },
  });
};

/** What of the history is asked for, in the address. */
type Filter = {
  readonly q: string;
  readonly kind: string;
  readonly person: string;
  readonly day: string;
};

const filterIn = (asked: URLSearchParams): Filter => {
  const of = (name: string): string => asked.get(name)?.trim() ?? "";
  return { q: of("q").toLowerCase(), kind: of("kind"), person: of("person"), day: of("day") };
};

const fittingIn = (events: readonly StoredEvent[], { q, kind, person, day }: Filter) =>
  events.filter((event) => {
    const { at, by } = factOf(event);
    return (
      (q === "" || textOf(event).includes(q)) &&
      (kind === "" || kindOf(event) === kind) &&
      (person === "" || by.id === person) &&
      (day === "" || dayInEngland(at) === day)
    );
  });

/** The step whose stream holds the fact. */
const kindOf = ({ stream }: StoredEvent): string => stream.split("-")[0] ?? "";

const kindNames: Readonly<Record<string, string>> = {
  inspection: "Announcement and sample",
  fieldwork: "Fieldwork",
  assessment: "Assessments of cases",
  panel: "Ratings panel",
  publication: "Report",
  erasure: "Erasures",
};

const filterFields = (events: readonly StoredEvent[], { kind, person, day }: Filter) => {
  const facts = events.map(factOf);
  const distinct = (values: readonly string[]) => [...new Set(values)].toSorted();
  const options = (all: string, values: readonly string[], called: (value: string) => string) => [
    { value: "", text: all },
    ...choices(distinct(values), called),
  ];
  const kinds = options("Everything", events.map(kindOf), (each) => kindNames[each] ?? plain(each));
  const people = options(
    "Everybody",
    facts.map(({ by }) => by.id),
    personName,
  );
  const days = options(
    "Every day",
    facts.map(({ at }) => dayInEngland(at)),
    dayInWords,
  );
  return {
    kind: select("About", kinds, { value: kind }),
    person: select("By", people, { value: person }),
    day: select("On", days, { value: day }),
  };
};

/** The same facts as a table to take away, the oldest first. */
export const historyFile: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const events = await visit.library.events(held);
  const filter = filterIn(visit.asked.url.searchParams);
  const rows = fittingIn(events, filter).map((event) => {
    const { at, by, words } = lineOf(event);
    return [at, personName(by.id), kindNames[kindOf(event)] ?? kindOf(event), words];
  });
  return {
    status: 200,
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="history.csv"',
      "cache-control": "private, no-store",
    },
    body: csvText([["When", "Who", "About", "What"], ...rows]),
  };
};

const textOf = ({ type, stream, data }: StoredEvent): string =>
  `${type} ${stream} ${JSON.stringify(data)}`.toLowerCase();

/** The turns of an inspection's life, and now. */
export const momentsIn = (all: readonly Recorded[]) => [
  ...turnsIn(all).map(({ events, recorded: { event } }) => ({
    events,
    name: factName(event.type),
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
