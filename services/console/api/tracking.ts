/**
 * The API on what is under way in one inspection: plan, requests, reminders, allocation, what
 * people judge, surveys and alerts.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { proposeAllocation } from "@assay/domain/fieldwork/allocation.ts";
import { DomainOneProposed, SurveyClosed } from "@assay/domain/fieldwork/events.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import { SettingId } from "@assay/domain/framework/setting-id.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { CaseId, Digest, ItemId, PersonId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { Reminded, ReminderCalled } from "@assay/domain/reminders/events.ts";
import { remindersTold } from "@assay/domain/reminders/told.ts";
import { planTold, requestsTold } from "@assay/domain/tracking/announcement.ts";
import { domainOneTold } from "@assay/domain/tracking/fieldwork.ts";
import { z } from "zod";

import { inspectionIn, type Visit } from "../pages/page.ts";
import { conflictsWith } from "../reading/conflicts.ts";
import { factOf } from "../reading/held.ts";
import { mayOn } from "../reading/permitted.ts";
import { alertsTold } from "../reading/sent.ts";
import { isStaff, mayRead } from "../reading/viewer.ts";
import { arrayOf, count, day, text, yesOrNo } from "./answers.ts";
import { type Endpoint, reads } from "./endpoint.ts";
import { PostOutcome } from "./letters.ts";

const PlannedStep = z.strictObject({
  step: text.describe("A step of the timetable, or what the service is asked for."),
  what: text,
  day,
  by: z.enum(["inspectorate", "service", "both"]),
  done: yesOrNo,
});

const Submission = z.strictObject({
  name: text.nullable(),
  digest: Digest,
  bytes: count,
  mediaType: text,
  at: Instant,
  by: PersonId,
  returned: z.strictObject({ at: Instant, reason: text.optional() }).nullable(),
});

const Request = z.strictObject({
  request: SettingId,
  due: Day,
  satisfied: yesOrNo,
  chased: yesOrNo,
  late: yesOrNo,
  received: arrayOf(Submission),
});

const Reminder = z.strictObject({
  reminder: z.uuid(),
  at: Instant,
  to: Reminded,
  items: ReminderCalled.shape.items,
  outcome: PostOutcome,
});

const Allocation = z.strictObject({
  allocated: z.record(text, PersonId).describe("By case."),
  proposal: z.strictObject({
    cases: arrayOf(
      z.strictObject({
        case: CaseId,
        to: PersonId,
        questions: count,
        barred: arrayOf(z.strictObject({ person: PersonId, because: text })),
      }),
    ),
    left: arrayOf(CaseId),
    loads: arrayOf(
      z.strictObject({ person: PersonId, cases: count, questions: count, forEachShare: count }),
    ),
  }),
});

const Evidence = z.strictObject({
  item: ItemId,
  kind: SettingId,
  title: text.nullable(),
  digest: Digest.nullable(),
  by: PersonId,
  at: Instant,
});

const DomainOneStandard = z.strictObject({
  standard: text,
  label: text,
  keyQuestions: arrayOf(z.strictObject({ code: text, label: text, evidence: arrayOf(Evidence) })),
  gaps: arrayOf(text).describe("Key questions to which no evidence speaks yet."),
  proposal: z
    .strictObject({
      rating: Rating,
      evidence: DomainOneProposed.shape.evidence,
      by: PersonId,
      at: Instant,
      rationale: text.nullable(),
    })
    .nullable(),
  grades: arrayOf(Rating).describe("What it may be rated, the lowest first."),
  characteristics: z.record(Rating, text).nullable(),
});

const Survey = SurveyClosed.omit({ type: true }).extend({ by: PersonId });

const Conflicts = z.strictObject({
  declared: arrayOf(
    z.strictObject({
      person: PersonId,
      case: CaseId.optional().describe("Left out: with the whole inspection."),
      reason: text.optional().describe("To those who may read every fact."),
      at: Instant,
      by: PersonId,
    }),
  ),
  elsewhere: arrayOf(
    z.strictObject({ person: text, service: text, start: Day, end: Day }),
  ).describe("Other fieldwork within a week of these days, to those who choose the team."),
  tied: arrayOf(z.strictObject({ person: text, because: text })).describe(
    "By what the programme says of its inspectors, to the same.",
  ),
});

const Alert = z.strictObject({
  alert: ItemId,
  case: CaseId.optional(),
  at: Instant,
  by: PersonId,
  due: Instant,
  stage: z.enum(["raised", "notified", "answered", "closed"]).optional(),
  risk: text.optional().describe("Not to whoever only plans, like what follows."),
  action: text.optional(),
  response: text.optional(),
});

const base = "/inspections/:inspection";

export const ofTracking: readonly Endpoint[] = [
  reads(
    `${base}/plan`,
    {
      summary: "The plan that both sides see",
      answer: z.strictObject({ plan: arrayOf(PlannedStep) }),
    },
    async (visit) => ({ plan: planTold(await inspectionIn(visit)) }),
  ),
  reads(
    `${base}/requests`,
    {
      summary: "What was asked of the service, and what became of it",
      answer: z.strictObject({ requests: arrayOf(Request) }),
    },
    async (visit) => {
      const { held, facts } = await told(visit);
      return { requests: requestsTold(held, facts.filter(isInspectionEvent), visit.now) };
    },
  ),
  reads(
    `${base}/reminders`,
    {
      summary: "Who was reminded of what, and whether that reached them",
      answer: z.strictObject({ reminders: arrayOf(Reminder) }),
    },
    async (visit) => ({ reminders: remindersTold((await told(visit)).facts) }),
  ),
  reads(
    `${base}/allocation`,
    { summary: "Who has which case, and a proposal for the rest", answer: Allocation },
    async (visit) => {
      const { fieldwork } = await inspectionIn(visit);
      const allocated = Object.fromEntries(fieldwork.allocation);
      return { allocated, proposal: proposeAllocation(fieldwork) };
    },
  ),
  ...["judged-by-people", "domain-one"].map((path) =>
    reads(
      `${base}/${path}`,
      {
        summary:
          "Evidence by key question, gaps and proposals, where people judge" +
          (path === "domain-one" ? "; the former path of judged-by-people" : ""),
        answer: z.strictObject({ standards: arrayOf(DomainOneStandard) }),
      },
      async (visit) => ({ standards: domainOneTold(await inspectionIn(visit)) }),
    ),
  ),
  reads(
    `${base}/surveys`,
    {
      summary: "How many were asked in each survey, and how many answered",
      answer: z.strictObject({ surveys: arrayOf(Survey) }),
    },
    async (visit) => {
      const { surveys } = (await inspectionIn(visit)).fieldwork;
      const told = ({ survey, invited, responded, at, by }: z.output<typeof SurveyClosed>) => ({
        ...{ survey, invited, responded, at, by: by.id },
      });
      return { surveys: [...surveys.values()].map(told) };
    },
  ),
  reads(
    `${base}/conflicts`,
    {
      summary: "What speaks against somebody on its team or on one of its cases",
      answer: Conflicts,
    },
    async (visit) => {
      const { held, facts } = await told(visit);
      const { viewer, library } = visit;
      const plans = mayOn(viewer, held, "AssignTeam");
      return {
        declared: declaredIn(facts, mayRead(viewer, "history", held)),
        ...(plans ? await conflictsWith(held, library) : { elsewhere: [], tied: [] }),
      };
    },
  ),
  reads(
    `${base}/alerts`,
    {
      summary: "Risks that needed action at once, and what came of them",
      answer: z.strictObject({ alerts: arrayOf(Alert) }),
    },
    async (visit) => {
      const { held, facts } = await told(visit);
      const alerts = alertsTold(facts, held, visit.viewer).map(({ by, ...each }) => ({
        ...each,
        by: by.id,
      }));
      const theirs = alerts.filter(({ stage }) => stage === "notified");
      return { alerts: isStaff(visit.viewer) ? alerts : theirs };
    },
  ),
];

const declaredIn = (facts: readonly AnyFact[], whole: boolean) =>
  facts.flatMap((fact) =>
    fact.type === "ConflictDeclared"
      ? [
          {
            person: fact.person,
            case: fact.case,
            ...(whole && { reason: words(fact.text)?.reason ?? "[erased]" }),
            at: fact.at,
            by: fact.by.id,
          },
        ]
      : [],
  );

const told = async (visit: Visit) => {
  const held = await inspectionIn(visit);
  return { held, facts: (await visit.library.events(held)).map(factOf) };
};
