/** What people wrote in one section, as blocks, with its references filled in. */
import type { Section } from "@assay/domain/publication/events.ts";
import type { ReportModel } from "../model.ts";
import { fillingOf } from "../references.ts";
import type { Block } from "./blocks.ts";
import { proseBlocks } from "./prose.ts";

/** `under` is the level of the heading that it stands under. */
export const sectionBlocks = (
  model: ReportModel,
  section: Section,
  under: 2 | 3 | 4 = 2,
): readonly Block[] =>
  model.sections
    .filter((each) => each.section === section)
    .flatMap(({ markdown }) =>
      proseBlocks(markdown, section, { filling: fillingOf(model), under }),
    );
