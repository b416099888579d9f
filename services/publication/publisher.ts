/**
 * Puts every published version before the public, with the proofs behind it. A version is made from
 * the streams that its fact names, at the revisions named there, so making it again gives the same.
 */
import { certificateIn } from "@assay/domain/audit/recompute.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { certificatePage } from "@assay/domain/sampling/certificate-page.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { readInspection, readStream } from "@assay/host/read-inspection.ts";
import { type ReportModel, reportModelOf } from "@assay/report/model.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import type { SiteSettings } from "@assay/report/shelf.ts";
import { pagesAround, versionFolder } from "@assay/report/site.ts";
import { type Enclosure, jsonFile, textFile } from "@assay/report/version-files.ts";
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

export type Publisher = {
  readonly store: Pick<EventStore, "read" | "readAll">;
  readonly ledger: Ledger;
  /** The folder that a web server serves. */
  readonly folder: string;
  readonly settings: SiteSettings;
};

export const publisher = (options: Publisher): Reaction => {
  const models = new Map<string, ReportModel>();
  return {
    name: "publisher",
    prefixes: ["panel-", "publication-"],
    react: async (event) => {
      const inspection = inspectionOf(event.stream);
      if (!inspection || !callsForCheckpoint(event)) return;
      const history = { inspection, events: await readInspection(options.store, inspection) };
      const record = await checkpointAfter(event, history, options.ledger);
      if (!isVersion(event)) return;
      const bundle = bundleOf(history, record, options.ledger);
      const published = await modelsThrough(event, options.store, models);
      const model = published.at(-1);
      if (!model) return;
      const enclosures = [...enclosed(history, bundle), await verifier()];
      const folder = versionFolder(model, options.settings, enclosures);
      await publishInto(options.folder, [folder], pagesAround(published, options.settings));
    },
  };
};

const isVersion = ({ type }: StoredEvent): boolean =>
  type === "ReportPublished" || type === "CorrectionIssued";

/** Every version published so far, this one the last. */
const modelsThrough = async (
  event: StoredEvent,
  store: Publisher["store"],
  known: Map<string, ReportModel>,
): Promise<readonly ReportModel[]> => {
  const models: ReportModel[] = [];
  for await (const page of store.readAll({ prefixes: ["publication-"] })) {
    for (const version of page.filter(isVersion)) {
      if (comparePositions(version.position, event.position) > 0) return models;
      const model = known.get(version.id) ?? (await modelOf(version, store));
      known.set(version.id, model);
      models.push(model);
    }
  }
  return models;
};

type Basis = readonly { readonly stream: string; readonly revision: number }[];

/** From the version's basis, and the publication's own facts up to it. */
const modelOf = async (event: StoredEvent, store: Publisher["store"]): Promise<ReportModel> => {
  const own = { stream: event.stream, revision: event.revision };
  const basis = [...(event.data["basis"] as Basis), own];
  const streams = await Promise.all(
    basis.map(({ stream, revision }) => readStream(store, stream, revision)),
  );
  const recorded = streams.flat().map(({ stream, revision, type, data }) => ({
    stream,
    revision,
    event: { type, ...data } as AnyFact,
  }));
  return reportModelOf(recorded, Number(event.data["version"]));
};

/** What judges the bundle beside it, in a browser and without a server. */
const verifier = async (): Promise<Enclosure> => ({
  ...textFile("verifier.html", "text/html", await verifierPage()),
  label: "Verifier: checks the audit bundle in your browser, without a network (HTML)",
});

/** What an outsider needs to draw the sample and compute the ratings again. */
const enclosed = ({ inspection, events }: History, bundle: string): readonly Enclosure[] => {
  const facts = events.map(({ type, data }) => ({ type, ...data }) as AnyFact);
  const certificate = certificateIn(facts, inspection);
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
