/**
 * Calendar feeds (.ics) as calendars subscribe to them: they cannot sign in, so whoever has an
 * address reads the feed, and nothing else.
 */
import type { PersonId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { personFeed, programmeFeed } from "@assay/domain/tracking/calendars.ts";
import { issuesOf } from "@assay/host/schema.ts";
import { z } from "zod";

import { problem } from "../api/problem.ts";
import { type Answer, json, unlessHeld } from "../http/answer.ts";
import type { FeedAddresses } from "../reading/feed-addresses.ts";
import type { Listed } from "../reading/held.ts";
import { isStaff } from "../reading/viewer.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

export type Calendars = {
  /** `/calendars/:feed?for=…&token=…` */
  readonly feed: Handle;
  /** The paths of whoever is signed in, and of the programmes by their ids. */
  readonly addresses: (visit: Visit) => Promise<Addresses>;
  /** Ends one of these addresses and answers with the paths as they are then. */
  readonly change: Handle;
};

type Addresses = {
  readonly person: string;
  readonly programmes: Readonly<Record<string, string>>;
};

export const Changed = z.strictObject({
  feed: z.string().max(200).describe("The part of the address before its question mark."),
});

export const calendarPages = ({ of, holds, change }: FeedAddresses, origin: string): Calendars => {
  const feed: Handle = async (visit) => {
    const name = visit.parts["feed"] ?? "";
    const { searchParams } = visit.asked.url;
    const whose = { feed: name, person: searchParams.get("for") ?? "" };
    if (!holds(whose, searchParams.get("token") ?? "")) throw new NotFound();
    const text = await textOf(name, origin, visit);
    if (text === undefined) throw new NotFound();
    return unlessHeld(calendar(text), visit.asked.header("if-none-match"));
  };
  const addresses: Calendars["addresses"] = async (visit) => {
    const { actor } = signedIn(visit);
    const programmes = isStaff(visit.viewer) ? [...(await visit.library.programmes()).keys()] : [];
    const address = (name: string): string => of({ feed: name, person: actor.id });
    return {
      person: address(`person-${actor.id}.ics`),
      programmes: Object.fromEntries(programmes.map((id) => [id, address(`programme-${id}.ics`)])),
    };
  };
  return {
    feed,
    addresses,
    change: async (visit) => {
      const { actor } = signedIn(visit);
      const asked = Changed.safeParse(await visit.asked.json(), { reportInput: true });
      if (!asked.success) return problem(422, { issues: issuesOf(asked.error) });
      const { person, programmes } = await addresses(visit);
      const names = [person, ...Object.values(programmes)].map((path) => path.split("?")[0]);
      if (!names.includes(asked.data.feed)) return problem(404);
      const name = decodeURIComponent(asked.data.feed.split("/").at(-1)!);
      change({ feed: name, person: actor.id });
      return json(await addresses(visit));
    },
  };
};

const calendar = (body: string): Answer => ({
  status: 200,
  headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-cache" },
  body,
});

const textOf = async (name: string, origin: string, visit: Visit): Promise<string | undefined> => {
  const found = /^(person|programme)-(.+)\.ics$/.exec(name);
  if (!found) return undefined;
  const [, kind, id = ""] = found;
  if (kind === "person") {
    const all = [...(await visit.library.all()).values()];
    const making = { origin, changed: lastChange(all, visit.now) };
    return personFeed(id as PersonId, all, making);
  }
  const state = (await visit.library.programmes()).get(id as ProgrammeId);
  return state && programmeFeed(id as ProgrammeId, state, { origin, changed: visit.now });
};

const lastChange = (all: readonly Listed[], now: Instant): Instant =>
  all
    .map(({ changed }) => changed)
    .filter((at) => at !== undefined)
    .reduce((latest, at) => (at > latest ? at : latest), "" as Instant) || now;
