/**
 * Signing in and out: with an identity provider through it; without one the demonstration, in which
 * one chooses who to be, on this machine only and clearly marked.
 */
import type { Role } from "@assay/domain/kernel/actor.ts";

import { type Answer, redirect } from "../http/answer.ts";
import type { Sessions } from "../http/session.ts";
import { type Departure, NotBelieved, type Provider, ProviderAway } from "../identity/provider.ts";
import { keyOf } from "../reading/people.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, NotFound, type Visit } from "./page.ts";

const groups: readonly { readonly title: string; readonly roles: readonly Role[] }[] = [
  {
    title: "Inspecting",
    roles: [
      "lead-inspector",
      "deputy-lead-inspector",
      "inspector",
      "assistant-inspector",
      "local-assessor",
      "quality-lead",
    ],
  },
  { title: "Deciding ratings", roles: ["panel-chair", "panel-member"] },
  {
    title: "Planning, analysis and publication",
    roles: [
      "scheduler",
      "research-analyst",
      "head-of-programme",
      "chief-inspector",
      "publications-officer",
    ],
  },
  { title: "Looking on", roles: ["auditor"] },
  { title: "An inspected service", roles: ["provider-user"] },
];

export type SigningIn = {
  readonly sessions: Sessions;
  /** Undefined: the demonstration. */
  readonly provider: Provider | undefined;
  /** Of the cookie that waits for somebody's return from the provider. */
  readonly departureCookie: string;
  readonly secure: boolean;
};

export const signInPages = (signingIn: SigningIn) => {
  const { sessions, provider } = signingIn;
  const leave: Handle = async ({ session, note }) => {
    sessions.end(session);
    if (session.signed) note({ act: "signed-out", what: "/sign-out" });
    const elsewhere = provider && session.signed ? await farewell(provider) : undefined;
    return redirect(elsewhere ?? "/", { "set-cookie": sessions.cookie(undefined) });
  };
  return provider
    ? { ...withProvider(signingIn, provider), leave }
    : { ...demonstration(sessions), leave };
};

/** Whoever cannot be told of the end has no part in it: the session here is over all the same. */
const farewell = (provider: Provider): Promise<string | undefined> =>
  provider.leave().catch((error: unknown) => {
    if (error instanceof ProviderAway) return undefined;
    throw error;
  });

const nowhere: Handle = () => {
  throw new NotFound();
};

const demonstration = (sessions: Sessions) => {
  const page: Handle = async (visit) => {
    const all = await visit.people();
    return visit.render({
      view: "sign-in",
      title: "Choose who to be",
      model: {
        next: visit.asked.url.searchParams.get("next") ?? "/",
        groups: groups
          .map(({ title, roles }) => ({
            title,
            people: all
              .filter(({ actor }) => roles.includes(actor.role))
              .map(({ actor, name, note }) => ({ key: keyOf(actor), name, note })),
          }))
          .filter((group) => group.people.length > 0),
      },
    });
  };

  const choose: Handle = async (visit: Visit) => {
    const form = await visit.asked.form();
    const all = await visit.people();
    const person = all.find(({ actor }) => keyOf(actor) === form.value("person"));
    if (!person) return errorPage(visit, 400);
    const { actor, name } = person;
    sessions.end(visit.session);
    const session = sessions.begin({ actor, name, roles: [actor] });
    visit.note({ act: "signed-in", what: "demonstration", actor });
    return redirect(inside(form.value("next")), { "set-cookie": sessions.cookie(session) });
  };
  return { page, choose, arrive: nowhere, act: nowhere, overThere: nowhere };
};

const withProvider = ({ sessions, departureCookie, secure }: SigningIn, provider: Provider) => {
  const waiting = (value: string, age: number): string =>
    `${departureCookie}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? "; Secure" : ""}`;

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
    const kept = sessions.sign(JSON.stringify(departure));
    return redirect(to, { "set-cookie": waiting(kept, 600) });
  };

  const arrive: Handle = async (visit) => {
    const kept = sessions.signedText(visit.asked.cookies.get(departureCookie) ?? "");
    const refuse = (what: string): Answer => {
      visit.note({ act: "sign-in-refused", what });
      const answer = errorPage(visit, 401);
      return { ...answer, headers: { ...answer.headers, "set-cookie": waiting("", 0) } };
    };
    if (kept === undefined) return refuse("nobody here set out to sign in");
    const departure = JSON.parse(kept) as Departure;
    const arrival = await provider.arrive(visit.asked.url, departure).catch((error: unknown) => {
      if (error instanceof NotBelieved) return undefined;
      throw error;
    });
    if (!arrival) return refuse("the provider's answer does not hold together");
    if (!arrival.known) return refuse(arrival.because);
    const { name, actors, subject, providerSession } = arrival;
    sessions.end(visit.session);
    const voucher = { subject, ...(providerSession !== undefined && { providerSession }) };
    const session = sessions.begin({ actor: actors[0]!, name, roles: actors }, voucher);
    visit.note({ act: "signed-in", what: "identity provider", actor: actors[0]! });
    return redirect(actors.length > 1 ? "/sign-in" : departure.next, {
      "set-cookie": [sessions.cookie(session), waiting("", 0)],
    });
  };

  const act: Handle = async (visit) => {
    const form = await visit.asked.form();
    const chosen = visit.session.signed?.roles.find((one) => keyOf(one) === form.value("role"));
    if (!chosen) return errorPage(visit, 400);
    sessions.actAs(visit.session, chosen);
    visit.note({ act: "signed-in", what: "another role", actor: chosen });
    return redirect("/");
  };

  /** OpenID Connect Back-Channel Logout 1.0: the provider says that somebody's session is over. */
  const overThere: Handle = async (visit) => {
    const form = await visit.asked.form();
    const headers = { "cache-control": "no-store" };
    try {
      const count = sessions.endBy(await provider.ended(form.value("logout_token")));
      visit.note({ act: "signed-out", what: `by the identity provider: ${count}` });
      return { status: 200, headers, body: "" };
    } catch (error) {
      if (!(error instanceof NotBelieved)) throw error;
      visit.note({ act: "sign-in-refused", what: "a logout token that does not hold" });
      return { status: 400, headers, body: "" };
    }
  };
  return { page, choose: nowhere, arrive, act, overThere };
};

/** A place in this console, whatever was asked for: never another site. */
const inside = (next: string): string =>
  /^\/(?![/\\])[^\\\s]*$/.test(next) && !next.startsWith("/sign-in") ? next : "/";
