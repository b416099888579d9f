/** How somebody stands to an inspection, from all that is held of it. */
import { teamRelations } from "@assay/domain/briefing/inspection.ts";
import type { Actor, Relation } from "@assay/domain/kernel/actor.ts";
import { panelRelations } from "@assay/domain/panel/decide.ts";

import type { Held } from "./held.ts";

/** Relations to a single case, but for second markers, are for its step alone to say. */
export const relationsOf = (
  { announcement, fieldwork, panel, publication }: Held,
  actor: Actor,
): readonly Relation[] => {
  const own = teamRelations(announcement.briefing, actor);
  const second = [...fieldwork.files.values()].filter((file) => file.second?.by === actor.id);
  const found: readonly (readonly [Relation, boolean])[] = [
    ["second-marker", second.length > 0],
    ["blind", second.some((file) => file.second?.completed === false)],
    ["drafted", publication.authors.has(actor.id)],
    ["informed", own.includes("provider") && !publication.phase.matches("drafted")],
  ];
  return [
    ...panelRelations(panel, actor),
    ...found.flatMap(([relation, holds]) => (holds ? [relation] : [])),
  ];
};
