/** Parts of a report's open data: populations, points, tables of figures. */
import { z } from "zod";

import { JudgedCode } from "@assay/domain/kernel/codes.ts";
import { Day } from "@assay/domain/kernel/instants.ts";

export const count = z.int().min(0);

export const OpenPopulation = z.strictObject({
  population: z.string().meta({ description: "Its name in the framework's document." }),
  label: z.string(),
  eligible: count,
  drawn: count,
  shortfall: count,
  replaced: count,
  withdrawn: count,
  assessed: count,
  mix: z
    .array(z.strictObject({ label: z.string(), cases: count }))
    .readonly()
    .meta({ description: "What the assessed cases are, as the framework groups them." }),
  window: z
    .strictObject({
      from: count.meta({ description: "Whole months before the first day of fieldwork." }),
      to: count,
      first: Day,
      last: Day,
      widened: count,
    })
    .optional(),
  tallies: z
    .array(
      z.strictObject({
        tally: z.string(),
        label: z.string(),
        answers: z.array(z.strictObject({ answer: z.string(), cases: count })).readonly(),
      }),
    )
    .readonly()
    .meta({ description: "Answers to the questions about a case that rate nothing." }),
});

export const OpenPoint = z.strictObject({
  point: z.string(),
  kind: z.enum(["strength", "improvement"]),
  about: JudgedCode.meta({ description: "The standard or key question." }),
  wording: z.string(),
});

export const OpenTable = z.strictObject({
  table: z.string(),
  label: z.string(),
  unit: z.string(),
  source: z.string(),
  asOf: z.string(),
  rows: z
    .array(
      z.strictObject({
        label: z.string(),
        value: z.number().optional().meta({ description: "Absent where it is not known." }),
        national: z.number().optional(),
      }),
    )
    .readonly(),
});
