/** What a provider claims about somebody, read by the names and values that the settings give. */
import type { Role } from "@assay/domain/kernel/actor.ts";
import { ServiceId } from "@assay/domain/kernel/ids.ts";

import type { Identity } from "../config.ts";
import { type Reason, shown } from "./refused.ts";

export type Claimed =
  | {
      readonly known: true;
      /** Who they are at the provider, as it gives it: which person that is here is kept apart. */
      readonly called: string;
      /** What they are called; undefined where nothing says it. */
      readonly name: string | undefined;
      /** At least one. */
      readonly roles: readonly Exclude<Role, "system">[];
      readonly service: ServiceId | undefined;
    }
  | { readonly known: false; readonly reason: Reason };

export type Claims = Readonly<Record<string, unknown>>;

export const claimedBy = (
  claims: Claims,
  { claims: names, roles }: Pick<Identity, "claims" | "roles">,
): Claimed => {
  const no = (claim: string, words: string): Claimed => {
    const value = claimIn(claims, claim);
    const held = value === undefined ? "it is not there" : `it is ${shown(value)}`;
    const subject = typeof claims["sub"] === "string" ? { subject: claims["sub"] } : {};
    const reason = { cause: "claim", claim, value: shown(value), ...subject };
    return { known: false, reason: { ...reason, words: `the claim ${claim} ${words}: ${held}` } };
  };
  const called = textIn(claims, names.person);
  if (called === undefined) return no(names.person, "does not say who they are");
  const own = [...new Set(valuesIn(claims, names.roles).flatMap((value) => of(roles, value)))];
  if (own.length === 0) return no(names.roles, "names no role in Assay");
  const service = ServiceId.safeParse(claimIn(claims, names.service));
  if (own.includes("provider-user") && !service.success)
    return no(names.service, "does not say for which service a manager acts");
  const name = textIn(claims, names.name)?.slice(0, 200);
  return { known: true, called, name, roles: own, service: service.data };
};

const of = <Value>(
  record: Readonly<Record<string, readonly Value[]>>,
  name: string,
): readonly Value[] => (Object.hasOwn(record, name) ? record[name]! : []);

const textIn = (claims: Claims, path: string): string | undefined => {
  const found = claimIn(claims, path);
  const text = typeof found === "string" ? found.trim() : "";
  return text === "" || text.length > 320 ? undefined : text;
};

/** A list, or one text with spaces between, which counts as a whole too. */
export const valuesIn = (claims: Claims, path: string): readonly string[] => {
  const found = claimIn(claims, path);
  if (Array.isArray(found)) return found.filter((one) => typeof one === "string");
  return typeof found === "string" ? [found, ...found.split(/\s+/)] : [];
};

/**
 * `realm_access.roles` is the claim `roles` within the claim `realm_access`; a claim whose own name
 * has dots in it, such as a URL, comes first.
 */
const claimIn = (claims: Claims, path: string): unknown => {
  if (Object.hasOwn(claims, path)) return claims[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    const inner = Object.hasOwn(claims, head) ? claims[head] : undefined;
    if (typeof inner !== "object" || inner === null) continue;
    const found = claimIn(inner as Claims, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
};
