/**
 * Puts every published version before the public, with the proofs behind it. A version is made from
 * the streams that its fact names, at the revisions named there, so making it again gives the same.
 */
import { certificateIn } from "@assay/domain/audit/recompute.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { certificatePage } from "@assay/domain/sampling/certificate-page.ts";
import type { ReportAnswer } from "@assay/domain/publication/checks.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { answersReport } from "@assay/report/action-plan.ts";
import { commitmentFiles } from "@assay/report/commitments.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import type { Shelf } from "@assay/report/shelf.ts";
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
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";
import { attestationsPage } from "@assay/ledger/attestations.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { verifierPage } from "@assay/verifier/verifier-page.ts";

import { missedBy } from "./behind.ts";
import { tellsOfADraw } from "./committed.ts";
import { checkpointsOf, everythingSigned } from "./checkpoints.ts";
import { bundleOf, type History, type Ledger, type Waiting } from "./ledger-keeper.ts";
import { adoptionOf, modelOf } from "./public-facts.ts";
import { isVersion, type Published } from "./published.ts";
import { factOf, factsOf } from "./told.ts";

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
  readonly published: Published;
};

export const publisherOf = (options: Publishing): Reaction => {
  const { store, ledger, put, publisher, published } = options;
  const waiting: Waiting = { signature: new Set(), witness: new Set() };
  const sign = checkpointsOf(store, { ...ledger, waiting });
  const renew = renewing(options);
  const handle = async (event: StoredEvent, through: Position): Promise<void> => {
    const inspection = inspectionOf(event.stream);
    if (answersReport(event)) {
      if (inspection && (await isScheduled(store, inspection)))
        await renew(inspection, await published.shelfAt(through), []);
      return;
    }
    const signed = await sign(event);
    if (tellsOfADraw(event)) {
      await put([], commitmentFiles(await published.committedAt(through), publisher));
    }
    if (!signed || !isVersion(event)) return;
    const { history, record } = signed;
    const bundle = await bundleOf(history, record, ledger);
    const model = await modelOf(event, store);
    const shelf = await published.shelfAt(through);
    const enclosures = [
      whyEnclosure(model, auditedIn(history), {
        conclusion: Number(event.data["conclusion"]),
        publisher,
        adopted: await adoptionOf(model, store),
      }),
      ...enclosed(history, { record, ledger, bundle }),
      await verifier(),
    ];
    const folder = versionFolder(model, shelf, enclosures);
    proveForms(event, folder);
    await renew(model.inspection, shelf, [folder]);
  };
  const catchUp = async (): Promise<void> => {
    for await (const event of missedBy(store, ledger)) {
      if (closed) return;
      await handle(event, event.position).catch(told(ledger, event));
    }
    // Under another address, or by other code, the pages are made again before anything is news.
    if (closed || published.isRendered()) return;
    const shelf = await published.shelfAt();
    if (shelf.versions.length > 0) await renew("", shelf, []);
  };
  /** Everything that the ledger lacks is handled first, in order. */
  let caughtUp = Promise.resolve();
  let closed = false;
  const begin: Reaction["begin"] = () => {
    published.begin();
    caughtUp = catchUp().catch(told(ledger));
    return {
      close: async () => {
        closed = true;
        await caughtUp;
        await published.close();
      },
      measure: ({ checkpointsWaiting }) => {
        for (const missing of ["signature", "witness"] as const)
          checkpointsWaiting.set({ missing }, waiting[missing].size);
      },
    };
  };
  return {
    name: "publisher",
    ...everythingSigned,
    begin,
    react: async (event, _bus, through) => {
      await caughtUp;
      await handle(event, through);
    },
  };
};

/** The pages that show something of an inspection; all, where other code made them. */
const renewing =
  ({ put, published }: Publishing) =>
  async (inspection: string, shelf: Shelf, versions: readonly Folder[]): Promise<void> => {
    const isWhole = published.isRendered();
    await put(versions, pagesAround(shelf, isWhole ? inspection : undefined));
    if (!isWhole) published.keepRendered();
  };

/** It is tried again as it comes, where it has not been handled yet, and at the next start. */
const told =
  ({ onUnattested }: Ledger, event?: StoredEvent) =>
  (error: unknown): void =>
    onUnattested?.(`${event?.stream ?? "the ledger"} is behind its store: ${String(error)}`);

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
