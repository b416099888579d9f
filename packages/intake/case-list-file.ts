/**
 * Reads a case list as services send it: CSV as spreadsheets write it, or JSON. It promises rows,
 * or every problem with its line; what the words mean is the domain's to say.
 */
import type { CaseListSettings } from "@assay/domain/framework/case-list-settings.ts";
import {
  importTable,
  type Imported,
  type Progress,
  rejected,
} from "@assay/domain/sampling/import.ts";

import { tableOfFile } from "./file.ts";

export type CaseListFile = {
  readonly content: string | Uint8Array;
  readonly settings: CaseListSettings;
  readonly progress?: Progress;
};

export const readCaseList = ({
  content,
  settings,
  progress = () => {},
}: CaseListFile): Imported => {
  const table = tableOfFile(content, progress);
  if (table.problem === undefined)
    return importTable(table.records, settings, (done, total) => progress(total + done, 2 * total));
  const imported = importTable(table.records, settings);
  const others = imported.accepted ? [] : imported.problems;
  return rejected([...others, table.problem].filter(({ code }) => code !== "empty-list"));
};
