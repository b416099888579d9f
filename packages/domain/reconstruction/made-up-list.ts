/** A made-up case list: rows of every population of a framework, eligible and all different. */
import type { Column } from "../framework/case-list-settings.ts";
import type { Framework } from "../framework/document.ts";
import { populationIn, rowsToldApart } from "../framework/populations.ts";
import { asked, type CaseValue } from "../framework/predicate.ts";
import { caseQuestionsOf } from "../framework/standards.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, addMonths, type Day } from "../kernel/instants.ts";
import type { CaseRow } from "../sampling/case-list.ts";
import type { RandomStream } from "../sampling/stream.ts";

type Listing = {
  readonly framework: Framework;
  readonly fieldwork: Fieldwork;
  /** How many rows each population gets. */
  readonly listed: Readonly<Record<string, number>>;
  readonly chance: RandomStream;
};

/** A population to which no row can belong gets none. */
export const madeUpList = ({
  framework,
  fieldwork,
  listed,
  chance,
}: Listing): readonly CaseRow[] => {
  const kinds = kindsOfRows(framework);
  return framework.populations.flatMap(({ name, windows, maxPerWorker = mostCases }, place) => {
    const own = kinds.filter((kind) => populationIn(framework, kind) === name);
    const count = own.length === 0 ? 0 : (listed[name] ?? 0);
    const workers = Math.max(3, Math.ceil(count / Math.min(maxPerWorker, mostCases)));
    return Array.from({ length: count }, (_, i): CaseRow => {
      const kind = own[count < own.length ? Math.floor((i * own.length) / count) : i % own.length]!;
      const day = addDays(addMonths(fieldwork.start, -windows[0]!.from), -7 - chance.below(21));
      const told = { place: i, prefix: `${place + 1}`, worker: i % workers, day, chance };
      return Object.fromEntries(
        framework.columns.map((column) => [column.name, kind[column.name] ?? cellOf(column, told)]),
      );
    });
  });
};

/** So many cases one worker has. */
const mostCases = 6;

/** Rows by the columns on which something rests: a population, a question, a standard. */
export const kindsOfRows = (framework: Framework): readonly CaseRow[] => {
  const conditions = [
    ...framework.populations.map(({ where }) => where),
    ...framework.standards.flatMap((standard) => [
      ...(standard.appliesWhere ? [standard.appliesWhere.cases] : []),
      ...caseQuestionsOf(standard).flatMap(({ relevance: { where } }) => where ?? []),
    ]),
  ];
  const values = conditions.flatMap(asked);
  const columns = framework.columns.map((column): Column => {
    if (column.type.kind !== "text") return column;
    const own = values.filter(({ name }) => name === column.name).flatMap((each) => each.values);
    const told = [...new Set(["another", ...own.map(String)])];
    return {
      ...column,
      type: { kind: "choice", values: told.map((value) => ({ value, label: value })) },
    };
  });
  return rowsToldApart(columns, conditions);
};

type Told = {
  readonly place: number;
  readonly prefix: string;
  readonly worker: number;
  readonly day: Day;
  readonly chance: RandomStream;
};

const cellOf = ({ type, purpose, blank }: Column, told: Told): CaseValue => {
  switch (type.kind) {
    case "choice": {
      const values = type.values.map(({ value }) => value).filter((value) => value !== blank);
      return values[told.chance.below(values.length)]!;
    }
    case "day":
      return told.day;
    case "yes-no":
      return purpose === "started" || (purpose !== "restricted" && told.chance.below(2) === 0);
    case "number": {
      const { least = 0, most = least + 40 } = type;
      return Math.min(most, Math.ceil(least) + told.chance.below(Math.floor(most - least) + 1));
    }
    case "text":
      return purpose === undefined
        ? (blank ?? "recorded").toString().slice(0, type.most)
        : pseudonym(purpose, told).slice(-type.most);
  }
};

const pseudonym = (purpose: Exclude<Column["purpose"], undefined>, told: Told): string => {
  const { prefix, place, worker } = told;
  if (purpose === "worker") return `W${worker + 1}`;
  return `${purpose === "person" ? "P" : "R"}${prefix}${String(place + 1).padStart(3, "0")}`;
};
