/** What a union of facts or commands names, and how stored facts are read back through it. */
import type { StoredEvent } from "@assay/store/port.ts";
import { StoreFault } from "@assay/store/port.ts";
import { z } from "zod";

export type Typed = { readonly type: string };

export type Issue = { readonly path: string; readonly code: string; readonly message: string };

/** The schemas in a union, nested ones included, by the literal `type` that each is for. */
export const schemasByType = (schema: z.core.$ZodType): ReadonlyMap<string, z.ZodType> => {
  if (schema instanceof z.ZodUnion)
    return new Map(schema.options.flatMap((option) => [...schemasByType(option)]));
  if (schema instanceof z.ZodObject && schema.shape["type"] instanceof z.ZodLiteral)
    return new Map([...schema.shape["type"].values].map((type) => [String(type), schema]));
  throw new TypeError("a schema of facts or commands is an object with a literal type, or a union");
};

/** Where and why an input is not what it should be, without quoting the input. */
export const issuesOf = (error: z.core.$ZodError): readonly Issue[] =>
  error.issues.map(({ path, code, message }) => ({
    path: path.map(String).join("."),
    code: code ?? "custom",
    message,
  }));

export type FactReader = (event: StoredEvent) => Typed;

/**
 * Reads stored events back as facts. A fact that its schema does not accept is never folded: the
 * store is damaged, or newer than this code. Facts that no schema was given for pass as they are.
 */
export const factReader = (schemas: readonly z.core.$ZodType[]): FactReader => {
  const known = new Map(schemas.flatMap((schema) => [...schemasByType(schema)]));
  return (event) => {
    const fact = { type: event.type, ...event.data };
    const schema = known.get(event.type);
    if (schema === undefined) return fact;
    const parsed = schema.safeParse(fact);
    if (parsed.success) return parsed.data as Typed;
    const where = issuesOf(parsed.error).map(({ path, code }) => `${path} ${code}`);
    const place = `${event.stream}@${event.revision}`;
    throw new StoreFault("corrupt", `${place} is no ${event.type}: ${where.join(", ")}`, {
      retry: false,
      cause: parsed.error,
    });
  };
};
