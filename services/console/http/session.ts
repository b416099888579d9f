/**
 * Who is signed in. The cookie holds a random name and its HMAC (SHA-256, RFC 2104) and nothing
 * else; who it stands for is kept here, so that a session ends when it is said to end: unused too
 * long, too old, signed out, or ended by the identity provider. Somebody not signed in has no row.
 */
import { createHash, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Database } from "@assay/host/database.ts";
import { z } from "zod";

import type { SessionLimits } from "../config.ts";
import { openSessionTable } from "./session-table.ts";
import { Signed } from "./signed.ts";
import { createSigning, type Signing } from "./signing.ts";

/** What the provider is asked with later. */
const Tokens = z.strictObject({ id: z.string().optional(), refresh: z.string().optional() });
type Tokens = z.infer<typeof Tokens>;

export type Session = {
  readonly id: string;
  readonly signed?: Signed | undefined;
  /** For how long nobody asked whether the roles still hold, in milliseconds. */
  readonly unasked?: number;
};

/** By whose word somebody is signed in: their subject and session at the identity provider. */
export type Voucher = {
  readonly subject?: string;
  readonly providerSession?: string;
  readonly tokens?: Tokens;
};

export type Sessions = Signing & {
  /**
   * The session that a cookie names, or undefined when there is none that counts. Reading it is a
   * use, unless the browser does so by itself.
   */
  readonly read: (
    cookies: ReadonlyMap<string, string>,
    by?: { readonly itself: boolean },
  ) => Session | undefined;
  readonly begin: (signed?: Signed, voucher?: Voucher) => Session;
  /** What the provider can be asked with about this session; undefined where it is over. */
  readonly voucherOf: (session: Session) => Voucher | undefined;
  /**
   * The same session, of the same subject, as the provider has it now: forms that were opened in it
   * stay good. Undefined where it is another subject's, or over.
   */
  readonly renew: (session: Session, signed: Signed, voucher: Voucher) => Session | undefined;
  /** The same session as it is kept now; undefined where it is over. */
  readonly again: (session: Session) => Session | undefined;
  /** Whether somebody is still signed in by it, in the same role; asking is no use of it. */
  readonly lasts: (session: Session) => boolean;
  /** The same session in another of the person's roles. */
  readonly actAs: (session: Session, actor: Actor) => void;
  readonly end: (session: Session) => void;
  /** Ends what the provider says is over; how many there were. */
  readonly endBy: (voucher: Voucher) => number;
};

export type SessionOptions = {
  readonly database: Database;
  /** Over HTTPS: browsers then never send the cookie in the clear. */
  readonly secure: boolean;
  readonly limits: SessionLimits;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
};

/** How stale the note of the last use may be: so often a session is written to, at most. */
const seenAgain = 60_000;

export const createSessions = (options: SessionOptions): Sessions => {
  const { database, secure, limits, now } = options;
  const table = openSessionTable(database);

  const { idIn, lock, ...signing } = createSigning({ database, secure, most: limits.most, now });

  const rowOf = (id: string) => {
    const row = table.find(keyOf(id));
    if (row === undefined) return undefined;
    const at = now();
    if (at - row.begun < limits.most && at - row.seen < limits.idle) return row;
    table.remove(keyOf(id));
    return undefined;
  };
  const rowFor = (id: string, signed: Signed, voucher: Voucher) => ({
    signed: JSON.stringify(signed),
    subject: voucher.subject ?? null,
    providerSession: voucher.providerSession ?? null,
    tokens: voucher.tokens ? lock.close(id, JSON.stringify(voucher.tokens)) : null,
    asked: now(),
  });

  return {
    ...signing,
    begin: (signed, voucher = {}) => {
      const id = randomBytes(18).toString("base64url");
      if (!signed) return { id };
      const at = now();
      table.removeOld({ begun: at - limits.most, seen: at - limits.idle });
      table.add(keyOf(id), { ...rowFor(id, signed, voucher), begun: at, seen: at });
      return { id, signed };
    },
    voucherOf: ({ id }) => {
      const row = rowOf(id);
      return row && voucherIn(row, (tokens) => lock.open(id, tokens));
    },
    renew: ({ id }, signed, voucher) => {
      const row = rowOf(id);
      if (!row || row.subject === null || row.subject !== voucher.subject) return undefined;
      const before = Signed.parse(JSON.parse(row.signed));
      const kept = { ...signed, actor: sameOf(before.actor, signed.roles) ?? signed.actor };
      table.change(keyOf(id), rowFor(id, kept, voucher));
      return { id, signed: kept };
    },
    again: ({ id }) => {
      const row = rowOf(id);
      return (
        row && { id, signed: Signed.parse(JSON.parse(row.signed)), unasked: now() - row.asked }
      );
    },
    lasts: ({ id, signed }) => {
      const row = rowOf(id);
      if (row === undefined || now() - row.asked >= limits.roles * 2) return false;
      return isDeepStrictEqual(Signed.parse(JSON.parse(row.signed)).actor, signed?.actor);
    },
    actAs: ({ id, signed }, actor) => {
      if (signed) table.changeSigned(keyOf(id), JSON.stringify({ ...signed, actor }));
    },
    end: ({ id }) => table.remove(keyOf(id)),
    endBy: ({ subject, providerSession }) => table.removeBy({ subject, providerSession }),
    read: (cookies, { itself } = { itself: false }) => {
      const id = idIn(cookies);
      if (id === undefined) return undefined;
      const row = rowOf(id);
      if (!row) return { id };
      const at = now();
      if (!itself && at - row.seen >= seenAgain) table.see(keyOf(id), at);
      return { id, signed: Signed.parse(JSON.parse(row.signed)), unasked: at - row.asked };
    },
  };
};

const voucherIn = (
  {
    subject,
    providerSession,
    tokens,
  }: NonNullable<ReturnType<ReturnType<typeof openSessionTable>["find"]>>,
  open: (tokens: string) => string | undefined,
): Voucher => {
  const opened = tokens === null ? undefined : open(tokens);
  return {
    ...(subject !== null && { subject }),
    ...(providerSession !== null && { providerSession }),
    ...(opened !== undefined && { tokens: Tokens.parse(JSON.parse(opened)) }),
  };
};

/** What is kept opens no session: only the cookie does. */
export const keyOf = (id: string): string => createHash("sha256").update(id).digest("hex");

const sameOf = (actor: Actor, roles: readonly Actor[]): Actor | undefined =>
  roles.find(({ role, service }) => role === actor.role && service === actor.service);
