/**
 * What is asked about a case list that could be right: values that look as if they named somebody,
 * and so many repeated cases that something may have made different ones equal.
 */
import type { CaseListSettings, Column } from "../framework/case-list-settings.ts";
import { isIdentifying } from "../framework/columns.ts";
import { populationIn, populationNamed } from "../framework/populations.ts";
import { type Identifying, identifyingIn } from "../kernel/identifying.ts";
import type { CaseRow } from "./case-list.ts";

/** Of a hundred cases so many may be repetitions before somebody is asked. */
const mostRepeatedPercent = 10;

export type Repeated = {
  readonly population: string;
  readonly repeated: number;
  readonly cases: number;
  /** The columns in which these agree with an earlier case. */
  readonly columns: readonly string[];
};

/** The populations in which more cases repeat earlier ones than do by chance. */
export const repeatedIn = (
  rows: readonly CaseRow[],
  settings: CaseListSettings,
): readonly Repeated[] => {
  const seen = new Map<string, { cases: number; repeated: number; keys: Set<string> }>();
  for (const row of rows) {
    const population = populationIn(settings, row);
    if (population === undefined) continue;
    const { onceFor = [] } = populationNamed(settings, population);
    const known = seen.get(population) ?? { cases: 0, repeated: 0, keys: new Set() };
    seen.set(population, known);
    known.cases += 1;
    const values = onceFor.map((name) => row[name]);
    if (values.length === 0 || values.includes("")) continue;
    const key = JSON.stringify(values);
    if (known.keys.has(key)) known.repeated += 1;
    known.keys.add(key);
  }
  return [...seen].flatMap(([population, { cases, repeated }]) => {
    if (100 * repeated <= mostRepeatedPercent * cases) return [];
    const { onceFor = [] } = populationNamed(settings, population);
    const labels = onceFor.map((name) => labelOf(settings.columns, name));
    return [{ population, repeated, cases, columns: labels }];
  });
};

export const repeatedInWords = ({ repeated, cases, columns }: Repeated): string =>
  `${repeated} of ${cases} cases repeat an earlier one: ${columns.join(" and ")} are the same. ` +
  "Only the earliest of each can be drawn";

/** Pseudonyms that look like names, and in any text what could identify somebody. */
export const identifyingInRows = (
  rows: readonly CaseRow[],
  columns: readonly Column[],
): readonly Identifying[] => {
  const found = new Map<string, Identifying>();
  const texts = columns.filter(({ type }) => type.kind === "text");
  for (const column of texts) {
    const values = new Set(rows.map((row) => String(row[column.name] ?? "")));
    for (const value of values)
      for (const each of tellingIn(value, column)) found.set(`${each.kind}/${each.words}`, each);
  }
  return [...found.values()];
};

/** Words such as `White British` are no name; a pseudonym of words alone is taken for one. */
const tellingIn = (value: string, column: Column): readonly Identifying[] => {
  const found = identifyingIn(value);
  if (!isIdentifying(column)) return found.filter(({ kind }) => kind !== "name");
  if (found.length > 0 || !named.test(value)) return found;
  return [{ kind: "name", words: value }];
};

/** `Smith, Jane`, `J. Smith`, `jane smith`: words without a digit, one of them longer. */
const named = /^(?=.*\p{L}{3})[\p{L}'’.-]+(?:,? [\p{L}'’.-]+){1,3}$/u;

const labelOf = (columns: readonly Column[], name: string): string =>
  columns.find((column) => column.name === name)?.label ?? name;
