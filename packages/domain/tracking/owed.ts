/** What is owed as plain data: by whom, by when, and whether it is late. */
import type { PersonId } from "../kernel/ids.ts";
import type { Role } from "../kernel/actor.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Duty } from "../kernel/step.ts";

export type Owed = {
  /** Unique within the inspection or the programme, and the same for as long as it is owed. */
  readonly key: string;
  readonly what: string;
  /** The role whose it is; `system` where Assay does it by itself. */
  readonly owner: Role;
  readonly person: PersonId | null;
  /** Null: no date is set. */
  readonly due: Instant | null;
  readonly overdue: boolean;
  readonly automatic: boolean;
};

type Owing = Pick<Duty<unknown>, "key" | "what" | "owner" | "person"> & {
  readonly due?: Instant | undefined;
};

/** By date; what has none comes last. */
export const owedIn = (duties: readonly Owing[], now: Instant): readonly Owed[] =>
  duties
    .map(({ key, what, owner, person = null, due = null }): Owed => ({
      key,
      what,
      owner,
      person,
      due,
      overdue: isOverdue({ due, owner }, now),
      automatic: owner === "system",
    }))
    .toSorted(sooner);

type Dated = { readonly due?: Instant | null; readonly owner: Role };

/** What Assay does by itself is never late. */
export const isOverdue = ({ due, owner }: Dated, now: Instant): boolean =>
  due !== undefined && due !== null && due < now && owner !== "system";

type Keyed = { readonly due?: Instant | null; readonly key: string };

/** Of what is due together, single things come before what ends a step, such as a conclusion. */
export const sooner = (a: Keyed, b: Keyed): number => {
  const [x, y] = [a.due ?? "9999", b.due ?? "9999"];
  if (x !== y) return x < y ? -1 : 1;
  const ends = ({ key }: Keyed): number => (key.includes("/") ? 0 : 1);
  return ends(a) - ends(b) || a.key.localeCompare(b.key);
};
