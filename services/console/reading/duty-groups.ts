/**
 * Things owed as somebody takes them up: what is of one kind in one inspection stands together, and
 * leads to where all of it is done.
 */
import { sooner } from "@assay/domain/tracking/owed.ts";

import type { Owed } from "./tracker.ts";

type Kind = {
  readonly several: (count: number) => string;
  /** Below the inspection, where all of them are done; elsewhere a path of its own. */
  readonly at: string;
};

/** By the verb that begins a duty's key. Other duties stand alone. */
const kinds: Readonly<Record<string, Kind>> = {
  allocate: { several: (count) => `Allocate ${count} cases`, at: "/cases" },
  assess: { several: (count) => `Assess ${count} cases`, at: "/cases" },
  confirm: { several: (count) => `Confirm ${count} assessments`, at: "/cases" },
  "second-mark": { several: (count) => `Mark ${count} cases a second time`, at: "/cases" },
  review: { several: (count) => `Look at ${count} assessments`, at: "/cases" },
  "assign-second": { several: (count) => `Assign ${count} second markings`, at: "/cases" },
  "pass-on": { several: (count) => `Pass ${count} cases on`, at: "/cases" },
  propose: { several: (count) => `Propose ${count} ratings`, at: "/fieldwork" },
  decide: { several: (count) => `Decide on ${count} standards`, at: "/panel" },
  draft: { several: (count) => `Write ${count} sections of the report`, at: "/report" },
  answer: { several: (count) => `Answer ${count} comments on facts`, at: "/report" },
};

export type Linked = Owed & { readonly href?: string | undefined };
export type DutyGroup = Linked & { readonly each: readonly Linked[] };

/** In the order of what is due first; a group is due with its first. */
export const groupsOf = (owed: readonly Linked[]): readonly DutyGroup[] => {
  const groups = new Map<string, Linked[]>();
  for (const each of owed.toSorted(sooner)) {
    const verb = each.key.split("/")[0] ?? "";
    const whose = `${each.owner} ${each.person ?? ""}`;
    const name = `${each.inspection} ${verb in kinds ? verb : each.key} ${whose}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()].map((each) => {
    const [first] = each as [Linked, ...Linked[]];
    const kind = kinds[first.key.split("/")[0] ?? ""];
    if (each.length === 1 || !kind) return { ...first, each: [] };
    const href = `/inspections/${first.inspection}${kind.at}`;
    return { ...first, key: "", what: kind.several(each.length), href, each };
  });
};
