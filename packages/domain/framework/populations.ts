/** Which of a framework's populations a row of the case list belongs to: the first that fits. */
import type {
  CaseListSettings,
  Column,
  Confidence,
  PopulationSettings,
} from "./case-list-settings.ts";
import { asked, type CaseValue, type CaseValues, holds, type Predicate } from "./predicate.ts";

type Populations = { readonly populations: readonly PopulationSettings[] };

/** Undefined where the row belongs to none, and is never drawn. */
export const populationIn = ({ populations }: Populations, row: CaseValues): string | undefined =>
  populations.find(({ where }) => holds(where, row))?.name;

/** Throws a RangeError for a population that the framework does not have. */
export const populationNamed = ({ populations }: Populations, name: string): PopulationSettings => {
  const found = populations.find((population) => population.name === name);
  if (!found) throw new RangeError(`there is no population ${name}`);
  return found;
};

/** At which confidence a margin of error is told; undefined where the size rests on none. */
export const confidenceIn = ({
  size,
}: Pick<PopulationSettings, "size">): Confidence | undefined => {
  if (size.by === "ratio") return size.otherwise;
  return size.by === "confidence" ? size : undefined;
};

/**
 * What kind of case it is, in words: its values in the columns by which the populations are told
 * apart. Empty where the list is withheld.
 */
export const kindOf = ({ columns, populations }: CaseListSettings, row: CaseValues): string => {
  const names = new Set(populations.flatMap(({ where }) => asked(where).map(({ name }) => name)));
  return columns
    .filter(({ name }) => names.has(name) && row[name] !== undefined)
    .map((column) => valueInWords(column, row[column.name]))
    .join(", ");
};

/** A value by its label. */
export const valueInWords = (
  { type }: Pick<Column, "type">,
  value: CaseValue | undefined,
): string => {
  if (type.kind === "yes-no") return value === true ? "Yes" : "No";
  const label =
    type.kind === "choice" && type.values.find((choice) => choice.value === value)?.label;
  return label || String(value ?? "");
};

/** More kinds of rows than any framework's conditions need. */
const MOST_KINDS = 10_000;

/**
 * A row for each combination of values in the columns that these conditions ask about. Columns with
 * values that cannot be listed are left out.
 */
export const rowsToldApart = (
  columns: readonly Column[],
  conditions: readonly Predicate[],
): readonly Readonly<Record<string, CaseValue>>[] => {
  const names = new Set(conditions.flatMap(asked).map(({ name }) => name));
  let rows: readonly Readonly<Record<string, CaseValue>>[] = [{}];
  for (const { name, type } of columns.filter((column) => names.has(column.name))) {
    const values = valuesOf(type);
    if (values.length === 0 || rows.length * values.length > MOST_KINDS) continue;
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows;
};

const valuesOf = (type: Column["type"]): readonly CaseValue[] => {
  if (type.kind === "choice") return type.values.map(({ value }) => value);
  return type.kind === "yes-no" ? [true, false] : [];
};
