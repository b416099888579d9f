/** How somebody stands to an inspection, from all that is held of it. */
import { emptyFile } from "@assay/domain/briefing/case-file.ts";
import { teamRelations } from "@assay/domain/briefing/inspection.ts";
import type { Actor, Relation } from "@assay/domain/kernel/actor.ts";
import { caseRelations } from "@assay/domain/fieldwork/assessment/decide.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { panelRelations } from "@assay/domain/panel/decide.ts";

import type { Held } from "./held.ts";

/** With how they stand to the case where one is given; else whether they mark any case again. */
export const relationsOf = (
  { announcement, fieldwork, panel, publication }: Held,
  actor: Actor,
  id?: CaseId,
): readonly Relation[] => {
  const own = teamRelations(announcement.briefing, actor);
  const second = [...fieldwork.files.values()].filter((file) => file.second?.by === actor.id);
  const found: readonly (readonly [Relation, boolean])[] = [
    ["second-marker", id === undefined && second.length > 0],
    ["blind", second.some((file) => file.second?.completed === false)],
    ["drafted", publication.authors.has(actor.id)],
    ["informed", own.includes("provider") && !publication.phase.matches("drafted")],
  ];
  return [
    ...panelRelations(panel, actor),
    ...(id === undefined
      ? []
      : caseRelations(
          { by: actor, case: id },
          { allocation: fieldwork.allocation, file: fieldwork.files.get(id) ?? emptyFile },
        )),
    ...found.flatMap(([relation, holds]) => (holds ? [relation] : [])),
  ];
};
