/**
 * The public list of announced inspections, each with the commitments to its draw: from here they
 * are taken to check a certificate. None is ever taken off: an inspection that was cancelled and
 * scheduled again stands here twice.
 */
import { type Day, dayInEngland } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { renewalInWords } from "@assay/domain/sampling/certificate-page.ts";

import { paragraph, say, type Table } from "./document/blocks.ts";
import { blocksHtml } from "./html-blocks.ts";
import type { Publisher } from "./metadata.ts";
import type { Commitment, CommittedInspection } from "./shelf.ts";
import { rendered } from "./site-pages.ts";
import { jsonFile, type SiteFile } from "./version-files.ts";

export const commitmentFiles = (
  inspections: readonly CommittedInspection[],
  publisher: Publisher,
): readonly SiteFile[] => [
  jsonFile("commitments/commitments.json", inspections),
  rendered(
    {
      path: "commitments/index.html",
      heading: "Announced inspections",
      description: "Inspections that were announced, with the commitments to their draws.",
      trail: [{ href: "../", label: "Inspection reports" }],
      body: blocksHtml([
        paragraph(
          "When an inspection is announced, the inspectorate commits to a secret number. With the " +
            "service’s list of cases, that number decides which cases are drawn; afterwards it is " +
            "published. Compare the commitment in a sampling certificate with the last one here.",
        ),
        tableOf(inspections),
      ]),
    },
    publisher,
  ),
];

const tableOf = (inspections: readonly CommittedInspection[]): Table => ({
  kind: "table",
  id: "commitments",
  caption: "Commitments, the newest announcement first",
  columns: ["Inspection", "Service", "Fieldwork from", "Standing", "Commitments"].map((label) => ({
    label,
    numeric: false,
  })),
  rows: inspections
    .toSorted((a, b) => (a.commitments[0]!.at < b.commitments[0]!.at ? 1 : -1))
    .map((one) => [
      [say(one.inspection)],
      [say(one.service)],
      [say(one.fieldworkStart && dayInWords(one.fieldworkStart as Day))],
      [say([one.standing, ...cancelledBefore(one, inspections)].join(". "))],
      [say(one.commitments.map(inWords).join(" "))],
    ]),
  notes: [],
});

/** Whoever cancels and announces again gets another secret number: readers are told. */
const cancelledBefore = (
  { service, commitments: [first] }: CommittedInspection,
  inspections: readonly CommittedInspection[],
): readonly string[] =>
  inspections
    .filter(
      (other) =>
        other.service === service &&
        other.standing === "cancelled" &&
        other.commitments[0]!.at < first!.at,
    )
    .map(({ inspection }) => `The same service was announced before and cancelled: ${inspection}`);

const inWords = ({ at, commitment, because, beacon }: Commitment): string => {
  const why = because ? `, because ${renewalInWords[because]}` : "";
  const round = beacon ? ` Beacon: round ${beacon.round} of ${beacon.source}.` : "";
  return `${dayInWords(dayInEngland(at))}${why}: ${commitment}.${round}`;
};
