/** Which of a framework's populations a row of the case list belongs to: the first that fits. */
import type { Framework } from "./document.ts";
import { type CaseValues, holds } from "./predicate.ts";

/** Undefined where the row belongs to none, and is never drawn. */
export const populationIn = (
  { populations }: Pick<Framework, "populations">,
  row: CaseValues,
): string | undefined => populations.find(({ where }) => holds(where, row))?.name;
