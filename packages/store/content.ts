/**
 * What was stored as the port gives it: an object. Others may write to the same store, and disks
 * fail, so an event whose content is none is still handed on, empty, and says why.
 */
import type { JsonObject, StoredEvent } from "./port.ts";

type Content = Pick<StoredEvent, "data" | "metadata" | "unreadable">;

export const contentOf = (data: unknown, metadata: unknown): Content => {
  const known = isObject(metadata) ? metadata : {};
  if (isObject(data)) return { data, metadata: known };
  const unreadable = isBinary(data) ? "its content is binary" : "its content is no JSON object";
  return { data: {}, metadata: known, unreadable };
};

/** Content as text or bytes; what is no JSON stays as it is. Others may leave metadata out. */
export const parsed = (content: string | Uint8Array): unknown => {
  if (typeof content !== "string") return content;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
};

const isBinary = (data: unknown): boolean => data instanceof Uint8Array;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isBinary(value);
