/**
 * How facts and requests are written down. Free text, and whatever could identify somebody, sits
 * under `text`, apart from what was judged: it belongs to the nearest `case` beside it (else to the
 * inspection) and can be erased without touching anything that a rating rests on.
 */
import { z } from "zod";

import { Actor } from "./actor.ts";
import { InspectionId } from "./ids.ts";
import { Instant } from "./instants.ts";

/** What stands where text was erased. */
export const Erased = z.strictObject({ erased: z.literal(true) });
export type Erased = z.infer<typeof Erased>;

export const text = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.strictObject(shape), Erased]);

/** The words kept under `text`, or undefined once they are erased. */
export const words = <Text extends object>(held: Text | Erased): Text | undefined =>
  "erased" in held ? undefined : held;

/** Words that a person wrote: never blank, never endless. */
export const Words = z
  .string()
  .trim()
  .min(1, "say something")
  .max(20_000)
  .refine((written) => written.isWellFormed(), "half of a surrogate pair");

/** A stored fact: its name, when it became true, whose act it was. */
export const fact = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
) => z.strictObject({ type: z.literal(type), at: Instant, by: Actor, ...shape });

/**
 * A request about one inspection, with its sender and the moment it was made. Text that is not
 * Unicode is refused here, wherever it stands, because no fact that holds it could be hashed.
 */
export const request = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
) =>
  z
    .strictObject({
      type: z.literal(type),
      at: Instant,
      by: Actor,
      inspection: InspectionId,
      ...shape,
    })
    .superRefine((command, context) => {
      const path = illFormedIn(command, []);
      if (path) context.addIssue({ code: "custom", path, message: "half of a surrogate pair" });
    });

/** Where the first text is that is not Unicode. */
const illFormedIn = (value: unknown, path: PropertyKey[]): PropertyKey[] | undefined => {
  if (typeof value === "string") return value.isWellFormed() ? undefined : path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = illFormedIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
};

/** What every fact and every request carries. */
export type Stamp = { readonly at: Instant; readonly by: Actor };

export const stampOf = ({ at, by }: Stamp): Stamp => ({ at, by });

/** Tells the facts of one union from others by their names; a fact's name is never used twice. */
export const guardOf = <Fact extends { readonly type: string }>(union: {
  readonly options: readonly { readonly shape: { readonly type: z.ZodLiteral<Fact["type"]> } }[];
}): ((fact: { readonly type: string }) => fact is Fact) => {
  const names = new Set<string>(union.options.flatMap(({ shape }) => [...shape.type.values]));
  return (fact): fact is Fact => names.has(fact.type);
};
