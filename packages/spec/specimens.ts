/** One command of each kind where it is in place. */
import type { Specimen } from "./specimen.ts";
import { announcementSpecimens } from "./specimens-announcement.ts";
import { assessmentSpecimens } from "./specimens-assessment.ts";
import { erasureSpecimens } from "./specimens-erasure.ts";
import { fieldworkSpecimens } from "./specimens-fieldwork.ts";
import { panelSpecimens } from "./specimens-panel.ts";
import { publicationSpecimens } from "./specimens-publication.ts";
import type { Asked } from "./world.ts";

export const specimens: Readonly<Record<Asked["type"], Specimen>> = {
  ...announcementSpecimens,
  ...erasureSpecimens,
  ...fieldworkSpecimens,
  ...assessmentSpecimens,
  ...panelSpecimens,
  ...publicationSpecimens,
};
