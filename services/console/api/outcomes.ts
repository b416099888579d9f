/** What the API answers to what is sent: a command, a batch of them, a sheet of judgements. */
import { z } from "zod";

import { arrayOf, count, text } from "./answers.ts";

const Warning = z
  .strictObject({ kind: text, words: text })
  .describe("Words of the request that could identify somebody. They were recorded.");
const Plainer = z
  .strictObject({ place: text, what: text, count })
  .describe("Characters of a word processor that were turned into plain ones.");
const Issue = z.strictObject({ path: text, code: text, message: text });
const refusal = z.looseObject({ reason: text });

const accepted = {
  accepted: z.literal(true),
  stream: text,
  revision: z.int(),
  events: count.describe("0 where the same had been done before."),
} as const;

export const Accepted = z.strictObject({
  ...accepted,
  warnings: arrayOf(Warning).optional(),
  plainer: arrayOf(Plainer).optional(),
});

/** What became of one command of several; `row` is what it is known by. */
const outcomesOf = <Row extends z.ZodRawShape, Taken extends z.ZodRawShape>(
  row: Row,
  taken: Taken,
) =>
  arrayOf(
    z.discriminatedUnion("outcome", [
      z.strictObject({ ...row, outcome: z.literal("accepted"), ...taken }),
      z.strictObject({
        ...row,
        outcome: z.enum(["refused", "conflict"]),
        detail: text,
        refusal,
      }),
      z.strictObject({ ...row, outcome: z.literal("malformed"), issues: arrayOf(Issue) }),
    ]),
  );

export const BatchResults = z.strictObject({
  results: outcomesOf({ id: text }, Accepted.shape),
});

export const SheetResults = z.strictObject({
  results: outcomesOf(
    { case: text, question: text },
    { events: count, warnings: Accepted.shape.warnings },
  ),
  ignored: arrayOf(text).describe("Columns that say nothing to Assay."),
});
