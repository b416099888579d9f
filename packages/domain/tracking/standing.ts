/**
 * Where an inspection stands and what is owed, by the rules of each step on its facts. The steps'
 * states are folded here once, for everything that is told about an inspection under way.
 */
import { announcementFlow } from "../announcement/flow.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import type { InspectionState } from "../announcement/state.ts";
import type { AnyFact } from "../facts.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import { fieldworkFlow } from "../fieldwork/flow.ts";
import type { FieldworkState } from "../fieldwork/state.ts";
import { phaseName, phaseWords } from "../kernel/chart.ts";
import type { InspectionId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Duty } from "../kernel/step.ts";
import { lifecycleChart, type LifecyclePhase } from "../lifecycle/machine.ts";
import { type Stage, stageOf } from "../lifecycle/stage.ts";
import { isPanelEvent } from "../panel/events.ts";
import { panelFlow } from "../panel/flow.ts";
import type { PanelState } from "../panel/state.ts";
import { isPublicationEvent } from "../publication/events.ts";
import { publicationFlow } from "../publication/flow.ts";
import type { PublicationState } from "../publication/state.ts";
import { type Owed, owedIn } from "./owed.ts";

/** What each step's rules know of one inspection. */
export type Steps = {
  readonly announcement: InspectionState;
  readonly fieldwork: FieldworkState;
  readonly panel: PanelState;
  readonly publication: PublicationState;
};

/** The steps, and the inspection's whole life. */
export type Known = Steps & { readonly lifecycle: LifecyclePhase };
export type ChartName = keyof Steps;

export const chartNames = [
  "announcement",
  "fieldwork",
  "panel",
  "publication",
] as const satisfies readonly ChartName[];

export const nothingKnown: Known = {
  lifecycle: lifecycleChart.initial,
  announcement: announcementFlow.initial,
  fieldwork: fieldworkFlow.initial,
  panel: panelFlow.initial,
  publication: publicationFlow.initial,
};

export const knownBy = (known: Known, fact: AnyFact): Known => {
  let { announcement, fieldwork, panel, publication } = known;
  const own = isInspectionEvent(fact) || isFieldworkEvent(fact) || isAssessmentEvent(fact);
  if (own || isPublicationEvent(fact)) announcement = announcementFlow.evolve(announcement, fact);
  if (own) fieldwork = fieldworkFlow.evolve(fieldwork, fact);
  if (own || isPanelEvent(fact) || isPublicationEvent(fact)) {
    panel = panelFlow.evolve(panel, fact);
    publication = publicationFlow.evolve(publication, fact);
  }
  const lifecycle = lifecycleChart.next(known.lifecycle, fact);
  return { lifecycle, announcement, fieldwork, panel, publication };
};

export const knownFrom = (facts: Iterable<AnyFact>): Known => {
  let known = nothingKnown;
  for (const fact of facts) known = knownBy(known, fact);
  return known;
};

export const dutiesByStep = (
  inspection: InspectionId,
  known: Known,
): Readonly<Record<ChartName, readonly Duty<unknown>[]>> => ({
  announcement: announcementFlow.owed(inspection, known.announcement),
  fieldwork: fieldworkFlow.owed(inspection, known.fieldwork),
  panel: panelFlow.owed(inspection, known.panel),
  publication: publicationFlow.owed(inspection, known.publication),
});

export const dutiesOf = (inspection: InspectionId, known: Known): readonly Duty<unknown>[] =>
  Object.values(dutiesByStep(inspection, known)).flat();

export type Standing = {
  readonly stage: Stage;
  /** Where the step that is furthest stands, in people's words. */
  readonly now: string;
  readonly phases: Readonly<Record<ChartName, string>>;
  /** By date; what has none comes last. */
  readonly owed: readonly Owed[];
  readonly alerts: AlertsTold;
};

/** Alerts that are not closed, and those of them whose day is over. */
export type AlertsTold = { readonly open: number; readonly overdue: number };

export const standingOf = (inspection: InspectionId, known: Known, now: Instant): Standing => {
  const phases = {
    announcement: phaseName(known.announcement.phase),
    fieldwork: phaseName(known.fieldwork.phase),
    panel: phaseName(known.panel.phase),
    publication: phaseName(known.publication.phase),
  };
  return {
    stage: stageOf(known.lifecycle),
    now: nowIn(known),
    phases,
    owed: owedIn(dutiesOf(inspection, known), now),
    alerts: alertsIn(known, now),
  };
};

export const alertsIn = ({ fieldwork }: Pick<Known, "fieldwork">, now: Instant): AlertsTold => {
  const open = [...fieldwork.alerts.values()].filter(({ stage }) => stage !== "closed");
  return { open: open.length, overdue: open.filter(({ due }) => due < now).length };
};

/** The step that an inspection in this stage has come to. */
const stepIn: Readonly<Record<Stage, ChartName>> = {
  unscheduled: "announcement",
  scheduled: "announcement",
  announced: "announcement",
  sampled: "announcement",
  postponed: "announcement",
  cancelled: "announcement",
  fieldwork: "fieldwork",
  panel: "panel",
  report: "publication",
  published: "publication",
  closed: "publication",
};

const nowIn = (known: Known): string => phaseWords(known[stepIn[stageOf(known.lifecycle)]].phase);
