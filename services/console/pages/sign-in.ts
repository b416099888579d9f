/** The demonstration sign-in: choose one of the people there are. Loopback only, clearly marked. */
import type { Role } from "@assay/domain/kernel/actor.ts";
import { Role as Roles } from "@assay/domain/kernel/actor.ts";

import { html, redirect } from "../http/answer.ts";
import type { Sessions } from "../http/session.ts";
import { keyOf } from "../reading/people.ts";
import type { Handle, Visit } from "./page.ts";

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
};

export const signInPages = ({ sessions }: SigningIn) => {
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
    if (!person || !Roles.safeParse(person.actor.role).success) return html("", 400);
    const session = sessions.begin(person);
    return redirect(inside(form.value("next")), { "set-cookie": sessions.cookie(session) });
  };

  const leave: Handle = () => redirect("/", { "set-cookie": sessions.cookie(undefined) });
  return { page, choose, leave };
};

/** A place in this console, whatever was asked for: never another site. */
const inside = (next: string): string =>
  /^\/(?![/\\])[^\\\s]*$/.test(next) && !next.startsWith("/sign-in") ? next : "/";
