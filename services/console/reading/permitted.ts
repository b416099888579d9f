/** Who may send a command, as far as pages offer it: the step itself decides each time. */
import {
  type Actor,
  forbids,
  type NotPermitted,
  type Relation,
} from "@assay/domain/kernel/actor.ts";
import { commandPermissions as permissions } from "@assay/domain/permissions.ts";
import type { CommandName } from "@assay/domain/steps.ts";
import { relationsTo } from "@assay/domain/tracking/outline.ts";

import type { Listed } from "./held.ts";
import type { Viewer } from "./viewer.ts";

/** Whether the viewer's role may ever send it, about whatever inspection. */
export const mayEver = (viewer: Viewer, command: CommandName): boolean =>
  viewer.kind === "person" && permissions[command].some(({ role }) => role === viewer.actor.role);

/** The refusal where somebody's role may never send it, whatever it says and is about. */
export const neverBy = (by: Actor, type: unknown): NotPermitted | undefined => {
  const command = commands.find((name) => name === type);
  if (command === undefined || permissions[command].some(({ role }) => role === by.role))
    return undefined;
  return forbids(permissions, { type: command, by }, []);
};

const commands = Object.keys(permissions) as readonly CommandName[];

/** Relations to a single case: whether they hold, only its step can say. */
const ofCase: readonly Relation[] = ["allocated", "first-marker", "second-marker"];

/** Whether the viewer may send it about this inspection, or about one of its cases. */
export const mayOn = (viewer: Viewer, held: Listed, command: CommandName): boolean => {
  if (viewer.kind !== "person") return false;
  const own = relationsTo(held, viewer.actor);
  return permissions[command].some(
    ({ role, only = [], never = [] }) =>
      role === viewer.actor.role &&
      only.every((relation) => own.includes(relation) || ofCase.includes(relation)) &&
      !never.some((relation) => own.includes(relation)),
  );
};
