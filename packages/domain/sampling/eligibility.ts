/**
 * Which cases may be drawn. The window reaches back from the first day of fieldwork and widens step
 * by step until there are enough; every case of the population that is left out has its reason.
 */
import { z } from "zod";

import { populationOf, type Population } from "../framework/case-profile.ts";
import type { Window } from "../framework/sampling-settings.ts";
import { CaseId, caseIdOf } from "../kernel/ids.ts";
import { addMonths, type Day } from "../kernel/instants.ts";
import type { CaseRow } from "./case-list.ts";

/** In the order in which they are asked: a case that meets several has the first. */
export const ExclusionReason = z.enum(["restricted", "outside-window", "not-started", "duplicate"]);
export type ExclusionReason = z.infer<typeof ExclusionReason>;

export const Exclusion = z.strictObject({ case: CaseId, reason: ExclusionReason });
export type Exclusion = z.infer<typeof Exclusion>;

/** A row with its place in the list. */
export type Listed = { readonly case: CaseId; readonly row: CaseRow };

export type Eligibility = {
  readonly window: Window;
  /** How many times the window was widened. */
  readonly widened: number;
  readonly eligible: readonly Listed[];
  readonly excluded: readonly Exclusion[];
};

export const listed = (rows: readonly CaseRow[], population: Population): Listed[] =>
  rows.flatMap((row, index) =>
    populationOf(row.disposal) === population ? [{ case: caseIdOf(index + 1), row }] : [],
  );

export type EligibilityRequest = {
  readonly cases: readonly Listed[];
  readonly fieldworkStart: Day;
  /** Tried in this order; the last is kept even when it is not enough. */
  readonly windows: readonly Window[];
  readonly enough: number;
};

export const eligibility = (request: EligibilityRequest): Eligibility => {
  const { windows, enough } = request;
  let widened = 0;
  let found = within(request, windows[0]!);
  while (found.eligible.length < enough && widened + 1 < windows.length) {
    widened += 1;
    found = within(request, windows[widened]!);
  }
  return { window: windows[widened]!, widened, ...found };
};

/** First and last day of a window, both included. */
export const daysOf = (
  window: Window,
  fieldworkStart: Day,
): { readonly first: Day; readonly last: Day } => ({
  first: addMonths(fieldworkStart, -window.to),
  last: addMonths(fieldworkStart, -window.from),
});

const within = (
  { cases, fieldworkStart }: EligibilityRequest,
  window: Window,
): Pick<Eligibility, "eligible" | "excluded"> => {
  const { first, last } = daysOf(window, fieldworkStart);
  const reasonFor = ({ restricted, workStarted, disposalDay }: CaseRow) => {
    if (restricted) return "restricted";
    if (disposalDay < first || disposalDay > last) return "outside-window";
    return workStarted ? undefined : "not-started";
  };
  const kept = earliest(cases.filter(({ row }) => reasonFor(row) === undefined));
  const eligible: Listed[] = [];
  const excluded: Exclusion[] = [];
  for (const each of cases) {
    const reason = reasonFor(each.row) ?? (kept.has(each.case) ? undefined : "duplicate");
    if (reason === undefined) eligible.push(each);
    else excluded.push({ case: each.case, reason });
  }
  return { eligible, excluded };
};

/**
 * Of each child's cases with the same disposal, the earliest; on one day, the first in the list. A
 * case without a child's reference cannot be compared and stands for itself.
 */
const earliest = (cases: readonly Listed[]): ReadonlySet<CaseId> => {
  const first = new Map<string, Listed>();
  for (const each of cases) {
    const key =
      each.row.child === "" ? each.case : JSON.stringify([each.row.child, each.row.disposal]);
    const known = first.get(key);
    if (known === undefined || each.row.disposalDay < known.row.disposalDay) first.set(key, each);
  }
  return new Set([...first.values()].map((each) => each.case));
};
