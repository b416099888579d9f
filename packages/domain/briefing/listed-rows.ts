/** A case list as it was received, put together again from its fact. */
import type { ListedCase } from "../announcement/events.ts";
import { words } from "../kernel/fact.ts";
import type { CaseRow } from "../sampling/case-list.ts";

/** The list as it was received, or undefined once any of its text is erased. */
export const rowsOf = (cases: readonly ListedCase[]): readonly CaseRow[] | undefined => {
  const rows: CaseRow[] = [];
  for (const { profile, text } of cases) {
    const identity = words(text);
    if (!identity) return undefined;
    rows.push({ ...identity, ...profile });
  }
  return rows;
};
