/**
 * What a browser keeps and cannot make up (HMAC, SHA-256, RFC 2104), and what is kept for it so
 * that only its own cookie opens it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

import type { Database } from "@assay/host/database.ts";
import { z } from "zod";

export type Named = { readonly id: string };

export type Signing = {
  /** The `set-cookie` header that keeps a session, or that ends it when there is none. */
  readonly cookie: (session: Named | undefined) => string;
  readonly formToken: (session: Named) => string;
  readonly isFormToken: (session: Named, token: string) => boolean;
  /** A value that a browser keeps for at most ten minutes and cannot change. */
  readonly sign: (text: string) => string;
  readonly signedText: (value: string) => string | undefined;
};

type Lock = {
  readonly close: (id: string, text: string) => string;
  readonly open: (id: string, closed: string) => string | undefined;
};

type SigningOptions = {
  readonly database: Database;
  readonly secure: boolean;
  readonly most: number;
  readonly now: () => number;
};

export const cookieNames = (secure: boolean) => {
  const prefix = secure ? "__Host-" : "";
  return { session: `${prefix}assay-session`, departure: `${prefix}assay-sign-in` };
};

export const createSigning = (
  options: SigningOptions,
): Signing & {
  /** The name of the session that a cookie holds. */
  readonly idIn: (cookies: ReadonlyMap<string, string>) => string | undefined;
  readonly lock: Lock;
} => {
  const { secure, most, now } = options;
  const secret = secretIn(options.database);
  const { session: name } = cookieNames(secure);
  const mac = (text: string): string =>
    createHmac("sha256", secret).update(text).digest("base64url");
  const formToken = ({ id }: Named): string => mac(`form/${id}`);
  return {
    formToken,
    isFormToken: (session, token) => same(formToken(session), token),
    lock: lockOf((id) => createHmac("sha256", secret).update(`tokens/${id}`).digest()),
    idIn: (cookies) => {
      const [id = "", signature = ""] = (cookies.get(name) ?? "").split(".");
      return id.length < 16 || !same(mac(`session/${id}`), signature) ? undefined : id;
    },
    cookie: (session) => {
      const kept = session ? `${session.id}.${mac(`session/${session.id}`)}` : "";
      const age = session ? Math.floor(most / 1000) : 0;
      const secured = secure ? "; Secure" : "";
      return `${name}=${kept}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secured}`;
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

const Kept = z.strictObject({ text: z.string(), until: z.int() });

const secrets =
  "create table if not exists secret (name text primary key, value blob not null) strict";

/** Made once, and kept where the sessions are: a restart signs nobody out. */
export const secretIn = ({ sqlite }: Database): KeyObject => {
  sqlite.exec(secrets);
  sqlite
    .prepare("insert or ignore into secret values ('cookies', ?)")
    .run(new Uint8Array(randomBytes(32)));
  const row = sqlite.prepare("select value from secret where name = 'cookies'").get()!;
  return createSecretKey(row["value"] as Uint8Array);
};

/** The one that all replicas have, where several share the sessions. */
export const keepSecret = ({ sqlite }: Database, secret: Uint8Array): void => {
  sqlite.exec(secrets);
  sqlite.prepare("insert or replace into secret values ('cookies', ?)").run(secret);
};

/** AES-256-GCM (NIST SP 800-38D): tokens open only with the cookie of their session. */
export const lockOf = (keyFor: (id: string) => Buffer) => ({
  close: (id: string, text: string): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", keyFor(id), nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
  },
  open: (id: string, closed: string): string | undefined => {
    const bytes = Buffer.from(closed, "base64url");
    try {
      const cipher = createDecipheriv("aes-256-gcm", keyFor(id), bytes.subarray(0, 12), {
        authTagLength: 16,
      });
      cipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  },
});

const same = (expected: string, given: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};
