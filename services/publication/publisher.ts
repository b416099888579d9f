/**
 * Puts every published version before the public, with the proofs behind it. A version is made from
 * the streams that its fact names, at the revisions named there, so making it again gives the same.
 */
import { ServicesEnrolled } from "@assay/domain/announcement/programme/events.ts";
import { certificateIn } from "@assay/domain/audit/recompute.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { certificatePage } from "@assay/domain/sampling/certificate-page.ts";
import { isPublicationEvent, type PublicationEvent } from "@assay/domain/publication/events.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { readInspection, readStream } from "@assay/host/read-inspection.ts";
import { answersReport } from "@assay/report/action-plan.ts";
import { type ReportModel, reportModelOf } from "@assay/report/model.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import type { SiteSettings } from "@assay/report/shelf.ts";
import type { Folder } from "@assay/report/publish-folder.ts";
import { pagesAround, versionFolder } from "@assay/report/site.ts";
import { type Enclosure, jsonFile, type SiteFile, textFile } from "@assay/report/version-files.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { comparePositions } from "@assay/store/port.ts";
import { verifierPage } from "@assay/verifier/verifier-page.ts";

import {
  bundleOf,
  callsForCheckpoint,
  checkpointAfter,
  type History,
  type Ledger,
} from "./ledger-keeper.ts";
import { factOf, recordedFrom } from "./told.ts";

/**
 * Puts versions, and the pages around them, where the public reads: never half of anything, and
 * again without a change.
 */
export type Outlet = (versions: readonly Folder[], pages: readonly SiteFile[]) => Promise<void>;

export type Publishing = {
  readonly store: Pick<EventStore, "read" | "readAll">;
  readonly ledger: Ledger;
  readonly put: Outlet;
  readonly publisher: Publisher;
};

export const publisherOf = (options: Publishing): Reaction => {
  const models = new Map<string, ReportModel>();
  return {
    name: "publisher",
    prefixes: ["panel-", "publication-"],
    react: async (event) => {
      const inspection = inspectionOf(event.stream);
      if (!inspection) return;
      if (answersReport(event)) return renew(event, options, models);
      if (!callsForCheckpoint(event)) return;
      const history = { inspection, events: await readInspection(options.store, inspection) };
      const record = await checkpointAfter(event, history, options.ledger);
      if (!isVersion(event)) return;
      const bundle = bundleOf(history, record, options.ledger);
      const { versions, settings } = await publicAt(event, options, models);
      const model = versions.at(-1);
      if (!model) return;
      const enclosures = [...enclosed(history, bundle), await verifier()];
      const folder = versionFolder(model, settings, enclosures);
      await options.put([folder], pagesAround(versions, settings));
    },
  };
};

/** A service answered its report: no version changes, but the pages around them do. */
const renew = async (
  event: StoredEvent,
  options: Publishing,
  known: Map<string, ReportModel>,
): Promise<void> => {
  const { versions, settings } = await publicAt(event, options, known);
  await options.put([], pagesAround(versions, settings));
};

const isVersion = ({ type }: StoredEvent): boolean =>
  type === "ReportPublished" || type === "CorrectionIssued";

type Public = { readonly versions: readonly ReportModel[]; readonly settings: SiteSettings };

/** Every version published up to this event, the last of them last, and what services answered. */
const publicAt = async (
  event: StoredEvent,
  { store, publisher }: Publishing,
  known: Map<string, ReportModel>,
): Promise<Public> => {
  const versions: ReportModel[] = [];
  const answers = new Map<string, PublicationEvent[]>();
  for await (const page of store.readAll({ prefixes: ["publication-"] })) {
    for (const each of page) {
      if (comparePositions(each.position, event.position) > 0) break;
      if (isVersion(each)) {
        const model = known.get(each.id) ?? (await modelOf(each, store));
        known.set(each.id, model);
        versions.push(model);
      }
      const inspection = inspectionOf(each.stream);
      if (!inspection || !answersReport(each)) continue;
      const fact = factOf(each);
      if (!isPublicationEvent(fact)) continue;
      answers.set(inspection, [...(answers.get(inspection) ?? []), fact]);
    }
  }
  return { versions, settings: { publisher, regions: await regionsIn(store), answers } };
};

/** Where each service is, as the programmes that inspect it last said. */
const regionsIn = async (store: Publishing["store"]): Promise<ReadonlyMap<string, string>> => {
  const regions = new Map<string, string>();
  for await (const page of store.readAll({ prefixes: ["programme-"] })) {
    for (const { type, data } of page) {
      if (type !== "ServicesEnrolled") continue;
      const { services } = ServicesEnrolled.parse({ type, ...data });
      for (const { id, region } of services) regions.set(id, region);
    }
  }
  return regions;
};

type Basis = readonly { readonly stream: string; readonly revision: number }[];

/** From the version's basis, and the publication's own facts up to it. */
const modelOf = async (event: StoredEvent, store: Publishing["store"]): Promise<ReportModel> => {
  const own = { stream: event.stream, revision: event.revision };
  const basis = [...(event.data["basis"] as Basis), own];
  const streams = await Promise.all(
    basis.map(({ stream, revision }) => readStream(store, stream, revision)),
  );
  return reportModelOf(streams.flat().map(recordedFrom), Number(event.data["version"]));
};

/** What judges the bundle beside it, in a browser and without a server. */
const verifier = async (): Promise<Enclosure> => ({
  ...textFile("verifier.html", "text/html", await verifierPage()),
  label: "Verifier: checks the audit bundle in your browser, without a network (HTML)",
});

/** What an outsider needs to draw the sample and compute the ratings again. */
const enclosed = ({ inspection, events }: History, bundle: string): readonly Enclosure[] => {
  const certificate = certificateIn(events.map(factOf), inspection);
  const audit: Enclosure = {
    ...textFile("audit-bundle.json", "application/json", bundle),
    label: "Audit bundle: verifies every rating offline (JSON)",
  };
  if (!certificate) return [audit];
  const page = certificatePage(certificate);
  return [
    { ...jsonFile("sampling-certificate.json", certificate), label: "Sampling certificate (JSON)" },
    {
      ...textFile("sampling-certificate.md", "text/markdown", page),
      label: "Sampling certificate (Markdown)",
    },
    audit,
  ];
};
