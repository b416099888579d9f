/**
 * Signing in and out: with an identity provider through it; without one the demonstration, in which
 * one chooses who to be, on this machine only and clearly marked.
 */
import type { Role } from "@assay/domain/kernel/actor.ts";

import { redirect } from "../http/answer.ts";
import type { Sessions } from "../http/session.ts";
import type { Provider } from "../identity/provider.ts";
import { keyOf, type Person } from "../reading/people.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, type Visit } from "./page.ts";
import { inside, nowhere, providerPages, type WithProvider } from "./provider-sign-in.ts";

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

export type SigningIn = WithProvider & {
  /** Undefined: the demonstration. */
  readonly provider: Provider | undefined;
};

export const signInPages = (signingIn: SigningIn) => {
  const { sessions, provider } = signingIn;
  return provider ? providerPages(signingIn, provider) : demonstration(sessions);
};

/** A service is told from another by its name; its manager is the same person in all of them. */
const inWords = ({ actor, name, note }: Person): { readonly name: string; readonly note: string } =>
  actor.service === undefined ? { name, note } : { name: note, note: `${name}, its manager` };

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
              .map((person) => ({ key: keyOf(person.actor), ...inWords(person) })),
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
  const leave: Handle = ({ session, note }) => {
    sessions.end(session);
    if (session.signed) note({ act: "signed-out", what: "/sign-out" });
    return redirect("/", { "set-cookie": sessions.cookie(undefined) });
  };
  return { page, choose, leave, arrive: nowhere, act: nowhere, overThere: nowhere };
};
