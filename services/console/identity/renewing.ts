/**
 * Asks the provider again, every few minutes, whether somebody still has their roles: by their
 * refresh token, or, where there is none, by sending them through the provider once more.
 */
import type { Log } from "@assay/host/log.ts";

import type { SessionLimits } from "../config.ts";
import type { Asked } from "../http/asked.ts";
import type { Session, Sessions } from "../http/session.ts";
import { sayRefused, signedBy } from "../pages/provider-sign-in.ts";
import type { Directory } from "./people.ts";
import type { Provider } from "./provider.ts";
import { NotBelieved, ProviderAway } from "./refused.ts";

export type Renewing = {
  readonly sessions: Sessions;
  readonly directory: Directory;
  readonly provider: Provider | undefined;
  readonly limits: SessionLimits;
  readonly log: Log;
};

export const renewing = (options: Renewing) => {
  const { provider, limits } = options;
  /** A refresh token is good for one use at many providers, and a page asks for many things. */
  const underWay = new Map<string, Promise<Session>>();
  return async (session: Session, asked: Asked): Promise<Session> => {
    const { signed, unasked = 0 } = session;
    if (!provider || !signed || unasked < limits.roles) return session;
    const waiting = underWay.get(session.id) ?? askAgain(options, provider, { session, asked });
    underWay.set(session.id, waiting);
    return waiting.finally(() => underWay.delete(session.id));
  };
};

const askAgain = async (
  { sessions, directory, limits, log }: Renewing,
  provider: Provider,
  { session, asked }: { readonly session: Session; readonly asked: Asked },
): Promise<Session> => {
  const voucher = sessions.voucherOf(session);
  const { subject, tokens } = voucher ?? {};
  // Nobody for now; the session goes on once the provider has sent them back.
  if (subject === undefined || tokens?.refresh === undefined) return { id: session.id };
  try {
    const arrival = await provider.renew(tokens.refresh, subject);
    const kept = { ...voucher, ...arrival, tokens: { ...tokens, ...arrival.tokens } };
    return sessions.renew(session, signedBy(arrival, directory), kept) ?? { id: session.id };
  } catch (error) {
    // A refresh token that is good for one use: another replica has just used it.
    const meanwhile = error instanceof NotBelieved ? sessions.again(session) : undefined;
    if (meanwhile && (meanwhile.unasked ?? 0) < limits.roles) return meanwhile;
    if (error instanceof NotBelieved) {
      sessions.end(session);
      sayRefused(log, asked, error.reason);
      return { id: session.id };
    }
    // A provider that is away for a moment stops nobody's work; one that stays away does.
    if (!(error instanceof ProviderAway) || (session.unasked ?? 0) >= limits.roles * 2) throw error;
    log.warn({ code: error.code }, "roles could not be asked for again");
    return session;
  }
};
