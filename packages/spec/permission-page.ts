/** Reads docs/permissions.md back: whether the page, taken at its word, permits something. */
import type { Relation, Role } from "@assay/domain/kernel/actor.ts";
import { relationWords } from "@assay/domain/permissions.ts";

type Condition = { readonly only: readonly Relation[]; readonly never: readonly Relation[] };
type Row = ReadonlyMap<string, readonly Condition[]>;

const relations = new Map(
  Object.entries(relationWords).map(([relation, words]) => [words, relation as Relation]),
);

export const pageSays = (
  page: string,
): ((name: string, role: Role, held: readonly Relation[]) => boolean) => {
  const rows = new Map<string, Row>();
  for (const line of page.split("\n")) {
    const [, name, who] = /^\| *([A-Za-z]+) *\| *([^|]*?) *\|$/.exec(line) ?? [];
    if (name !== undefined && who !== undefined && name !== "Command" && name !== "What")
      rows.set(name, rowIn(who));
  }
  return (name, role, held) =>
    (rows.get(name)?.get(role) ?? []).some(
      ({ only, never }) =>
        only.every((relation) => held.includes(relation)) &&
        !never.some((relation) => held.includes(relation)),
    );
};

const rowIn = (who: string): Row => {
  const found = new Map<string, readonly Condition[]>();
  for (const group of who.split("; ")) {
    const [, roles = "", condition] = /^([a-z, -]+?)(?: \((.*)\))?$/.exec(group) ?? [];
    for (const role of roles.split(", "))
      found.set(role, [...(found.get(role) ?? []), conditionIn(condition ?? "")]);
  }
  return found;
};

const conditionIn = (words: string): Condition => {
  const parts = words.split(", ").filter(Boolean);
  const never = parts.filter((part) => part.startsWith("not if "));
  return {
    only: parts
      .filter((part) => !never.includes(part))
      .flatMap((part) => part.split(" and ").map(relationIn)),
    never: never.map((part) => relationIn(part.slice("not if ".length))),
  };
};

const relationIn = (words: string): Relation => {
  const found = relations.get(words);
  if (found === undefined) throw new RangeError(`the page speaks of "${words}", unknown here`);
  return found;
};
