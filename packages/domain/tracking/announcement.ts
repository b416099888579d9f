/**
 * What both sides see of an inspection before fieldwork: the plan with its days, what is asked of
 * the service and what became of it, and the letters. Plain data.
 */
import type { InspectionEvent } from "../announcement/events.ts";
import { letterDigest, letterTo } from "../announcement/letter.ts";
import { briefedBy, requestInWords, unbriefed } from "../briefing/inspection.ts";
import { underKind } from "../framework/kind.ts";
import type { PlannedStep as Step } from "../framework/timetable.ts";
import { frameworkIn, letterTemplateOf } from "../framework/versions.ts";
import { words } from "../kernel/fact.ts";
import { type Day, endOfDay, type Instant } from "../kernel/instants.ts";
import type { Known } from "./standing.ts";

const steps = {
  announcement: ["The inspection is announced", "inspectorate"],
  sample: ["The sample is drawn and notified", "inspectorate"],
  fieldworkStart: ["Fieldwork begins", "both"],
  fieldworkEnd: ["Fieldwork ends", "both"],
  feedback: ["First findings are told", "inspectorate"],
  panel: ["The ratings panel meets", "inspectorate"],
  draft: ["The draft report is sent", "inspectorate"],
  factualAccuracy: ["Comments on factual accuracy arrive", "service"],
  signOff: ["The report is signed off", "inspectorate"],
  embargo: ["Copies go out under embargo", "inspectorate"],
  publication: ["The report is published", "inspectorate"],
  actionPlan: ["The action plan arrives", "service"],
} as const satisfies Record<Step, readonly [string, "inspectorate" | "service" | "both"]>;

export type PlannedStep = {
  /** The step's name, or the id of what the service is asked for. */
  readonly step: string;
  readonly what: string;
  readonly day: Day;
  readonly by: "inspectorate" | "service" | "both";
  readonly done: boolean;
};

/** In the order of their days. */
export const planTold = (known: Known): readonly PlannedStep[] => {
  const { briefing, requests } = known.announcement;
  const { timetable } = briefing;
  if (!timetable) return [];
  const done = doneIn(known);
  const planned = (Object.keys(steps) as Step[]).flatMap((step): readonly PlannedStep[] => {
    const [what, by] = steps[step];
    const day = timetable[step];
    return day === undefined ? [] : [{ step, what, day, by, done: done[step] }];
  });
  const asked = Object.entries(timetable.requests).map(([request, day]): PlannedStep => ({
    step: request,
    what: `The service sends the ${requestInWords(briefing, request)}`,
    day,
    by: "service",
    done: requests.get(request)?.satisfied ?? false,
  }));
  return [...planned, ...asked].toSorted((a, b) => a.day.localeCompare(b.day));
};

const doneIn = (known: Known): Readonly<Record<Step, boolean>> => {
  const { announcement, fieldwork, panel, publication } = known;
  const published = publication.version > 0;
  const after = (...phases: readonly string[]): boolean =>
    phases.some((phase) => publication.phase.value === phase);
  const signed = published || after("signed", "embargoed");
  const settled = signed || after("settled");
  return {
    announcement: announcement.briefing.framework !== undefined,
    sample: known.lifecycle.hasTag("ready"),
    fieldworkStart: known.lifecycle.hasTag("in-fieldwork"),
    fieldworkEnd: known.lifecycle.hasTag("rateable"),
    feedback: fieldwork.feedback,
    panel: panel.concluded.length > 0,
    draft: settled || after("shared", "commented"),
    factualAccuracy: settled,
    signOff: signed,
    embargo: published || after("embargoed"),
    publication: published,
    actionPlan: after("planned", "accepted", "closed"),
  };
};

/** Every request: by when, what arrived with its digest as the receipt, what was sent back. */
export const requestsTold = (known: Known, facts: readonly InspectionEvent[], now: Instant) =>
  [...known.announcement.requests].map(([kind, request]) => {
    const { due, satisfied, chased } = request;
    const received = facts.flatMap((fact) => {
      if (fact.type !== "SubmissionReceived" || fact.request !== kind) return [];
      const back = facts.findLast(
        (each) => each.type === "SubmissionReturned" && each.digest === fact.digest,
      );
      const returned = back?.type === "SubmissionReturned" ? back : undefined;
      return [
        {
          name: words(fact.text)?.name ?? null,
          digest: fact.digest,
          bytes: fact.bytes,
          mediaType: fact.mediaType,
          at: fact.at,
          by: fact.by.id,
          returned: returned ? { at: returned.at, reason: words(returned.text)?.reason } : null,
        },
      ];
    });
    const late = !satisfied && endOfDay(due) < now;
    return { request: kind, due, satisfied, chased, late, received };
  });

/** The letters as they were written; `matches` says that each still says what was recorded. */
export const lettersTold = (facts: readonly InspectionEvent[]) => {
  const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
  if (announced?.type !== "InspectionAnnounced") return [];
  const written = facts.find((fact) => fact.type === "LettersWritten");
  const { commitment, referenceDate } = announced;
  const then = facts.slice(0, facts.indexOf(announced));
  const { service, timetable, team, delegate, kind } = then.reduce(briefedBy, unbriefed);
  const framework = underKind(frameworkIn(announced.framework.version), kind);
  const about = { service, timetable, team, delegate, commitment, referenceDate, framework };
  return announced.recipients.map((recipient, at) => {
    const digest = written?.letters[at]?.digest;
    const [text, former] = [false, true].map((before) =>
      letterTo(recipient, { ...about, former: before }),
    ) as [string, string];
    const said = digest === letterDigest(former) ? former : text;
    return {
      office: recipient.office,
      name: words(recipient.text)?.name ?? null,
      template: written?.template.id ?? letterTemplateOf(announced.framework.version).id,
      digest: digest ?? null,
      matches: digest === letterDigest(said),
      text: said,
    };
  });
};
