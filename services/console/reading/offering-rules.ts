/**
 * When a step takes what forms ask, as far as its facts tell: each rule says that it is possible,
 * or what has to come first. Read through the table in `offering.ts`.
 */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { SettingId } from "@assay/domain/framework/setting-id.ts";
import type { CaseId, ItemId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { addDays, type Day, dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import { undecided } from "@assay/domain/panel/conclude.ts";

import { personName } from "../wording/names.ts";
import { owedOn, scoresOn } from "./board.ts";
import { boardIn } from "./derived.ts";
import type { Held } from "./held.ts";
import { isBlind, type Viewer } from "./viewer.ts";

/** What a form is about, where an inspection or a programme has several such. */
export type Subject = {
  readonly case?: CaseId;
  readonly standard?: string;
  readonly request?: SettingId;
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

/** Possible where this holds; where it does not, over or not yet asked for, nothing is said. */
export const when =
  (holds: (held: Held, asked: Asked) => boolean): Rule =>
  (held, asked) =>
    holds(held, asked) ? undefined : past;

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

export const own: Rule = (held, asked) => {
  const { viewer, subject } = asked;
  const assessor = subject.case && held.fieldwork.allocation.get(subject.case);
  if (viewer.kind !== "person" || assessor === viewer.actor.id) return undefined;
  return not(
    assessor
      ? `The case is ${personName(assessor)}’s to assess.`
      : "The case has not been allocated to anybody.",
  );
};

export const markingAgain: Rule = when(
  (held, { viewer, subject }) => subject.case !== undefined && isBlind(viewer, held, subject.case),
);

export const allocating: Rule = (held, asked) => {
  const { briefing, allocation } = held.fieldwork;
  if (asked.subject.case === undefined)
    return [...briefing.sample.keys()].every((id) => allocation.has(id)) ? past : undefined;
  if (!briefing.sample.has(asked.subject.case)) return past;
  return fileOf(held, asked)?.status === "confirmed"
    ? not("The assessment is confirmed. It has to be opened again first.")
    : undefined;
};

const standardIn = ({ panel }: Held, { subject }: Asked) =>
  standardsOf(panel.briefing).find(({ code }) => code === subject.standard);

export const judged = (by: "by-cases" | "by-people" | "numbers"): Rule =>
  when((held, asked) => {
    const found = standardIn(held, asked)?.judged;
    return by === "numbers" ? found !== undefined && found !== "by-people" : found === by;
  });

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

export const deputy: Rule = ({ announcement }) =>
  announcement.briefing.team.some(({ role }) => role === "deputy-lead-inspector")
    ? undefined
    : not("The team has no deputy lead.");
