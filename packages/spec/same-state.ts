/** Two states are the same when this gives the same: phases by name, collections in order. */
import { phaseName } from "@assay/domain/kernel/chart.ts";

import type { StepState } from "./rules.ts";

/**
 * Keyed collections sorted by key, because facts of different streams arrive in any order. What the
 * report's checks are to read is kept as it came: they look at the order within a stream alone.
 */
export const plainState = ({ phase, lifecycle, ...state }: StepState): unknown => {
  const { told: _told, ...rest } = state as { readonly told?: unknown };
  return {
    phase: phaseName(phase),
    lifecycle: lifecycle && phaseName(lifecycle),
    ...(plain(rest) as object),
  };
};

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return [...value].map(plain).toSorted(byText);
  if (value instanceof Set) return [...value].map(plain).toSorted(byText);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("machine" in value && "value" in value) return phaseName(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
