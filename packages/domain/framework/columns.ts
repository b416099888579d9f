/** What a case list's columns are for. */
import type { Column, Purpose } from "./case-list-settings.ts";
import type { CaseValues } from "./predicate.ts";

/** The name of the column that has each purpose, where one has it. */
export type Purposes = Readonly<Partial<Record<Purpose, string>>>;

export const purposesOf = (columns: readonly Column[]): Purposes =>
  Object.fromEntries(columns.flatMap(({ name, purpose }) => (purpose ? [[purpose, name]] : [])));

/** Columns that could point at a person or a file: they stand apart, to be sealed and erased. */
export const isIdentifying = ({ purpose }: Column): boolean =>
  purpose === "reference" || purpose === "person" || purpose === "worker";

/** The text in a column; empty where there is no such column. */
export const textIn = (row: CaseValues, name: string | undefined): string =>
  name === undefined ? "" : String(row[name] ?? "");
