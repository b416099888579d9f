/** The names that a report may print because they are its own or its framework's. */
import { everyGrade } from "@assay/domain/framework/standards.ts";
import type { ReportModel } from "./model.ts";

/** Capitalised words with which a report may speak of bodies, places and its own parts. */
export const printable = ({
  framework,
  service,
  recommendations,
  facts,
  standards,
}: ReportModel): string =>
  [
    service.name,
    ...recommendations.map(({ addressee }) => addressee),
    ...facts.flatMap(({ label, source }) => [label, source]),
    ...standards.map(({ label }) => label),
    ...everyGrade(framework),
    "England and Wales",
    "Youth Justice Board",
    "Chief Inspector",
  ]
    .join(" | ")
    .toLowerCase();
