/**
 * Reads a sheet of judgements as inspectors keep it, one row for each case and question. It
 * promises answers to record, or every problem with its line and column.
 */
import {
  type ImportedJudgements,
  importJudgements,
  type JudgementContext,
  rejectedJudgements,
} from "@assay/domain/fieldwork/import.ts";
import { judgementColumns, judgementHeaders } from "@assay/domain/fieldwork/import-cells.ts";

import { tableOfFile } from "./file.ts";

export const readJudgements = (
  content: string | Uint8Array,
  context: JudgementContext,
): ImportedJudgements => {
  const { records, problem } = tableOfFile(content, () => {});
  const imported = importJudgements(records, context);
  if (problem === undefined) return imported;
  const { code: _, ...place } = problem;
  const others = imported.accepted ? [] : imported.problems;
  return rejectedJudgements([
    ...others.filter(({ code }) => code !== "empty-list"),
    { ...place, code: "malformed" },
  ]);
};

/** CSV (RFC 4180) with a header and no rows. */
export const judgementTemplate = `${judgementColumns
  .map((column) => judgementHeaders[column])
  .join(",")}\r\n`;
