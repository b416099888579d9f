/**
 * Signs a checkpoint over an inspection's events when its ratings are concluded, when it is signed
 * off, and with every published version; and makes the audit bundle of a version.
 */
import { certificateIn, ratingsOnRecord } from "@assay/domain/audit/recompute.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { PanelEvent } from "@assay/domain/panel/events.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";
import { advance } from "@assay/ledger/advance.ts";
import { attest, type Attesters } from "@assay/ledger/attest.ts";
import { makeBundle } from "@assay/ledger/bundle.ts";
import { keptHashesOf, type LogRecord } from "@assay/ledger/integrity.ts";
import type { Keyring } from "@assay/ledger/keys.ts";
import { logOf } from "@assay/ledger/log.ts";
import { writeVerifierKey } from "@assay/ledger/note.ts";
import type { RecordFolder } from "@assay/ledger/record-folder.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factsOf } from "./told.ts";

export type Ledger = {
  readonly keyring: Keyring;
  readonly records: RecordFolder;
  /** Other bodies that are asked to attest checkpoints. */
  readonly attesters?: Attesters | undefined;
  /** Told of each that did not answer as asked; nothing else comes of it. */
  readonly onUnattested?: ((what: string) => void) | undefined;
};

/** Every event of one inspection, as far as the store goes. */
export type History = {
  readonly inspection: InspectionId;
  readonly events: readonly StoredEvent[];
};

/** What a checkpoint is signed for after each fact; `null`: none is. Other steps call for none. */
const stages: Readonly<Record<(PanelEvent | PublicationEvent)["type"], string | null>> = {
  PanelConvened: null,
  MemberRecused: null,
  ChairHandedOver: null,
  ScoreSealed: null,
  ScoreOpened: null,
  StandardConsidered: null,
  DiscretionExercised: null,
  DiscretionDeclined: null,
  PublishedRatingAdopted: null,
  VoteCast: null,
  DissentRecorded: null,
  DomainOneDecided: null,
  RatingsConcluded: "ratings-concluded",
  OverallDecided: null,
  PanelReconvened: null,
  SectionDrafted: null,
  ContextualFactRecorded: null,
  FindingExcused: null,
  RecommendationMade: null,
  RecommendationWithdrawn: null,
  DraftSent: null,
  CommentReceived: null,
  CommentsReturned: null,
  CommentPeriodEnded: null,
  CommentAnswered: null,
  FactualAccuracyClosed: null,
  ReportSignedOff: "signed-off",
  SignOffWithdrawn: null,
  EmbargoSet: null,
  EmbargoChanged: null,
  EmbargoedCopiesSent: null,
  ReportPublished: "published",
  CorrectionIssued: "corrected",
  ActionPlanReceived: null,
  ActionPlanReturned: null,
  ActionPlanAccepted: null,
  RecommendationTracked: null,
  InspectionClosed: null,
};

const stageAfter = ({ type }: StoredEvent): string | null =>
  type in stages ? stages[type as keyof typeof stages] : null;

/** Whether this event calls for a checkpoint. */
export const callsForCheckpoint = (event: StoredEvent): boolean => stageAfter(event) !== null;

/**
 * The record with a checkpoint after `event` in it, kept before it is answered. The same event
 * again gives the same record. Throws a LedgerFault when the store no longer holds what was
 * recorded.
 */
export const checkpointAfter = async (
  event: StoredEvent,
  { inspection, events }: History,
  ledger: Ledger,
): Promise<LogRecord> => {
  const { keyring, records } = ledger;
  const stage = stageAfter(event) ?? event.type;
  const former = await records.read(inspection);
  const record = advance({ inspection, events, record: former, keyring, stage, after: event.id });
  if (record !== former) await records.write(record);
  return attested(record, events, ledger);
};

/** The record with what other bodies say of its checkpoints, as far as they answered. */
const attested = async (
  record: LogRecord,
  events: readonly StoredEvent[],
  { records, attesters, onUnattested }: Ledger,
): Promise<LogRecord> => {
  if (!attesters) return record;
  const found = await attest(record, events, attesters);
  for (const failure of found.failures) onUnattested?.(`${record.inspection}: ${failure}`);
  await records.write(found.record);
  return found.record;
};

/**
 * Everything that the ratings rest on, as one file that is verified offline. The case list is
 * proven but not shown: it profiles children.
 */
export const bundleOf = (
  { inspection, events }: History,
  record: LogRecord,
  { keyring, attesters }: Pick<Ledger, "keyring" | "attesters">,
): string => {
  const facts = factsOf(events);
  const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
  const ratings = ratingsOnRecord(facts);
  if (!announced || !ratings) throw new TypeError(`${inspection} has no ratings to bundle`);
  const { version } = announced.framework;
  const certificate = certificateIn(facts, inspection);
  return makeBundle({
    log: logOf(inspection, events, keptHashesOf(record)),
    keyring,
    checkpoints: record.checkpoints,
    framework: { id: version.id, document: version },
    certificates: certificate ? [certificate] : [],
    ratings,
    witnesses: (attesters?.witnesses ?? []).map(({ key }) => writeVerifierKey(key)),
    withhold: ({ type }) =>
      type === "CaseListSubmitted"
        ? "It lists children's cases; its digest is in the draw."
        : undefined,
  });
};
