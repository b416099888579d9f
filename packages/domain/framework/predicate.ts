/**
 * A condition on one case, as data: over the facts that an inspector finds and the columns of the
 * case list. There is nothing else that it could ask, and nothing that it could run.
 */
import { z } from "zod";

/** What a column or a fact of a case holds. */
export const CaseValue = z.union([z.string().max(500), z.number(), z.boolean()]);
export type CaseValue = z.infer<typeof CaseValue>;

export type CaseValues = Readonly<Record<string, CaseValue | undefined>>;

/** The name of a column or fact: camel case. */
export const Name = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/, "camel case, such as ageBand");

const leaf = {
  equals: z.strictObject({ name: Name, equals: CaseValue }),
  oneOf: z.strictObject({ name: Name, oneOf: z.array(CaseValue).min(1).max(100).readonly() }),
};

export type Predicate =
  | { readonly name: string; readonly equals: CaseValue }
  | { readonly name: string; readonly oneOf: readonly CaseValue[] }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate };

export const Predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.union([
    leaf.equals,
    leaf.oneOf,
    z.strictObject({ all: z.array(Predicate).min(1).max(20).readonly() }),
    z.strictObject({ any: z.array(Predicate).min(1).max(20).readonly() }),
    z.strictObject({ not: Predicate }),
  ]),
);

/** Whether the condition holds of these values. A value that is missing equals nothing. */
export const holds = (predicate: Predicate, values: CaseValues): boolean => {
  if ("equals" in predicate) return values[predicate.name] === predicate.equals;
  if ("oneOf" in predicate) {
    const value = values[predicate.name];
    return value !== undefined && predicate.oneOf.includes(value);
  }
  if ("all" in predicate) return predicate.all.every((each) => holds(each, values));
  if ("any" in predicate) return predicate.any.some((each) => holds(each, values));
  return !holds(predicate.not, values);
};

/** Every name that the condition asks for, with the values that it compares. */
export const asked = (
  predicate: Predicate,
): readonly { readonly name: string; readonly values: readonly CaseValue[] }[] => {
  if ("equals" in predicate) return [{ name: predicate.name, values: [predicate.equals] }];
  if ("oneOf" in predicate) return [{ name: predicate.name, values: predicate.oneOf }];
  if ("not" in predicate) return asked(predicate.not);
  return ("all" in predicate ? predicate.all : predicate.any).flatMap(asked);
};
