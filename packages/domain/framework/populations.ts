/** Which of a framework's populations a row of the case list belongs to: the first that fits. */
import type { FrameworkDocument } from "./document.ts";
import { type CaseValues, holds } from "./predicate.ts";

/** Undefined where the row belongs to none, and is never drawn. */
export const populationIn = (
  { populations }: Pick<FrameworkDocument, "populations">,
  row: CaseValues,
): string | undefined => populations.find(({ where }) => holds(where, row))?.name;
