/** Who may send a command, as far as pages offer it: the step itself decides each time. */
import { teamRelations } from "@assay/domain/briefing/inspection.ts";
import type { Actor, Grant, Relation } from "@assay/domain/kernel/actor.ts";
import { isRecused, workedOn } from "@assay/domain/panel/state.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";

import type { Held } from "./held.ts";
import type { Viewer } from "./viewer.ts";

const permissions: Readonly<Record<string, readonly Grant[]>> = commandPermissions;

/** Whether the viewer's role may ever send it, about whatever inspection. */
export const mayEver = (viewer: Viewer, command: string): boolean =>
  viewer.kind === "person" &&
  (permissions[command] ?? []).some(({ role }) => role === viewer.actor.role);

/** Relations to a single case: whether they hold, only its step can say. */
const ofCase: readonly Relation[] = ["allocated", "first-marker", "second-marker"];

/** Whether the viewer may send it about this inspection, or about one of its cases. */
export const mayOn = (viewer: Viewer, held: Held, command: string): boolean => {
  if (viewer.kind !== "person") return false;
  const own = relationsOf(viewer.actor, held);
  return (permissions[command] ?? []).some(
    ({ role, only = [], never = [] }) =>
      role === viewer.actor.role &&
      only.every((relation) => own.includes(relation) || ofCase.includes(relation)) &&
      !never.some((relation) => own.includes(relation)),
  );
};

const relationsOf = (
  actor: Actor,
  { announcement, panel, publication }: Held,
): readonly Relation[] => {
  const { id } = actor;
  const sits = panel.members.includes(id) && !isRecused(panel, id);
  const found: readonly (readonly [Relation, boolean])[] = [
    ["worked", workedOn(panel, id)],
    ["panel", sits],
    ["chair", panel.chair === id],
    ["drafted", publication.authors.has(id)],
  ];
  const others = found.flatMap(([relation, holds]) => (holds ? [relation] : []));
  return [...teamRelations(announcement.briefing, actor), ...others];
};
