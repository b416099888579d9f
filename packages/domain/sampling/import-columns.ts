/**
 * Which column of a file is which: headers in any order, by the framework's name and label for each
 * and by the other names that services use for it.
 */
import type { Column } from "../framework/case-list-settings.ts";
import { plain } from "./import-values.ts";

/** Finds the column that a header names; where two columns share a name, the later has it. */
export const columnFinder = (
  columns: readonly Column[],
): ((header: string) => Column | undefined) => {
  const found = new Map(
    columns.flatMap((column) =>
      [column.name, column.label, ...(column.also ?? [])].map(
        (name) => [plain(name), column] as const,
      ),
    ),
  );
  return (header) => found.get(plain(header));
};
