/**
 * Puts every published version before the public, with the proofs behind it. A version is made from
 * the streams that its fact names, at the revisions named there, so making it again gives the same.
 */
import {
  type ProgrammeEventOf,
  ServicesEnrolled,
} from "@assay/domain/announcement/programme/events.ts";
import { certificateIn } from "@assay/domain/audit/recompute.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { certificatePage } from "@assay/domain/sampling/certificate-page.ts";
import type { ReportAnswer } from "@assay/domain/publication/checks.ts";
import { isPublicationEvent, PublicationEvent } from "@assay/domain/publication/events.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { isAway } from "@assay/host/fault.ts";
import { isScheduled, readStream } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import { answersReport } from "@assay/report/action-plan.ts";
import { commitmentFiles } from "@assay/report/commitments.ts";
import { type ReportModel, reportModelOf } from "@assay/report/model.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import type { SiteSettings } from "@assay/report/shelf.ts";
import type { Folder } from "@assay/report/publish-folder.ts";
import { pagesAround, versionFolder } from "@assay/report/site.ts";
import { whyEnclosure } from "@assay/report/why-page.ts";
import { TypesettingFault } from "@assay/report/pdf.ts";
import {
  checksum,
  type Enclosure,
  jsonFile,
  type SiteFile,
  textFile,
} from "@assay/report/version-files.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { comparePositions, type Position } from "@assay/store/port.ts";
import { attestationsPage } from "@assay/ledger/attestations.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { verifierPage } from "@assay/verifier/verifier-page.ts";

import { committedIn, tellsOfADraw } from "./committed.ts";
import { checkpointsOf, everythingSigned } from "./checkpoints.ts";
import { bundleOf, type History, type Ledger, type Waiting } from "./ledger-keeper.ts";
import { factOf, factsOf, recordedFrom } from "./told.ts";

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

type Means = Publishing & { readonly committed: ReturnType<typeof committedIn> };

export const publisherOf = (options: Publishing): Reaction => {
  const models = new Map<string, ReportModel>();
  const waiting: Waiting = { signature: new Set(), witness: new Set() };
  const sign = checkpointsOf(options.store, { ...options.ledger, waiting });
  const committed = committedIn(options.store);
  const means = { ...options, committed };
  return {
    name: "publisher",
    ...everythingSigned,
    begin: () => ({
      close: async () => {},
      measure: ({ checkpointsWaiting }) => {
        for (const missing of ["signature", "witness"] as const)
          checkpointsWaiting.set({ missing }, waiting[missing].size);
      },
    }),
    react: async (event, _bus, through) => {
      const inspection = inspectionOf(event.stream);
      if (answersReport(event)) {
        if (inspection && (await isScheduled(options.store, inspection)))
          await renew(through, means, models);
        return;
      }
      const signed = await sign(event);
      if (tellsOfADraw(event)) {
        await options.put([], commitmentFiles(await committed(through), options.publisher));
      }
      if (!signed || !isVersion(event)) return;
      const { history, record } = signed;
      const bundle = await bundleOf(history, record, options.ledger);
      const model = models.get(event.id) ?? (await modelOf(event, options.store));
      models.set(event.id, model);
      const { versions, settings } = await publicAt(through, means, models);
      const enclosures = [
        whyEnclosure(model, auditedIn(history), {
          conclusion: Number(event.data["conclusion"]),
          publisher: options.publisher,
        }),
        ...enclosed(history, { record, ledger: options.ledger, bundle }),
        await verifier(),
      ];
      const folder = versionFolder(model, settings, enclosures);
      proveForms(event, folder);
      await options.put([folder], pagesAround(versions, settings));
    },
  };
};

/** Nothing reaches readers but what the version's own fact names. */
const proveForms = ({ data, stream }: StoredEvent, { files }: Folder): void => {
  const named = (data["forms"] ?? []) as NonNullable<ReportAnswer["forms"]>;
  const other = named.find(({ path, digest }) => {
    const file = files.find((each) => each.path === path);
    return !file || checksum(file.body) !== digest;
  });
  if (other)
    throw new TypesettingFault([
      `${stream}: ${other.path} is not what was rendered before publication`,
    ]);
};

/** A service answered its report: no version changes, but the pages around them do. */
const renew = async (
  through: Position,
  options: Means,
  known: Map<string, ReportModel>,
): Promise<void> => {
  const { versions, settings } = await publicAt(through, options, known);
  await options.put([], pagesAround(versions, settings));
};

const isVersion = ({ type }: StoredEvent): boolean =>
  type === "ReportPublished" || type === "CorrectionIssued";

type Public = { readonly versions: readonly ReportModel[]; readonly settings: SiteSettings };

/**
 * Every version published up to there, the last of them last, and what services answered. What
 * others wrote, or cannot be read, is left out: it was set aside by itself.
 */
const publicAt = async (
  through: Position,
  { store, publisher, committed }: Means,
  known: Map<string, ReportModel>,
): Promise<Public> => {
  const versions: ReportModel[] = [];
  const answers = new Map<string, PublicationEvent[]>();
  for await (const page of store.readAll({ prefixes: ["publication-"] })) {
    for (const each of page) {
      if (comparePositions(each.position, through) > 0) break;
      if (isVersion(each)) {
        const model = known.get(each.id) ?? (await readableModel(each, store));
        if (!model) continue;
        known.set(each.id, model);
        versions.push(model);
      }
      const inspection = inspectionOf(each.stream);
      if (!inspection || !answersReport(each)) continue;
      const fact = readable(() => factOf(each));
      if (!fact || !isPublicationEvent(fact)) continue;
      answers.set(inspection, [...(answers.get(inspection) ?? []), fact]);
    }
  }
  const regions = await regionsIn(store);
  const settings = { publisher, regions, answers, committed: await committed(through) };
  return { versions, settings };
};

/** Where each service is, as the programmes that inspect it last said. */
const regionsIn = async (store: Publishing["store"]): Promise<ReadonlyMap<string, string>> => {
  const regions = new Map<string, string>();
  for await (const page of store.readAll({ prefixes: ["programme-"] })) {
    for (const event of page) {
      const enrolled = readable(() => enrolledIn(event));
      for (const { id, region } of enrolled?.services ?? []) regions.set(id, region);
    }
  }
  return regions;
};

const enrolledIn = factReader([ServicesEnrolled]) as (
  event: StoredEvent,
) => ProgrammeEventOf<"ServicesEnrolled"> | undefined;

/** Undefined where it is not ours, or no report can be made of what is recorded. */
const readableModel = async (
  event: StoredEvent,
  store: Publishing["store"],
): Promise<ReportModel | undefined> => {
  const inspection = inspectionOf(event.stream);
  if (!inspection || !(await isScheduled(store, inspection))) return undefined;
  try {
    return factOf(event) && (await modelOf(event, store));
  } catch (error) {
    if (isAway(error)) throw error;
    return undefined;
  }
};

/** Undefined for what throws: it was set aside by itself. */
const readable = <Read>(read: () => Read): Read | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

type Basis = readonly { readonly stream: string; readonly revision: number }[];

/** From the version's basis, and the publication's own facts up to it. */
const modelOf = async (event: StoredEvent, store: Publishing["store"]): Promise<ReportModel> => {
  const own = { stream: event.stream, revision: event.revision };
  const basis = [...(event.data["basis"] as Basis), own];
  const streams = await Promise.all(
    basis.map(({ stream, revision }) => readStream(store, stream, revision)),
  );
  return reportModelOf(recordedFrom(streams.flat()), Number(event.data["version"]));
};

/** The facts as an audit reads them. */
const auditedIn = ({ events }: History): readonly Recorded[] =>
  events.flatMap((stored) => {
    const { stream, revision, position } = stored;
    const event = factOf(stored);
    return event ? [{ stream, revision, position, event }] : [];
  });

/** What judges the bundle beside it, in a browser and without a server. */
const verifier = async (): Promise<Enclosure> => ({
  ...textFile("verifier.html", "text/html", await verifierPage()),
  label: "Verifier: checks the audit bundle in your browser, without a network (HTML)",
});

/** What an outsider needs to draw the sample and compute the ratings again. */
type Proving = {
  readonly record: LogRecord;
  readonly ledger: Ledger;
  readonly bundle: string;
};

const enclosed = (
  { inspection, events }: History,
  { record, ledger, bundle }: Proving,
): readonly Enclosure[] => {
  const facts = factsOf(events);
  // Where a published report is carried through, the list of cases and the draw are made up.
  const madeUp = facts.some((fact) => fact.type === "InspectionScheduled" && fact.reconstruction);
  const certificate = madeUp ? undefined : certificateIn(facts, inspection);
  const audit: Enclosure = {
    ...textFile("audit-bundle.json", "application/json", bundle),
    label: "Audit bundle: verifies every rating offline (JSON)",
  };
  const witnesses = (ledger.attesters?.witnesses ?? []).map(({ key }) => key);
  const attested: Enclosure = {
    ...textFile(
      "attestations.md",
      "text/markdown",
      attestationsPage(inspection, record.checkpoints, witnesses),
    ),
    label: "Who attested the record, and when (Markdown)",
  };
  if (!certificate) return [audit, attested];
  const page = certificatePage(certificate);
  return [
    { ...jsonFile("sampling-certificate.json", certificate), label: "Sampling certificate (JSON)" },
    {
      ...textFile("sampling-certificate.md", "text/markdown", page),
      label: "Sampling certificate (Markdown)",
    },
    audit,
    attested,
  ];
};
