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

export const revive = (row: Row): StoredEvent => ({
  id: row[3],
  type: row[4],
  ...contentOf(parsed(row[7]), parsed(row[8])),
  stream: row[1],
  revision: row[2],
  position: positionOf(row[0]),
});
