/** Who somebody is, from what a provider claims about them: nothing is guessed, nothing altered. */
import { Actor } from "@assay/domain/kernel/actor.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";

import type { Identity } from "../config.ts";

export type Claimed =
  | {
      readonly known: true;
      readonly name: string;
      /** In each of their roles; at least one. */
      readonly actors: readonly Actor[];
    }
  | { readonly known: false; readonly because: string };

type Claims = Readonly<Record<string, unknown>>;

export const claimedBy = (
  claims: Claims,
  { claims: names, roles }: Pick<Identity, "claims" | "roles">,
): Claimed => {
  const no = (because: string): Claimed => ({ known: false, because });
  const person = PersonId.safeParse(claimIn(claims, names.person));
  if (!person.success || person.data === assay.id)
    return no(`the claim ${names.person} holds no name that Assay can use for a person`);
  const given = claimIn(claims, names.roles);
  const values = (Array.isArray(given) ? given : [given]).filter((one) => typeof one === "string");
  const own = [
    ...new Set(values.flatMap((value) => (Object.hasOwn(roles, value) ? roles[value]! : []))),
  ];
  if (own.length === 0) return no(`the claim ${names.roles} names no role in Assay`);
  const service = ServiceId.safeParse(claimIn(claims, names.service));
  if (own.includes("provider-user") && !service.success)
    return no(`the claim ${names.service} does not say for which service a manager acts`);
  const name = claimIn(claims, names.name);
  return {
    known: true,
    name: typeof name === "string" && name.trim() !== "" ? name.slice(0, 200) : person.data,
    actors: own.map((role) =>
      Actor.parse({
        id: person.data,
        role,
        ...(role === "provider-user" && { service: service.data }),
      }),
    ),
  };
};

/** `realm_access.roles` is the claim `roles` within the claim `realm_access`. */
const claimIn = (claims: Claims, path: string): unknown => {
  if (Object.hasOwn(claims, path)) return claims[path];
  let found: unknown = claims;
  for (const part of path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as Claims)[part];
  }
  return found;
};
