/**
 * Who takes the place of a sampled case that cannot be assessed. The answer follows from the case,
 * the reserves' fixed order and those already used: nobody has a choice to make.
 */
import type { CaseId } from "../kernel/ids.ts";
import type { CaseValues } from "../framework/predicate.ts";
import type { Variable } from "./balance.ts";

/** A case and what it is balanced on; a profile, with or without its references, will do. */
export type Profiled = { readonly case: CaseId; readonly row: CaseValues };

export type ReplacementQuestion = {
  readonly replaced: Profiled;
  /** In the order in which they were drawn. */
  readonly reserves: readonly Profiled[];
  readonly used: ReadonlySet<CaseId>;
  readonly variables: readonly Variable[];
};

/**
 * The first unused reserve, in the order drawn, among those that agree with the case in the most
 * variables; of equally many, those that agree in the variables named first. Undefined: none left.
 */
export const nextReserve = (question: ReplacementQuestion): CaseId | undefined => {
  const { replaced, reserves, used, variables } = question;
  let nearest: { readonly id: CaseId; readonly closeness: number } | undefined;
  for (const reserve of reserves) {
    if (used.has(reserve.case)) continue;
    const closeness = closenessOf(replaced, reserve, variables);
    if (nearest === undefined || closeness > nearest.closeness)
      nearest = { id: reserve.case, closeness };
  }
  return nearest?.id;
};

/** The number of variables that agree, then which: one binary digit each, the first the highest. */
const closenessOf = (a: Profiled, b: Profiled, variables: readonly Variable[]): number => {
  const agree = variables.map(({ categoryOf }) =>
    categoryOf(a.row) === categoryOf(b.row) ? 1 : 0,
  );
  const count = agree.reduce<number>((sum, each) => sum + each, 0);
  return agree.reduce<number>((value, each) => value * 2 + each, count);
};
