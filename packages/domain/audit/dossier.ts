/**
 * One inspection as its facts tell it, for reading: every answer that counts leads back to the fact
 * that gave it and to the answers it replaced. Nothing here is judged, and nothing is left out.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { type Briefing, briefedBy, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import type { CaseId, InspectionId, ItemId } from "../kernel/ids.ts";
import { inspectionOf } from "../kernel/stream.ts";
import { isPanelEvent } from "../panel/events.ts";
import { isPublicationEvent } from "../publication/events.ts";
import { type DossierCase, fileCase } from "./dossier-case.ts";
import { deliberate, emptyPanel, type PanelFile } from "./dossier-panel.ts";
import type { Draft } from "./draft.ts";
import { is, type Recorded, type RecordedOf } from "./recorded.ts";

/** The lead's proposal on a standard, and the one it took the place of. */
export type Proposal = {
  readonly source: RecordedOf<"DomainOneProposed">;
  readonly former: Proposal | undefined;
};

export type Replacement = RecordedOf<"CaseReplaced" | "CaseWithdrawn">;

export type Dossier = PanelFile & {
  /** Undefined while there is no fact at all. */
  readonly inspection: InspectionId | undefined;
  /** How many facts were read. */
  readonly size: number;
  readonly last: Recorded | undefined;
  readonly briefing: Briefing;
  readonly scheduled: RecordedOf<"InspectionScheduled"> | undefined;
  readonly announced: RecordedOf<"InspectionAnnounced"> | undefined;
  readonly listed: RecordedOf<"CaseListSubmitted"> | undefined;
  readonly drawn: RecordedOf<"SampleDrawn"> | undefined;
  /** By the case that left the sample. */
  readonly replacements: ReadonlyMap<CaseId, Replacement>;
  /** By the case that came in. */
  readonly calledUp: ReadonlyMap<CaseId, RecordedOf<"CaseReplaced">>;
  readonly files: ReadonlyMap<CaseId, DossierCase>;
  readonly evidence: ReadonlyMap<ItemId, RecordedOf<"EvidenceLogged">>;
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly fieldworkClosed: RecordedOf<"FieldworkClosed"> | undefined;
  readonly drafts: readonly RecordedOf<"DraftSent">[];
  readonly signatures: readonly RecordedOf<"ReportSignedOff">[];
  /** The report's versions, the first first. */
  readonly published: readonly RecordedOf<"ReportPublished" | "CorrectionIssued">[];
  readonly closed: RecordedOf<"InspectionClosed"> | undefined;
};

type DossierDraft = Draft<Dossier>;

/**
 * Reads one inspection's facts, in their order. Linear in the number of facts: the dossier grows in
 * place and is only handed out when it is done. `watch` sees it after each fact and must not keep
 * it.
 */
export const dossierOf = (
  events: Iterable<Recorded>,
  watch?: (dossier: Dossier, recorded: Recorded) => void,
): Dossier => {
  const dossier = blank();
  for (const recorded of events) {
    enter(dossier, recorded);
    watch?.(dossier, recorded);
  }
  return dossier;
};

const blank = (): DossierDraft => ({
  inspection: undefined,
  size: 0,
  last: undefined,
  briefing: unbriefed,
  scheduled: undefined,
  announced: undefined,
  listed: undefined,
  drawn: undefined,
  replacements: new Map(),
  calledUp: new Map(),
  files: new Map(),
  evidence: new Map(),
  proposals: new Map(),
  fieldworkClosed: undefined,
  ...emptyPanel(),
  drafts: [],
  signatures: [],
  published: [],
  closed: undefined,
});

const enter = (dossier: DossierDraft, recorded: Recorded): void => {
  const { event } = recorded;
  dossier.inspection ??= inspectionOf(recorded.stream);
  dossier.size += 1;
  dossier.last = recorded;
  if (isAssessmentEvent(event)) fileCase(dossier.files, event, recorded);
  else if (isInspectionEvent(event)) {
    dossier.briefing = briefedBy(dossier.briefing, event);
    announce(dossier, recorded);
  } else if (isFieldworkEvent(event)) note(dossier, recorded);
  else if (isPanelEvent(event)) deliberate(dossier, recorded);
  else if (isPublicationEvent(event)) release(dossier, recorded);
};

const announce = (dossier: DossierDraft, recorded: Recorded): void => {
  if (is(recorded, "InspectionScheduled")) dossier.scheduled = recorded;
  else if (is(recorded, "InspectionAnnounced")) dossier.announced = recorded;
  else if (is(recorded, "CaseListSubmitted")) dossier.listed = recorded;
  else if (is(recorded, "CaseListReturned")) dossier.listed = undefined;
  else if (is(recorded, "SampleDrawn")) dossier.drawn = recorded;
  else if (is(recorded, "CaseWithdrawn")) {
    dossier.replacements.set(recorded.event.case, recorded);
  } else if (is(recorded, "CaseReplaced")) {
    dossier.replacements.set(recorded.event.case, recorded);
    dossier.calledUp.set(recorded.event.replacement, recorded);
  }
};

const note = (dossier: DossierDraft, recorded: Recorded): void => {
  if (is(recorded, "EvidenceLogged")) dossier.evidence.set(recorded.event.item, recorded);
  else if (is(recorded, "DomainOneProposed")) {
    const { standard } = recorded.event;
    const former = dossier.proposals.get(standard);
    dossier.proposals.set(standard, { source: recorded, former });
  } else if (is(recorded, "FieldworkClosed")) dossier.fieldworkClosed = recorded;
};

const release = (dossier: DossierDraft, recorded: Recorded): void => {
  if (is(recorded, "DraftSent")) dossier.drafts.push(recorded);
  else if (is(recorded, "ReportSignedOff")) dossier.signatures.push(recorded);
  else if (is(recorded, "ReportPublished")) dossier.published.push(recorded);
  else if (is(recorded, "CorrectionIssued")) dossier.published.push(recorded);
  else if (is(recorded, "InspectionClosed")) dossier.closed = recorded;
};
