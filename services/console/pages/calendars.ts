/**
 * Calendar feeds (.ics) as calendars subscribe to them: they cannot sign in, so each address
 * carries a token that nobody can guess. Whoever has the address reads the feed, and nothing else.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

import type { PersonId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { personFeed, programmeFeed } from "@assay/domain/tracking/calendars.ts";

import { type Answer, unlessHeld } from "../http/answer.ts";
import type { Listed } from "../reading/held.ts";
import { isStaff } from "../reading/viewer.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

export type Calendars = {
  /** `/calendars/:feed?token=…` */
  readonly feed: Handle;
  /** The paths of whoever is signed in, and of the programmes by their ids. */
  readonly addresses: (visit: Visit) => Promise<{
    readonly person: string;
    readonly programmes: Readonly<Record<string, string>>;
  }>;
};

export const calendarPages = (secret: Uint8Array, origin: string): Calendars => {
  const tokenFor = (feed: string): string =>
    createHmac("sha256", secret).update(`assay calendar feed 1\n${feed}`).digest("base64url");
  const address = (feed: string): string =>
    `/calendars/${encodeURIComponent(feed)}?token=${tokenFor(feed)}`;
  const feed: Handle = async (visit) => {
    const name = visit.parts["feed"] ?? "";
    const given = Buffer.from(visit.asked.url.searchParams.get("token") ?? "");
    const wanted = Buffer.from(tokenFor(name));
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new NotFound();
    const text = await textOf(name, origin, visit);
    if (text === undefined) throw new NotFound();
    return unlessHeld(calendar(text), visit.asked.header("if-none-match"));
  };
  const addresses: Calendars["addresses"] = async (visit) => {
    const { actor } = signedIn(visit);
    const programmes = isStaff(visit.viewer) ? [...(await visit.library.programmes()).keys()] : [];
    return {
      person: address(`person-${actor.id}.ics`),
      programmes: Object.fromEntries(programmes.map((id) => [id, address(`programme-${id}.ics`)])),
    };
  };
  return { feed, addresses };
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
