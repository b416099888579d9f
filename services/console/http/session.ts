/**
 * Who is signed in, kept in a signed cookie and nowhere else, and the token that ties a form to it.
 * HMAC-SHA256 (RFC 2104) over the cookie's text; compared in constant time.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { z } from "zod";

export const Session = z.strictObject({
  id: z.string().min(16),
  actor: Actor.optional(),
  name: z.string().optional(),
  /** Milliseconds since 1970, UTC. */
  until: z.int(),
});
export type Session = z.infer<typeof Session>;

/** How long a session lasts, in milliseconds: a working day. */
const lifetime = 10 * 60 * 60 * 1000;

const cookieName = "assay-session";

export type Sessions = {
  /** The session that a cookie holds, or undefined when there is none that counts. */
  readonly read: (cookies: ReadonlyMap<string, string>) => Session | undefined;
  readonly begin: (who?: { readonly actor: Actor; readonly name: string }) => Session;
  /** The `set-cookie` header that keeps it, or that ends it when there is none. */
  readonly cookie: (session: Session | undefined) => string;
  readonly formToken: (session: Session) => string;
  readonly isFormToken: (session: Session, token: string) => boolean;
};

export type SessionOptions = {
  readonly secret: Uint8Array;
  /** Over HTTPS: browsers then never send the cookie in the clear. */
  readonly secure: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
};

export const createSessions = ({ secret, secure, now }: SessionOptions): Sessions => {
  const name = secure ? `__Host-${cookieName}` : cookieName;
  const signed = (text: string): string =>
    createHmac("sha256", secret).update(text).digest("base64url");
  const formToken = ({ id }: Session): string => signed(`form/${id}`);

  return {
    formToken,
    isFormToken: (session, token) => same(formToken(session), token),
    begin: (who) => ({
      id: randomBytes(18).toString("base64url"),
      ...(who && { actor: who.actor, name: who.name }),
      until: now() + lifetime,
    }),
    cookie: (session) => {
      const value = session ? Buffer.from(JSON.stringify(session)).toString("base64url") : "";
      const kept = session ? `${value}.${signed(value)}` : "";
      const age = session ? Math.max(0, Math.floor((session.until - now()) / 1000)) : 0;
      const secured = secure ? "; Secure" : "";
      return `${name}=${kept}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secured}`;
    },
    read: (cookies) => {
      const [value = "", signature = ""] = (cookies.get(name) ?? "").split(".");
      if (value === "" || !same(signed(value), signature)) return undefined;
      const session = Session.safeParse(JSON.parse(Buffer.from(value, "base64url").toString()));
      return session.success && session.data.until > now() ? session.data : undefined;
    },
  };
};

const same = (expected: string, given: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};
