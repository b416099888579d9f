/** What a union of facts or commands names, and how stored facts are read back through it. */
import { currentVersion, factToday, storedVersion } from "@assay/domain/upcasters.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { StoreFault } from "@assay/store/port.ts";
import { z } from "zod";

import { flattened, issueInWords, labelFor } from "./issue-words.ts";

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

/** Where and why an input is not what it should be, in words and without quoting the input. */
export const issuesOf = (error: z.core.$ZodError): readonly Issue[] =>
  flattened(error.issues).map((issue) => ({
    path: issue.path.map(String).join("."),
    code: issue.code ?? "custom",
    message: issueInWords(issue, { label: labelFor(issue.path) }),
  }));

/** What was read from events that several readers are handed, and through which schema. */
const read = new WeakMap<StoredEvent, { readonly schema: z.ZodType; readonly fact: Typed }>();

/** Undefined for an event of a type that the reader was given no schema for: it passes it over. */
export type FactReader = (event: StoredEvent) => Typed | undefined;

/**
 * Reads stored events back as facts of today. What no schema has looked at is never folded. A fact
 * that its schema does not accept is none either: it throws, because the store is damaged, or
 * somebody else wrote there.
 */
export const factReader = (schemas: readonly z.core.$ZodType[]): FactReader => {
  const known = new Map(schemas.flatMap((schema) => [...schemasByType(schema)]));
  return (event) => {
    const schema = known.get(event.type);
    if (schema === undefined) return undefined;
    const before = read.get(event);
    if (before?.schema === schema) return before.fact;
    refuseNewer(event);
    const place = `${event.stream}@${event.revision}`;
    if (event.unreadable !== undefined) throw noFact(`${place}: ${event.unreadable}`);
    const result = schema.safeParse(today(event, place));
    if (result.success) {
      const fact = result.data as Typed;
      read.set(event, { schema, fact });
      return fact;
    }
    const where = issuesOf(result.error).map(({ path, code }) => `${path} ${code}`);
    throw noFact(`${place} is no ${event.type}: ${where.join(", ")}`, result.error);
  };
};

/** An upcaster trusts what it is given, which others may have written. */
const today = (event: StoredEvent, place: string): Typed => {
  try {
    return factToday(event);
  } catch (error) {
    throw noFact(`${place} is no ${event.type} of version ${storedVersion(event)}`, error);
  }
};

const noFact = (message: string, cause?: unknown): StoreFault =>
  new StoreFault("corrupt", message, { retry: false, cause });

const refuseNewer = (event: StoredEvent): void => {
  const known = currentVersion(event.type);
  const version = storedVersion(event);
  if (version <= known) return;
  const place = `${event.stream}@${event.revision}`;
  const message = `${place} is ${event.type} version ${version}, and this code knows ${known}`;
  throw new StoreFault("unsupported", `${message}: use the newer one`, { retry: false });
};
