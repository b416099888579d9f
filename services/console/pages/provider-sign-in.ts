/** Signing in and out through an identity provider: there, back, in which role, and away. */
import { Actor } from "@assay/domain/kernel/actor.ts";
import type { Log } from "@assay/host/log.ts";

import { type Answer, html, redirect } from "../http/answer.ts";
import { type Asked, littleBytes } from "../http/asked.ts";
import type { Sessions } from "../http/session.ts";
import type { Signed } from "../http/signed.ts";
import type { Directory } from "../identity/people.ts";
import type { Provider } from "../identity/provider.ts";
import { NotBelieved, type Reason } from "../identity/refused.ts";
import { type Arrival, type Departure, farewell } from "../identity/signing-in.ts";
import { keyOf } from "../reading/people.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, NotFound, type Visit } from "./page.ts";

export type WithProvider = {
  readonly sessions: Sessions;
  readonly directory: Directory;
  readonly log: Log;
  /** Begins the names of the cookies that wait for somebody's return from the provider. */
  readonly departureCookie: string;
  readonly secure: boolean;
};

export const nowhere: Handle = () => {
  throw new NotFound();
};

/** So many tabs can be on their way to the provider at once; the oldest are forgotten. */
const mostDepartures = 5;

/** Who somebody is by the provider's word. Throws `NotBelieved` where that is nobody here. */
export const signedBy = (arrival: Arrival, directory: Directory): Signed => {
  if (!arrival.known) throw new NotBelieved(arrival.reason);
  const { roles, service } = arrival;
  const { person: id, name } = directory.personOf(arrival);
  const actors = roles.map((role) =>
    Actor.parse({ id, role, ...(role === "provider-user" && { service }) }),
  );
  return { actor: actors[0]!, name, roles: actors };
};

/** A line for whoever runs Assay, under the reference that the person is shown. */
export const sayRefused = (log: Log, { correlationId }: Asked, reason: Reason): void =>
  log.warn({ reference: correlationId, ...reason }, "sign-in refused");

export const providerPages = (signingIn: WithProvider, provider: Provider) => {
  const { sessions, directory, log } = signingIn;
  const departures = departuresIn(signingIn);

  /** Somebody with several roles chooses in which to act; anybody else goes to the provider. */
  const page: Handle = async (visit) => {
    const { signed } = visit.session;
    if (signed)
      return visit.render({
        view: "sign-in-role",
        title: "Choose a role",
        model: { roles: signed.roles.map((actor) => ({ key: keyOf(actor), role: actor.role })) },
      });
    const next = inside(visit.asked.url.searchParams.get("next") ?? "/");
    const { to, departure } = await provider.depart(next);
    return redirect(to, { "set-cookie": departures.begin(visit.asked, departure) });
  };

  const arrive: Handle = async (visit) => {
    const { asked, session } = visit;
    const state = asked.url.searchParams.get("state") ?? "";
    const over = departures.end(state);
    const refuse = (reason: Reason): Answer => {
      visit.note({ act: "sign-in-refused", what: `${reason.cause}: ${reason.words}` });
      sayRefused(log, asked, reason);
      const answer = errorPage(visit, 401);
      return { ...answer, headers: { ...answer.headers, "set-cookie": over } };
    };
    const departure = departures.find(asked, state);
    if (!departure) return session.signed ? redirect("/") : refuse(notSetOut);
    try {
      const arrival = await provider.arrive(asked.url, departure);
      const signed = signedBy(arrival, directory);
      const begun =
        sessions.renew(session, signed, arrival) ?? beginAnew(sessions, session, signed, arrival);
      visit.note({ act: "signed-in", what: "identity provider", actor: begun.signed!.actor });
      const chooses = signed.roles.length > 1 && begun.id !== session.id;
      return redirect(chooses ? "/sign-in" : departure.next, {
        "set-cookie": [sessions.cookie(begun), over],
      });
    } catch (error) {
      if (error instanceof NotBelieved) return refuse(error.reason);
      throw error;
    }
  };

  const act: Handle = async (visit) => {
    const form = await visit.asked.form();
    const chosen = visit.session.signed?.roles.find((one) => keyOf(one) === form.value("role"));
    if (!chosen) return errorPage(visit, 400);
    sessions.actAs(visit.session, chosen);
    visit.note({ act: "signed-in", what: "another role", actor: chosen });
    return redirect("/");
  };

  const leave: Handle = async ({ session, note }) => {
    const voucher = sessions.voucherOf(session);
    sessions.end(session);
    if (session.signed) note({ act: "signed-out", what: "/sign-out" });
    const to = voucher ? await farewell(provider, voucher.tokens?.id) : undefined;
    const headers = { "set-cookie": sessions.cookie(undefined) };
    return to === undefined ? redirect("/", headers) : onward(to, headers);
  };

  return {
    page,
    choose: nowhere,
    arrive,
    act,
    leave,
    overThere: endedOverThere(signingIn, provider),
  };
};

const notSetOut: Reason = {
  cause: "state",
  words: "this browser did not set out to sign in here, or did so more than ten minutes ago",
};

const beginAnew = (
  sessions: Sessions,
  before: Visit["session"],
  signed: Signed,
  arrival: Arrival,
) => {
  sessions.end(before);
  return sessions.begin(signed, arrival);
};

/** OpenID Connect Back-Channel Logout 1.0: the provider says that somebody's session is over. */
const endedOverThere =
  ({ sessions, log }: WithProvider, provider: Provider): Handle =>
  async (visit) => {
    const form = await visit.asked.form(littleBytes);
    const headers = { "cache-control": "no-store" };
    try {
      const count = sessions.endBy(await provider.ended(form.value("logout_token")));
      visit.note({ act: "signed-out", what: `by the identity provider: ${count}` });
      return { status: 200, headers, body: "" };
    } catch (error) {
      if (!(error instanceof NotBelieved)) throw error;
      visit.note({ act: "sign-in-refused", what: `a logout token: ${error.message}` });
      sayRefused(log, visit.asked, error.reason);
      return { status: 400, headers, body: "" };
    }
  };

/** Each tab that has set out keeps a cookie of its own, so that none takes another's place. */
const departuresIn = ({ sessions, departureCookie, secure }: WithProvider) => {
  const nameFor = (state: string): string =>
    `${departureCookie}-${state.replace(/[^\w-]/g, "").slice(0, 16)}`;
  const cookie = (name: string, value: string, age: number): string =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? "; Secure" : ""}`;
  const find = ({ cookies }: Asked, state: string): Departure | undefined => {
    const kept = sessions.signedText(cookies.get(nameFor(state)) ?? "");
    return kept === undefined ? undefined : (JSON.parse(kept) as Departure);
  };
  return {
    find,
    begin: ({ cookies }: Asked, departure: Departure): readonly string[] => {
      const others = [...cookies.keys()].filter((name) => name.startsWith(`${departureCookie}-`));
      const forgotten = others.slice(0, Math.max(0, others.length - mostDepartures + 1));
      const kept = sessions.sign(JSON.stringify(departure));
      return [
        cookie(nameFor(departure.state), kept, 600),
        ...forgotten.map((name) => cookie(name, "", 0)),
      ];
    },
    end: (state: string): string => cookie(nameFor(state), "", 0),
  };
};

/**
 * After a form, to somewhere else: browsers hold a form's redirects against the policy for forms,
 * which lets nothing leave, and a page that goes on by itself is none.
 */
const onward = (to: string, headers: Answer["headers"]): Answer => {
  const address = to.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
  const page = html(
    `<!doctype html><html lang="en"><title>Signing out</title>` +
      `<p>You are signed out here. <a href="${address}">Sign out everywhere</a></p></html>`,
  );
  return { ...page, headers: { ...page.headers, ...headers, refresh: `0; url=${to}` } };
};

/** A place in this console, whatever was asked for: never another site. */
export const inside = (next: string): string =>
  /^\/(?![/\\])[^\\\s]*$/.test(next) && !next.startsWith("/sign-in") ? next : "/";
