/**
 * Who sends a request: whoever its cookie's session stands for, or whoever its bearer token names.
 * A token that does not hold names nobody.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";

import type { Log } from "@assay/host/log.ts";

import type { RateLimit } from "../api/rate-limit.ts";
import type { Scope } from "../config.ts";
import type { Provider } from "../identity/provider.ts";
import { NotBelieved, type Reason } from "../identity/refused.ts";
import { keyOf as personKey, type Person } from "../reading/people.ts";
import type { Viewer } from "../reading/viewer.ts";
import type { Asked } from "./asked.ts";
import { keyOf, type Session, type Sessions } from "./session.ts";

export type Caller = {
  readonly viewer: Viewer;
  /** The session behind the cookie, or one that has only begun. */
  readonly session: Session;
  readonly begun: boolean;
  /** Undefined: by a session, or nobody. */
  readonly token:
    | {
        /** Names the token in the access log, and opens nothing. */
        readonly name: string;
        readonly may: (scope: Scope) => boolean;
        /** Why it names nobody; undefined where it does. */
        readonly refused?: Reason & { readonly tooMany: boolean };
      }
    | undefined;
};

export type CallerOptions = {
  readonly sessions: Sessions;
  /** Undefined: the demonstration, whose tokens are people's keys. */
  readonly provider: Provider | undefined;
  readonly people: () => Promise<readonly Person[]>;
  /** How often one address is told why it was not believed. */
  readonly failures: RateLimit;
  /** Somebody's session once their roles were asked for anew; nobody's where they are gone. */
  readonly renewed: (session: Session, asked: Asked) => Promise<Session>;
  readonly log: Log;
};

const nobody: Viewer = { kind: "public" };

/**
 * Ten failures at once, then one in six seconds, are noted and explained. A token that holds is
 * taken all the same: whoever shares an address with another is not locked out by them.
 */
export const failuresAllowed = { burst: 10, rate: 1 / 6 };

export const createCallers = (options: CallerOptions) => {
  const { sessions, provider, people, failures, renewed, log } = options;
  const actorBehind = async (bearer: string) => {
    if (provider) {
      const { actor, scopes } = await provider.system(bearer);
      return { actor, may: (scope: Scope): boolean => scopes.has(scope) };
    }
    const found = (await people()).find(({ actor }) => personKey(actor) === bearer);
    if (!found) throw new NotBelieved({ cause: "key", words: "there is no such person" });
    return { actor: found.actor, may: () => true };
  };

  const withToken = async (bearer: string, asked: Asked): Promise<Caller> => {
    const name = keyOf(bearer).slice(0, 16);
    try {
      const { actor, may } = await actorBehind(bearer);
      return { viewer: viewerOf(actor), session: { id: "" }, begun: false, token: { name, may } };
    } catch (error) {
      if (!(error instanceof NotBelieved)) throw error;
      const tooMany = failures.take(asked.from) > 0;
      const { reason } = error;
      if (!tooMany) log.warn({ reference: asked.correlationId, ...reason }, "token refused");
      const refused = { ...reason, tooMany };
      const token = { name, may: () => false, refused };
      return { viewer: nobody, session: sessions.begin(), begun: false, token };
    }
  };

  return async (asked: Asked): Promise<Caller> => {
    const bearer = /^Bearer (.{1,8192})$/i.exec(asked.header("authorization") ?? "")?.[1];
    if (bearer !== undefined) return withToken(bearer, asked);
    const kept = sessions.read(asked.cookies, { itself: isByItself(asked) });
    const session = kept ? await renewed(kept, asked) : sessions.begin();
    const viewer = session.signed ? viewerOf(session.signed.actor, session.signed.name) : nobody;
    return { viewer, session, begun: kept === undefined, token: undefined };
  };
};

/** A page that is open hears what is new without anybody using it. */
const isByItself = ({ path }: Asked): boolean => path.endsWith("/live");

const viewerOf = (actor: Actor, name: string = actor.id): Viewer => ({
  kind: "person",
  actor,
  name,
});
