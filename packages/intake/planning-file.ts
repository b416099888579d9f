/**
 * Reads the services and the inspectors of a programme from CSV as spreadsheets write it, or from
 * JSON. It promises rows, or every problem with its line and column.
 */
import { importSheet, type PlanningTable, rejectedSheet } from "@assay/domain/planning/import.ts";
import { inspectorSheet, type ServiceRow, serviceSheet } from "@assay/domain/planning/sheets.ts";
import type { Inspector } from "@assay/domain/planning/problem.ts";

import { tableOfFile } from "./file.ts";

export const readServices = (content: string | Uint8Array): PlanningTable<ServiceRow> =>
  whole(content, (records) => importSheet(serviceSheet, records));

export const readInspectors = (content: string | Uint8Array): PlanningTable<Inspector> =>
  whole(content, (records) => importSheet(inspectorSheet, records));

/** What ended the reading before its time is a problem among the others. */
const whole = <Row>(
  content: string | Uint8Array,
  importing: (records: ReturnType<typeof tableOfFile>["records"]) => PlanningTable<Row>,
): PlanningTable<Row> => {
  const { records, problem } = tableOfFile(content, () => {});
  const imported = importing(records);
  if (problem === undefined) return imported;
  const others = imported.accepted ? [] : imported.problems;
  return rejectedSheet([...others.filter(({ code }) => code !== "empty-list"), problem]);
};
