/** Stream metadata as EventStoreDB has it: the last event of `$$name` says how `name` is read. */
import type { Content } from "./reader.ts";
import type { Settings, Stream } from "./streams.ts";

/** `$tb` of a deleted stream: the largest revision that EventStoreDB knows. */
export const deletedFrom = "9223372036854775807";

/** The same as a number of ours. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

export const isMetastream = (name: string): boolean => name.startsWith("$$");

export const metastreamOf = (name: string): string => `$$${name}`;

export const originalOf = (metastream: string): string => metastream.slice(2);

export const isSoftDeleted = (stream: Stream | undefined): boolean =>
  stream?.truncateBefore === endOfTime;

/** What cannot be understood is left out, as EventStoreDB does. */
export const readSettings = (content: Content | undefined): Omit<Settings, "tombstoned"> => {
  const metadata = parse(content);
  const { $tb, $maxCount, $maxAge } = metadata;
  return {
    truncateBefore: isCount($tb) ? Math.min($tb, endOfTime) : 0,
    maxCount: isCount($maxCount) && $maxCount > 0 ? $maxCount : undefined,
    maxAge: isCount($maxAge) && $maxAge > 0 ? $maxAge : undefined,
  };
};

type Metadata = {
  readonly $tb?: unknown;
  readonly $maxCount?: unknown;
  readonly $maxAge?: unknown;
};

const parse = (content: Content | undefined): Metadata => {
  try {
    const value: unknown = JSON.parse(typeof content === "string" ? content : "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
};

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;
