/**
 * When a step takes what forms ask, as far as its facts tell: each rule says that it is possible,
 * or what has to come first. Read through the table in `offering.ts`.
 */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { RequestKind } from "@assay/domain/framework/timetable.ts";
import type { CaseId, ItemId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { addDays, type Day, dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import { undecided } from "@assay/domain/panel/conclude.ts";

import { personName } from "../wording/names.ts";
import { owedOn, scoresOn } from "./board.ts";
import { boardIn } from "./derived.ts";
import type { Held } from "./held.ts";
import { stageOf } from "./tracker.ts";
import { isBlind, type Viewer } from "./viewer.ts";

/** What a form is about, where an inspection or a programme has several such. */
export type Subject = {
  readonly case?: CaseId;
  readonly standard?: string;
  readonly request?: RequestKind;
  readonly alert?: ItemId;
  readonly service?: ServiceId;
};

/** Not now: `because` is a sentence for whoever looks for it, and is missing where it is past. */
export type NotNow = { readonly because?: string; readonly from?: Day | Instant };

export type Asked = { readonly viewer: Viewer; readonly subject: Subject; readonly now: Instant };

/** Undefined where it is possible. */
export type Rule = (held: Held, asked: Asked) => NotNow | undefined;

export const past: NotNow = {};
export const not = (because: string): NotNow => ({ because });

export const atRest = ({ announcement }: Held): NotNow | undefined => {
  const { standing } = announcement.briefing;
  if (standing === "cancelled") return past;
  return standing === "postponed"
    ? { because: "The inspection is postponed. It has to be resumed first." }
    : undefined;
};

/** Possible where this holds; where it does not, over or not yet asked for, nothing is said. */
export const when =
  (holds: (held: Held, asked: Asked) => boolean): Rule =>
  (held, asked) =>
    holds(held, asked) ? undefined : past;

export const beforeFieldwork: Rule = (held) => {
  const stage = stageOf(held);
  if (["scheduled", "announced", "sampled", "postponed"].includes(stage)) return undefined;
  return stage === "fieldwork" ? not("Fieldwork has begun.") : past;
};

export const unpublished: Rule = when(
  (held) => !["published", "closed", "cancelled"].includes(stageOf(held)),
);

export const listed: Rule = ({ announcement: { phase, cases } }) => {
  if (phase.matches({ active: "listed" })) return undefined;
  return cases.size === 0 ? not("The service has not sent its case list yet.") : past;
};

export const sampledAndOpen: Rule = ({ announcement: { briefing, fieldworkClosed } }) => {
  if (fieldworkClosed) return past;
  return briefing.sample.size > 0 ? undefined : not("The sample is not drawn yet.");
};

export const notClosed: Rule = when(({ fieldwork }) => !fieldwork.phase.matches("closed"));

export const inFieldwork: Rule = ({ fieldwork: { phase, briefing } }) => {
  if (phase.matches("opened")) return undefined;
  if (phase.matches("closed")) return past;
  const from = briefing.timetable?.fieldworkStart;
  return { because: "Fieldwork has not begun.", ...(from && { from }) };
};

export const inFieldworkWhile =
  (more: Rule): Rule =>
  (held, asked) =>
    inFieldwork(held, asked) ?? more(held, asked);

export const alertIs =
  (stage: "raised" | "notified" | "answered", otherwise: NotNow = past): Rule =>
  ({ fieldwork }, { subject }) =>
    subject.alert !== undefined && fieldwork.alerts.get(subject.alert)?.stage === stage
      ? undefined
      : otherwise;

export const requestOpen: Rule = ({ announcement }, { subject: { request } }) =>
  request !== undefined && announcement.requests.get(request)?.satisfied === false
    ? undefined
    : past;

export const chasing: Rule = (held, asked) => {
  const found = asked.subject.request && held.announcement.requests.get(asked.subject.request);
  if (!found || found.satisfied || found.chased) return past;
  if (dayInEngland(asked.now) > found.due) return undefined;
  return { because: "It is not overdue.", from: addDays(found.due, 1) };
};

export const fileOf = ({ fieldwork }: Held, { subject }: Asked) =>
  subject.case === undefined ? undefined : fieldwork.files.get(subject.case);

const own: Rule = (held, asked) => {
  const { viewer, subject } = asked;
  const assessor = subject.case && held.fieldwork.allocation.get(subject.case);
  if (viewer.kind !== "person" || assessor === viewer.actor.id) return undefined;
  return not(
    assessor
      ? `The case is ${personName(assessor)}’s to assess.`
      : "The case has not been allocated to anybody.",
  );
};

export const assessing: Rule = (held, asked) => {
  const standing = inFieldworkWhile(own)(held, asked);
  if (standing) return standing;
  const status = fileOf(held, asked)?.status;
  if (status === "completed") return not("The assessment is complete. The lead can return it.");
  return status === "confirmed" ? not("The assessment is confirmed.") : undefined;
};

export const scoped: Rule = (held, asked) =>
  assessing(held, asked) ??
  (fileOf(held, asked)?.scope ? undefined : not("The scope has to be recorded first."));

export const completed: Rule = when((held, asked) => fileOf(held, asked)?.status === "completed");

export const markingAgain: Rule = when(
  (held, { viewer, subject }) => subject.case !== undefined && isBlind(viewer, held, subject.case),
);

export const allocating: Rule = (held, asked) => {
  const { briefing, phase, allocation } = held.fieldwork;
  if (asked.subject.case === undefined)
    return phase.matches("closed") || [...briefing.sample.keys()].every((id) => allocation.has(id))
      ? past
      : undefined;
  if (!briefing.sample.has(asked.subject.case)) return past;
  return fileOf(held, asked)?.status === "confirmed"
    ? not("The assessment is confirmed. It has to be opened again first.")
    : undefined;
};

export const markable: Rule = ({ fieldwork }) =>
  [...fieldwork.files.values()].some(
    ({ status, second }) => (status === "completed" || status === "confirmed") && !second,
  )
    ? undefined
    : not("No assessment is complete yet.");

export const sitting: Rule = ({ panel: { phase } }) => {
  if (phase.matches("sitting")) return undefined;
  return phase.matches("awaited") ? not("The panel has not been convened.") : past;
};

export const sittingWhile =
  (more: Rule): Rule =>
  (held, asked) =>
    sitting(held, asked) ?? more(held, asked);

const standardIn = ({ panel }: Held, { subject }: Asked) =>
  standardsOf(panel.briefing).find(({ code }) => code === subject.standard);

export const judged = (by: "by-cases" | "by-people"): Rule =>
  sittingWhile(when((held, asked) => standardIn(held, asked)?.judged === by));

export const discretion: Rule = (held, asked) => {
  const standard = standardIn(held, asked);
  const other = judged("by-cases")(held, asked);
  if (other || standard?.judged !== "by-cases") return other ?? past;
  const board = boardIn(standard, held.panel);
  if (!board || board.triggers.length === 0)
    return not("None of the three conditions for discretion is met, so the rule decides.");
  return owedOn(held.panel, standard.code) === "consideration"
    ? not("The panel has to record first that it considered the numbers.")
    : undefined;
};

export const sealing: Rule = ({ panel }, { subject: { standard = "" }, viewer }) => {
  const { own: score, begun } = scoresOn(panel, standard, viewer);
  const owed = owedOn(panel, standard);
  return score === "none" && (begun || owed === "consideration" || owed === "domain-one")
    ? undefined
    : past;
};

export const opening: Rule = ({ panel }, { subject: { standard = "" }, viewer }) => {
  const { own: score, complete } = scoresOn(panel, standard, viewer);
  if (score !== "sealed") return past;
  return complete ? undefined : not("It can be opened once everyone has sealed theirs.");
};

export const deciding: Rule = ({ panel }) => {
  const open = (undecided(panel)?.standards ?? []).map(({ standard }) => standard);
  if (open.length === 0) return undefined;
  return not(
    `${open.length === 1 ? "This standard is" : "These are"} still open: ${open.join(", ")}.`,
  );
};

type ReportPhase =
  | "drafted"
  | "shared"
  | "commented"
  | "settled"
  | "signed"
  | "embargoed"
  | "published"
  | "planned"
  | "accepted"
  | "closed";

const reportPhases: readonly ReportPhase[] = [
  ...(["drafted", "shared", "commented", "settled", "signed", "embargoed"] as const),
  ...(["published", "planned", "accepted", "closed"] as const),
];

const yet: Readonly<Record<ReportPhase, string>> = {
  drafted: "The draft has not been sent to the service.",
  shared: "The service is reading the draft.",
  commented: "The comments on facts are still being answered.",
  settled: "The report is not signed off.",
  signed: "The embargo is not set.",
  embargoed: "The report is not published.",
  published: "The service has not sent its action plan.",
  planned: "The action plan is not accepted.",
  accepted: "The inspection is about to close.",
  closed: "The inspection is closed.",
};

/** In these phases of the report; before the first of them it says what comes first. */
export const reportIs =
  (...phases: readonly ReportPhase[]): Rule =>
  ({ publication }) => {
    const now: ReportPhase = publication.phase.value;
    if (phases.includes(now)) return undefined;
    const before = reportPhases.indexOf(now) < reportPhases.indexOf(phases[0]!);
    if (!before) return past;
    const { commentsDue: due, publishAt } = publication;
    const from = now === "shared" && due ? addDays(due, 1) : now === "embargoed" && publishAt;
    return { because: yet[now], ...(from && { from }) };
  };

export const writing: Rule = ({ publication }) => {
  switch (publication.phase.value) {
    case "shared":
      return not("The service is reading the draft, so its text stays as it is.");
    case "signed":
    case "embargoed":
      return not("The report is signed off. The sign-off has to be withdrawn first.");
    case "accepted":
      return past;
    default:
      return undefined;
  }
};

export const published: Rule = reportIs("published", "planned", "closed");

export const deputy: Rule = ({ announcement }) =>
  announcement.briefing.team.some(({ role }) => role === "deputy-lead-inspector")
    ? undefined
    : not("The team has no deputy lead.");
