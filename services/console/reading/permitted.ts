/** Whether a role may ever send a command: what pages offer. The step itself decides each time. */
import { inspectionPermissions } from "@assay/domain/announcement/commands.ts";
import { assessmentPermissions } from "@assay/domain/fieldwork/assessment/commands.ts";
import { fieldworkPermissions } from "@assay/domain/fieldwork/commands.ts";
import type { Grant } from "@assay/domain/kernel/actor.ts";
import { panelPermissions } from "@assay/domain/panel/commands.ts";
import { publicationPermissions } from "@assay/domain/publication/commands.ts";

import type { Viewer } from "./viewer.ts";

const permissions: Readonly<Record<string, readonly Grant[]>> = {
  ...inspectionPermissions,
  ...fieldworkPermissions,
  ...assessmentPermissions,
  ...panelPermissions,
  ...publicationPermissions,
};

export const mayEver = (viewer: Viewer, command: string): boolean =>
  viewer.kind === "person" &&
  (permissions[command] ?? []).some(({ role }) => role === viewer.actor.role);
