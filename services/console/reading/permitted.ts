/** Whether a role may ever send a command: what pages offer. The step itself decides each time. */
import type { Grant } from "@assay/domain/kernel/actor.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";

import type { Viewer } from "./viewer.ts";

const permissions: Readonly<Record<string, readonly Grant[]>> = commandPermissions;

export const mayEver = (viewer: Viewer, command: string): boolean =>
  viewer.kind === "person" &&
  (permissions[command] ?? []).some(({ role }) => role === viewer.actor.role);
