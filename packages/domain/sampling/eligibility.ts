/**
 * Which cases may be drawn. The window reaches back from the first day of fieldwork and widens step
 * by step until there are enough; every case of the population that is left out has its reason.
 */
import { z } from "zod";

import type { CaseListSettings } from "../framework/case-list-settings.ts";
import { type Purposes, textIn } from "../framework/columns.ts";
import { populationIn } from "../framework/populations.ts";
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

/** The rows of each population, in the order of the list; a row of none is in no part. */
export const listed = (
  rows: readonly CaseRow[],
  settings: Pick<CaseListSettings, "populations">,
): ReadonlyMap<string, readonly Listed[]> => {
  const parts = new Map(settings.populations.map(({ name }) => [name, [] as Listed[]]));
  rows.forEach((row, index) => {
    const population = populationIn(settings, row);
    if (population !== undefined) parts.get(population)!.push({ case: caseIdOf(index + 1), row });
  });
  return parts;
};

export type EligibilityRequest = {
  readonly cases: readonly Listed[];
  readonly fieldworkStart: Day;
  /** Tried in this order; the last is kept even when it is not enough. */
  readonly windows: readonly Window[];
  readonly enough: number;
  readonly purposes: Purposes;
  /** Rows that agree in all of these are one case. */
  readonly onceFor: readonly string[];
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
  { cases, fieldworkStart, purposes, onceFor }: EligibilityRequest,
  window: Window,
): Pick<Eligibility, "eligible" | "excluded"> => {
  const { first, last } = daysOf(window, fieldworkStart);
  const { restricted, day, started } = purposes;
  const reasonFor = (row: CaseRow) => {
    if (restricted !== undefined && row[restricted] === true) return "restricted";
    const on = textIn(row, day);
    if (on < first || on > last) return "outside-window";
    return started !== undefined && row[started] === false ? "not-started" : undefined;
  };
  const kept = earliest(
    cases.filter(({ row }) => reasonFor(row) === undefined),
    { day, onceFor },
  );
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
 * Of the rows that are one case, the earliest; on one day, the first in the list. A row in which
 * one of the columns is empty cannot be compared and stands for itself.
 */
const earliest = (
  cases: readonly Listed[],
  { day, onceFor }: { readonly day: string | undefined; readonly onceFor: readonly string[] },
): ReadonlySet<CaseId> => {
  const first = new Map<string, Listed>();
  for (const each of cases) {
    const values = onceFor.map((name) => each.row[name]);
    const alone = values.length === 0 || values.includes("");
    const key = alone ? each.case : JSON.stringify(values);
    const known = first.get(key);
    if (known === undefined || textIn(each.row, day) < textIn(known.row, day)) first.set(key, each);
  }
  return new Set([...first.values()].map((each) => each.case));
};
