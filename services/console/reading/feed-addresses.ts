/**
 * The addresses of calendar feeds. Each is one person's for one feed, carries a token that nobody
 * can guess, and ends alone: when it is changed, whoever has the old one reads nothing any more.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

import type { PersonId } from "@assay/domain/kernel/ids.ts";
import type { Database } from "@assay/host/database.ts";

/** `feed` is what the feed's path ends in, such as `person-lena.ics`. */
type Whose = { readonly feed: string; readonly person: string };

export type FeedAddresses = FeedChanges & {
  readonly of: (whose: Whose) => string;
  /** Whether the address that carries this token is that person's, and was not changed. */
  readonly holds: (whose: Whose, token: string) => boolean;
};

export type FeedChanges = {
  /** From now on that address is another one. */
  readonly change: (whose: Whose) => void;
  /** The same for every address of a person. */
  readonly changeAll: (person: PersonId) => void;
};

/** A change counts for one feed of a person's, or for all of them under the name of none. */
const table = `create table if not exists calendar_address (
  feed text not null, person text not null, changes integer not null,
  primary key (feed, person)) strict`;
const all = "";

export const feedAddresses = (database: Database, secret: Uint8Array): FeedAddresses => {
  database.sqlite.exec(table);
  const sum = database.sqlite.prepare(
    "select sum(changes) as changes from calendar_address where person = ? and feed in (?, ?)",
  );
  const tokenFor = ({ feed, person }: Whose): string => {
    const changes = Number(sum.get(person, feed, all)?.["changes"] ?? 0);
    const words = `assay calendar feed 2\n${feed}\n${person}\n${changes}`;
    return createHmac("sha256", secret).update(words).digest("base64url");
  };
  return {
    ...feedChanges(database),
    of: (whose) => {
      const query = new URLSearchParams({ for: whose.person, token: tokenFor(whose) });
      return `/calendars/${encodeURIComponent(whose.feed)}?${query.toString()}`;
    },
    holds: (whose, token) => {
      const [given, wanted] = [Buffer.from(token), Buffer.from(tokenFor(whose))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
};

export const feedChanges = ({ sqlite }: Database): FeedChanges => {
  sqlite.exec(table);
  const add = sqlite.prepare(
    `insert into calendar_address values (?, ?, 1)
     on conflict (feed, person) do update set changes = changes + 1`,
  );
  return {
    change: ({ feed, person }) => void add.run(feed, person),
    changeAll: (person) => void add.run(all, person),
  };
};
