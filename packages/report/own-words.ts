/** The names that a report may print because they are its own or its framework's. */
import { everyGrade } from "@assay/domain/framework/standards.ts";
import type { ReportModel } from "./model.ts";

/** Capitalised words with which a report may speak of bodies, places and its own parts. */
export const printable = ({
  framework,
  service,
  recommendations,
  facts,
  tables,
  imprint,
  standards,
}: ReportModel): string =>
  [
    service.name,
    ...recommendations.map(({ addressee }) => addressee),
    ...facts.flatMap(({ label, source }) => [label, source]),
    ...tables.flatMap(({ label, source }) => [label, source]),
    ...(imprint ? [imprint.ledBy, imprint.signedBy, imprint.contact] : []),
    ...standards.map(({ label }) => label),
    ...everyGrade(framework),
    framework.authority.name,
    framework.authority.office,
    ...framework.domains.map(({ label }) => label),
    ...framework.populations.flatMap(({ label, words }) => [
      label,
      words.case.one,
      words.case.many,
    ]),
  ]
    .join(" | ")
    .toLowerCase();
