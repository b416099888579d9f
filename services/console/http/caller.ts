/**
 * Who sends a request: whoever its cookie's session stands for, or whoever its bearer token names.
 * A token that does not hold names nobody, and too many of them from one address are not looked at.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";

import type { RateLimit } from "../api/rate-limit.ts";
import { NotBelieved, type Provider } from "../identity/provider.ts";
import { keyOf as personKey, type Person } from "../reading/people.ts";
import type { Viewer } from "../reading/viewer.ts";
import type { Asked } from "./asked.ts";
import { keyOf, type Session, type Sessions } from "./session.ts";

export type Scope = "assay:read" | "assay:send";

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
        readonly refused?: "not-believed" | "too-many";
      }
    | undefined;
};

export type CallerOptions = {
  readonly sessions: Sessions;
  /** Undefined: the demonstration, whose tokens are people's keys. */
  readonly provider: Provider | undefined;
  readonly people: () => Promise<readonly Person[]>;
  /** How often one address may fail to say who it is. */
  readonly failures: RateLimit;
};

const nobody: Viewer = { kind: "public" };

/** Ten failures at once, then one in six seconds: enough for a mistake, too few for a search. */
export const failuresAllowed = { burst: 10, rate: 1 / 6 };

export const createCallers = ({ sessions, provider, people, failures }: CallerOptions) => {
  const actorBehind = async (bearer: string) => {
    if (provider) {
      const { actor, scopes } = await provider.system(bearer);
      return { actor, may: (scope: Scope): boolean => scopes.has(scope) };
    }
    const found = (await people()).find(({ actor }) => personKey(actor) === bearer);
    if (!found) throw new NotBelieved("there is no such person");
    return { actor: found.actor, may: () => true };
  };

  const withToken = async (bearer: string, asked: Asked): Promise<Caller> => {
    const name = keyOf(bearer).slice(0, 16);
    const refusal = (refused: "not-believed" | "too-many"): Caller => ({
      ...{ viewer: nobody, session: sessions.begin(), begun: false },
      token: { name, may: () => false, refused },
    });
    if (failures.wait(asked.from) > 0) return refusal("too-many");
    try {
      const { actor, may } = await actorBehind(bearer);
      return { viewer: viewerOf(actor), session: { id: "" }, begun: false, token: { name, may } };
    } catch (error) {
      if (!(error instanceof NotBelieved)) throw error;
      failures.take(asked.from);
      return refusal("not-believed");
    }
  };

  return async (asked: Asked): Promise<Caller> => {
    const bearer = /^Bearer (.{1,8192})$/i.exec(asked.header("authorization") ?? "")?.[1];
    if (bearer !== undefined) return withToken(bearer, asked);
    const kept = sessions.read(asked.cookies);
    const session = kept ?? sessions.begin();
    const viewer = session.signed ? viewerOf(session.signed.actor, session.signed.name) : nobody;
    return { viewer, session, begun: kept === undefined, token: undefined };
  };
};

const viewerOf = (actor: Actor, name: string = actor.id): Viewer => ({
  kind: "person",
  actor,
  name,
});
