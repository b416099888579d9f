/**
 * Who is signed in. The cookie holds a random name and its HMAC (SHA-256, RFC 2104) and nothing
 * else; who it stands for is kept here, so that a session ends when it is said to end: unused too
 * long, too old, signed out, or ended by the identity provider. Somebody not signed in has no row.
 */
import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

import { Actor } from "@assay/domain/kernel/actor.ts";
import type { Database } from "@assay/host/database.ts";
import { z } from "zod";

/** A person in the role in which they act now, and in those that they may change to. */
const Signed = z.strictObject({
  actor: Actor,
  name: z.string(),
  roles: z.array(Actor).readonly(),
});
export type Signed = z.infer<typeof Signed>;

export type Session = { readonly id: string; readonly signed?: Signed | undefined };

/** By whose word somebody is signed in: their subject and session at the identity provider. */
export type Voucher = { readonly subject?: string; readonly providerSession?: string };

export type Sessions = {
  /** The session that a cookie names, or undefined when there is none that counts. */
  readonly read: (cookies: ReadonlyMap<string, string>) => Session | undefined;
  readonly begin: (signed?: Signed, voucher?: Voucher) => Session;
  /** The same session in another of the person's roles. */
  readonly actAs: (session: Session, actor: Actor) => void;
  readonly end: (session: Session) => void;
  /** Ends what the provider says is over; how many there were. */
  readonly endBy: (voucher: Voucher) => number;
  /** The `set-cookie` header that keeps it, or that ends it when there is none. */
  readonly cookie: (session: Session | undefined) => string;
  readonly formToken: (session: Session) => string;
  readonly isFormToken: (session: Session, token: string) => boolean;
  /** A value that a browser keeps for at most ten minutes and cannot change. */
  readonly sign: (text: string) => string;
  readonly signedText: (value: string) => string | undefined;
};

export type SessionOptions = {
  readonly database: Database;
  /** Over HTTPS: browsers then never send the cookie in the clear. */
  readonly secure: boolean;
  /** In milliseconds: how long a session lasts unused, and at most. */
  readonly limits: { readonly idle: number; readonly most: number };
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
};

/** How stale the note of the last use may be: so often a session is written to, at most. */
const seenAgain = 60_000;

export const cookieNames = (secure: boolean) => {
  const prefix = secure ? "__Host-" : "";
  return { session: `${prefix}assay-session`, departure: `${prefix}assay-sign-in` };
};

const tables = `
  create table if not exists secret (name text primary key, value blob not null) strict;
  create table if not exists session (
    key text primary key, signed text not null, subject text, provider_session text,
    begun integer not null, seen integer not null) strict;
`;

export const createSessions = (options: SessionOptions): Sessions => {
  const { database, secure, limits, now } = options;
  database.sqlite.exec(tables);
  const secret = secretIn(database);
  const { session: name } = cookieNames(secure);
  const { find, add, see, change, remove, removeOld, removeBy } = statementsOn(database);

  const mac = (text: string): string =>
    createHmac("sha256", secret).update(text).digest("base64url");
  const formToken = ({ id }: Session): string => mac(`form/${id}`);

  const signedIn = (id: string): Signed | undefined => {
    const row = find.get(keyOf(id));
    if (row === undefined) return undefined;
    const [begun, seen] = [Number(row["begun"]), Number(row["seen"])];
    const at = now();
    if (at - begun >= limits.most || at - seen >= limits.idle) {
      remove.run(keyOf(id));
      return undefined;
    }
    if (at - seen >= seenAgain) see.run(at, keyOf(id));
    return Signed.parse(JSON.parse(String(row["signed"])));
  };

  return {
    formToken,
    isFormToken: (session, token) => same(formToken(session), token),
    begin: (signed, { subject, providerSession } = {}) => {
      const id = randomBytes(18).toString("base64url");
      if (!signed) return { id };
      const at = now();
      removeOld.run(at - limits.most, at - limits.idle);
      const text = JSON.stringify(signed);
      add.run(keyOf(id), text, subject ?? null, providerSession ?? null, at, at);
      return { id, signed };
    },
    actAs: ({ id, signed }, actor) => {
      if (signed) change.run(JSON.stringify({ ...signed, actor }), keyOf(id));
    },
    end: ({ id }) => void remove.run(keyOf(id)),
    endBy: ({ subject, providerSession }) =>
      Number(removeBy.run(providerSession ?? null, subject ?? null).changes),
    cookie: (session) => {
      const kept = session ? `${session.id}.${mac(`session/${session.id}`)}` : "";
      const age = session ? Math.floor(limits.most / 1000) : 0;
      const secured = secure ? "; Secure" : "";
      return `${name}=${kept}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secured}`;
    },
    read: (cookies) => {
      const [id = "", signature = ""] = (cookies.get(name) ?? "").split(".");
      if (id.length < 16 || !same(mac(`session/${id}`), signature)) return undefined;
      return { id, signed: signedIn(id) };
    },
    sign: (text) => {
      const value = Buffer.from(JSON.stringify({ text, until: now() + 600_000 }));
      const encoded = value.toString("base64url");
      return `${encoded}.${mac(`kept/${encoded}`)}`;
    },
    signedText: (value) => {
      const [encoded = "", signature = ""] = value.split(".");
      if (encoded === "" || !same(mac(`kept/${encoded}`), signature)) return undefined;
      const held = Kept.parse(JSON.parse(Buffer.from(encoded, "base64url").toString()));
      return held.until > now() ? held.text : undefined;
    },
  };
};

const statementsOn = ({ sqlite }: Database) => ({
  find: sqlite.prepare("select signed, begun, seen from session where key = ?"),
  add: sqlite.prepare("insert into session values (?, ?, ?, ?, ?, ?)"),
  see: sqlite.prepare("update session set seen = ? where key = ?"),
  change: sqlite.prepare("update session set signed = ? where key = ?"),
  remove: sqlite.prepare("delete from session where key = ?"),
  removeOld: sqlite.prepare("delete from session where begun < ? or seen < ?"),
  removeBy: sqlite.prepare(
    `delete from session where (provider_session = ?1 and ?1 is not null)
       or (subject = ?2 and ?2 is not null and ?1 is null)`,
  ),
});

const Kept = z.strictObject({ text: z.string(), until: z.int() });

/** Made once, and kept where the sessions are: a restart signs nobody out. */
const secretIn = ({ sqlite }: Database): KeyObject => {
  sqlite
    .prepare("insert or ignore into secret values ('cookies', ?)")
    .run(new Uint8Array(randomBytes(32)));
  const row = sqlite.prepare("select value from secret where name = 'cookies'").get()!;
  return createSecretKey(row["value"] as Uint8Array);
};

/** What is kept opens no session: only the cookie does. */
export const keyOf = (id: string): string => createHash("sha256").update(id).digest("hex");

const same = (expected: string, given: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};
