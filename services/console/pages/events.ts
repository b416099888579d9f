/** Every recorded fact, the newest first, with search; and one fact as it was recorded. */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";

import { searching } from "../forms/asking.ts";
import { factOf } from "../reading/held.ts";
import { mayRead, type Viewer } from "../reading/viewer.ts";
import type { Library } from "../reading/library.ts";
import { isReadable } from "../reading/vetted.ts";
import { isStaff } from "../reading/viewer.ts";
import { deedInWords } from "../wording/deeds.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

const pageSize = 50;

/** How many events a search looks at before it shows what it has and offers to go on. */
const mostSearched = 20_000;

export const eventsPage: Handle = async (visit) => {
  const { searchParams } = visit.asked.url;
  const q = searchParams.get("q")?.trim() ?? "";
  const before = searchParams.get("before");
  const found = await eventsFound(visit, {
    q,
    before: before !== null && /^\d{1,30}$/.test(before) ? before : undefined,
  });
  return visit.render({
    view: "events",
    title: "Events",
    model: {
      q,
      search: searching("Words in the fact, its stream or its type", q),
      wide: true,
      events: found.events.map(lineOf),
      older: found.older,
    },
  });
};

type Search = { readonly q: string; readonly before: string | undefined };

/** Facts that hold every word of `q`, the newest first; where to go on, unless that was all. */
export const eventsFound = async (visit: Visit, { q, before }: Search) => {
  const viewer = signedIn(visit);
  if (!isStaff(viewer)) throw new NotFound();
  const hidden = hiddenFrom(viewer, visit.library);
  return search(visit.store, { q, before: before as Position | undefined, hidden });
};

type Hidden = (event: StoredEvent) => Promise<boolean>;

/** Every fact of an inspection whose history the viewer may not read; each is asked about once. */
const hiddenFrom = (viewer: Viewer, library: Library): Hidden => {
  const known = new Map<string, Promise<boolean>>();
  const isHidden = async (inspection: string): Promise<boolean> => {
    const held = await library.listed(inspection);
    return held !== undefined && !mayRead(viewer, "history", held);
  };
  return async ({ stream }) => {
    const inspection = inspectionOf(stream);
    if (inspection === undefined) return false;
    const hidden = known.get(inspection) ?? isHidden(inspection);
    known.set(inspection, hidden);
    return hidden;
  };
};

type Searching = {
  readonly q: string;
  readonly before: Position | undefined;
  readonly hidden: Hidden;
};

const search = async (
  store: Pick<EventStore, "readAll">,
  { q, before, hidden }: Searching,
): Promise<{ events: readonly StoredEvent[]; older: Position | undefined }> => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const events: StoredEvent[] = [];
  let searched = 0;
  let last: Position | undefined;
  const options = { direction: "backwards", ...(before && { after: before }) } as const;
  for await (const page of store.readAll(options))
    for (const event of page) {
      searched += 1;
      last = event.position;
      if (isReadable(event) && fits(event, words) && !(await hidden(event))) events.push(event);
      if (events.length === pageSize || searched === mostSearched) return { events, older: last };
    }
  return { events, older: undefined };
};

const fits = (event: StoredEvent, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const text = `${event.type} ${event.stream} ${JSON.stringify(event.data)}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

export const lineOf = (event: StoredEvent) => {
  const fact = factOf(event);
  return {
    stream: event.stream,
    revision: event.revision,
    href: `/events/${encodeURIComponent(event.stream)}/${event.revision}`,
    inspection: inspectionOf(event.stream),
    at: fact.at,
    by: fact.by,
    type: fact.type,
    words: deedInWords(fact),
  };
};

export const eventPage: Handle = async (visit) => {
  const event = await eventIn(visit);
  const { stream, revision } = event;
  return visit.render({
    view: "event",
    title: `${stream}@${revision}`,
    model: {
      ...lineOf(event),
      event,
      data: JSON.stringify(event.data, undefined, 2),
      metadata: JSON.stringify(event.metadata, undefined, 2),
      crumbs: [{ text: "Events", href: "/events" }, { text: stream }],
    },
  });
};

/** The fact that the path names, where the viewer may read it. */
export const eventIn = async (visit: Visit): Promise<StoredEvent> => {
  const viewer = signedIn(visit);
  const { stream = "", revision = "" } = visit.parts;
  const inspection = inspectionOf(stream);
  const held = inspection && (await visit.library.one(inspection));
  if (!isStaff(viewer) || !held || !/^\d+$/.test(revision)) throw new NotFound();
  const all = await visit.library.events(held);
  const event = all.find((each) => each.stream === stream && each.revision === Number(revision));
  const hidden = hiddenFrom(viewer, visit.library);
  if (!event || (await hidden(event))) throw new NotFound();
  return event;
};
