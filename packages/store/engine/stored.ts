/** Rows as the port gives them: events of streams of ours, with data and metadata from JSON. */
import { contentOf, parsed } from "../content.ts";
import type { Position, StoredEvent } from "../port.ts";
import { type Filter, ours, type Row } from "./reader.ts";

export const filtersOf = (prefixes: readonly string[] | undefined): readonly Filter[] =>
  prefixes === undefined ? [ours] : [{ on: "stream", prefixes }];

/** What the filters of `filtersOf` let through. */
export const isAmong =
  (prefixes: readonly string[] | undefined) =>
  ({ stream }: StoredEvent): boolean =>
    prefixes === undefined
      ? !stream.startsWith(ours.except)
      : prefixes.some((prefix) => stream.startsWith(prefix));

export const positionOf = (position: number): Position => String(position) as Position;

/** In names: others may write events of any type. */
const mostNames = 1000;
const names = new Map<string, string>();

/** One text for each name: it is compared and looked up with every event. */
const named = (type: string): string => {
  const known = names.get(type);
  if (known !== undefined) return known;
  if (names.size < mostNames) names.set(type, type);
  return type;
};

export const revive = (row: Row): StoredEvent => {
  const { data, metadata, unreadable } = contentOf(parsed(row[7]), parsed(row[8]));
  const [position, stream, revision, id, type] = row;
  const event = {
    id,
    type: named(type),
    data,
    metadata,
    stream,
    revision,
    position: positionOf(position),
  };
  return unreadable === undefined ? event : { ...event, unreadable };
};
