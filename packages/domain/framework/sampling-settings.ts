/** The time before fieldwork in which a case has to lie. */
import { z } from "zod";

/** Cases of at least `from` and at most `to` whole months before fieldwork begins. */
export const Window = z
  .strictObject({ from: z.int().min(0), to: z.int().max(120) })
  .refine(({ from, to }) => from < to, "a window ends later than it begins");
export type Window = z.infer<typeof Window>;
