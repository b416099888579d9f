/**
 * Cases as the inspected service knows them: by its own references, in the words of its own list,
 * with the interview that is booked. What was sent to the inspectors, and what came of it.
 */
import { pinned, requestNamed } from "@assay/domain/briefing/inspection.ts";
import { purposesOf } from "@assay/domain/framework/columns.ts";
import { kindOf } from "@assay/domain/framework/populations.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import { listedCase } from "./dossiers.ts";
import type { Held } from "./held.ts";
import { maySeeCases, type Viewer } from "./viewer.ts";

/** Its own reference and what else its list says of who it is about; undefined once erased. */
export const ownNames = (held: Held, id: CaseId) => {
  const { columns } = pinned(held.announcement.briefing);
  const { reference, person, worker } = purposesOf(columns);
  const said = words(listedCase(held, id)?.text ?? {});
  const of = (name: string | undefined) => (name === undefined ? undefined : said?.[name]);
  return { reference: of(reference), person: of(person), worker: of(worker) };
};

/** The service's reference of a case, for whoever may know of cases. */
export const referenceFor = (viewer: Viewer, held: Held, id: CaseId): string | undefined =>
  maySeeCases(viewer, held) ? ownNames(held, id).reference : undefined;

/** The labels of those columns. */
export const ownLabels = (held: Held) => {
  const { columns } = pinned(held.announcement.briefing);
  const { reference, person, worker } = purposesOf(columns);
  const of = (name: string | undefined) => columns.find((column) => column.name === name)?.label;
  return { reference: of(reference), person: of(person), worker: of(worker) };
};

/** The sample in the service's own words, once it was told of it. */
export const ownSample = (facts: readonly AnyFact[], held: Held) => {
  if (!facts.some(({ type }) => type === "SampleNotified")) return [];
  const booked = new Map(
    facts.flatMap((fact) => (fact.type === "InterviewBooked" ? [[fact.case, fact] as const] : [])),
  );
  const settings = pinned(held.announcement.briefing);
  return [...held.announcement.briefing.sample.values()].map(({ case: id, profile }) => {
    const interview = booked.get(id);
    return {
      ...ownNames(held, id),
      kind: kindOf(settings, profile),
      interview: interview && { day: interview.day, with: interview.with },
    };
  });
};

type Sent = { readonly at: string; readonly what: string; readonly came: string };

/** What the service sent, the newest first, each with what came of it. */
export const sentBy = (facts: readonly AnyFact[], held: Held): readonly Sent[] =>
  facts
    .flatMap((fact, place): readonly Sent[] => {
      const later = facts.slice(place + 1);
      switch (fact.type) {
        case "CaseListSubmitted":
          return [
            {
              at: fact.at,
              what: `Case list with ${fact.cases.length} cases`,
              came: ofList(later),
            },
          ];
        case "SubmissionReceived":
          return [
            {
              at: fact.at,
              what: `${requestNamed(held.announcement.briefing, fact.request)}: ${words(fact.text)?.name ?? "[erased]"}`,
              came: ofFile(fact, later),
            },
          ];
        case "AlertAnswered":
          return [
            {
              at: fact.at,
              what: "Answer to an alert",
              came: later.some((each) => each.type === "AlertClosed" && each.alert === fact.alert)
                ? "The alert is closed"
                : "The inspectors read it",
            },
          ];
        case "CommentsReturned":
          return [{ at: fact.at, what: "Comments on the draft", came: "See your comments below" }];
        case "ActionPlanReceived":
          return [{ at: fact.at, what: "Action plan", came: ofPlan(later) }];
        default:
          return [];
      }
    })
    .toReversed();

const ofList = (later: readonly AnyFact[]): string => {
  for (const fact of later) {
    if (fact.type === "CaseListReturned") return sentBack(words(fact.text)?.reason);
    if (fact.type === "SampleDrawn") return "The sample was drawn from it";
  }
  return "Received. The sample is drawn next";
};

const ofFile = (
  { request, digest }: Extract<AnyFact, { type: "SubmissionReceived" }>,
  later: readonly AnyFact[],
): string => {
  for (const fact of later) {
    if (fact.type === "SubmissionReturned" && fact.digest === digest)
      return sentBack(words(fact.text)?.reason);
    if (fact.type === "RequestSatisfied" && fact.request === request)
      return "Nothing more is needed";
  }
  return "Received. The lead inspector reads it";
};

const ofPlan = (later: readonly AnyFact[]): string => {
  for (const fact of later) {
    if (fact.type === "ActionPlanReturned") return sentBack(words(fact.text)?.reason);
    if (fact.type === "ActionPlanAccepted") return "Accepted and published";
  }
  return "Received. The head of programme reads it";
};

const sentBack = (reason: string | undefined): string =>
  `Sent back: ${reason ?? "[erased]"}`.replace(/\.$/, "");
