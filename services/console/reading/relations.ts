/** How somebody stands to an inspection, or to one of its cases. */
import { emptyFile } from "@assay/domain/briefing/case-file.ts";
import { caseRelations } from "@assay/domain/fieldwork/assessment/decide.ts";
import type { Actor, Relation } from "@assay/domain/kernel/actor.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { relationsTo } from "@assay/domain/tracking/outline.ts";

import type { Held } from "./held.ts";

/** With how they stand to the case, and not to others that they mark again. */
export const relationsWithin = (held: Held, by: Actor, id: CaseId): readonly Relation[] => {
  const { allocation, files } = held.fieldwork;
  return [
    ...relationsTo(held, by).filter((relation) => relation !== "second-marker"),
    ...caseRelations({ by, case: id }, { allocation, file: files.get(id) ?? emptyFile }),
  ];
};
