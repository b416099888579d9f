/** Who there is: those configured, those on teams and panels, and a manager for each service. */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { PersonId } from "@assay/domain/kernel/ids.ts";

import { roleNames, personName } from "../wording/names.ts";
import type { Library } from "./library.ts";
import { serviceName } from "./tracker.ts";

export type Person = { readonly actor: Actor; readonly name: string; readonly note: string };

/** Everyone who may be chosen: those given, on teams and on panels, a manager for each service. */
export const peopleOf = async (
  given: readonly Actor[],
  library: Library,
): Promise<readonly Person[]> => {
  const all = await library.all();
  const found = new Map<string, Person>();
  const add = (actor: Actor, note: string): void => {
    const key = keyOf(actor);
    if (!found.has(key)) found.set(key, { actor, name: personName(actor.id), note });
  };
  const services = new Map([...all.values()].map((each) => [each.service?.id, serviceName(each)]));
  for (const actor of given)
    add(actor, (actor.service && services.get(actor.service)) ?? roleNames[actor.role]);
  for (const each of all.values()) {
    const { team, service, members } = each;
    const name = serviceName(each);
    for (const { person, role } of team) add({ id: person, role }, `${roleNames[role]}, ${name}`);
    for (const id of members)
      if (!found.has(keyOf({ id, role: "panel-chair" })))
        add({ id, role: "panel-member" }, `On the panel for ${name}`);
    const id = PersonId.parse("service-manager");
    if (service) add({ id, role: "provider-user", service: service.id }, name);
  }
  return [...found.values()];
};

export const keyOf = ({ id, role, service }: Actor): string => [id, role, service ?? ""].join("/");
