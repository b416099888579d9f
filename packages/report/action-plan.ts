/**
 * How a service has answered a report, as the public reads it: that a plan is awaited, received or
 * returned; once it is accepted, each action and all progress, with who says so. What the service
 * says of its progress is read once somebody of the inspectorate has released it.
 */
import { z } from "zod";

import { Day, dayInEngland } from "@assay/domain/kernel/instants.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";
import { erasedWords } from "./results.ts";
import { firstPublished, type ReportModel } from "./model.ts";

const Status = z.enum(["not-started", "in-progress", "done", "not-accepted"]);
export type Status = z.infer<typeof Status>;

const Progress = z.strictObject({
  on: Day,
  status: Status,
  by: z.enum(["service", "inspectorate"]).meta({ description: "Who says so." }),
  note: z.string(),
});

const Answered = z.strictObject({
  number: z.int().min(1),
  addressee: z.string(),
  wording: z.string(),
  actions: z.array(z.strictObject({ action: z.string(), due: Day })).readonly(),
  progress: z.array(Progress).readonly().meta({ description: "Rising: the last one holds." }),
});
export type Answered = z.infer<typeof Answered>;

/** Actions and progress are empty until the plan is accepted. */
export const ActionPlan = z.strictObject({
  format: z.literal("assay-action-plan/1"),
  inspection: z.string(),
  service: z.strictObject({ id: z.string(), name: z.string() }),
  version: z.int().min(1).meta({ description: "The version whose recommendations these are." }),
  state: z.enum(["awaited", "received", "returned", "accepted"]),
  due: Day.meta({ description: "By when the service was to send its plan." }),
  received: Day.optional(),
  returned: Day.optional(),
  accepted: Day.optional().meta({ description: "The inspection closed on this day as well." }),
  recommendations: z.array(Answered).readonly(),
});
export type ActionPlan = z.infer<typeof ActionPlan>;

/** The JSON Schema (2020-12) of the file, to be published beside it. */
export const actionPlanSchema = (id: string): object => ({
  $id: id,
  title: "A service's answer to the recommendations of an inspection report",
  ...z.toJSONSchema(ActionPlan),
});

type PublicationFact<Type extends PublicationEvent["type"]> = Extract<
  PublicationEvent,
  { type: Type }
>;

const answering = [
  "ActionPlanReceived",
  "ActionPlanReturned",
  "ActionPlanAccepted",
  "RecommendationTracked",
  "ProgressReleased",
] as const satisfies readonly PublicationEvent["type"][];
type Progressing = "RecommendationTracked" | "ProgressReleased";
type Answering = PublicationFact<(typeof answering)[number]>;

/** Whether a fact changes what the public reads of a plan. */
export const answersReport = (fact: { readonly type: string }): fact is Answering =>
  answering.some((type) => type === fact.type);

type Planned = Pick<
  ReportModel,
  "inspection" | "service" | "version" | "framework" | "recommendations" | "history" | "dates"
>;

/** From the newest version of a report and the facts that followed it, in their order. */
export const actionPlanOf = (model: Planned, followed: readonly PublicationEvent[]): ActionPlan => {
  const facts = followed.filter(answersReport);
  const { inspection, service, version, framework, recommendations } = model;
  const last = facts.findLast(
    (fact): fact is Exclude<Answering, PublicationFact<Progressing>> =>
      fact.type !== "RecommendationTracked" && fact.type !== "ProgressReleased",
  );
  const plan = facts.findLast((fact) => fact.type === "ActionPlanReceived");
  const published = Day.parse(firstPublished(model));
  const { workingDays } = framework.ruleset.timetable.actionPlan;
  const accepted = last?.type === "ActionPlanAccepted" ? last : undefined;
  return {
    format: "assay-action-plan/1",
    inspection,
    service: { id: service.id, name: service.name },
    version,
    state: last ? stateAfter[last.type] : "awaited",
    due: addWorkingDays(published, workingDays),
    ...(plan && { received: dayInEngland(plan.at) }),
    ...(last?.type === "ActionPlanReturned" && { returned: dayInEngland(last.at) }),
    ...(accepted && { accepted: dayInEngland(accepted.at) }),
    recommendations: recommendations.map(({ number, addressee, wording }) => ({
      number,
      addressee,
      wording,
      actions: accepted ? actionsIn(plan, number) : [],
      progress: accepted ? progressIn(facts, number) : [],
    })),
  };
};

const stateAfter = {
  ActionPlanReceived: "received",
  ActionPlanReturned: "returned",
  ActionPlanAccepted: "accepted",
} as const;

const actionsIn = (
  plan: PublicationFact<"ActionPlanReceived"> | undefined,
  number: number,
): Answered["actions"] =>
  (plan?.actions ?? [])
    .filter(({ recommendation }) => recommendation === number)
    .map(({ due, text }) => ({ action: words(text)?.action ?? erasedWords, due }));

const progressIn = (facts: readonly Answering[], number: number): Answered["progress"] => {
  const released = facts.findLastIndex(
    (fact) => fact.type === "ProgressReleased" && fact.number === number,
  );
  return facts
    .filter((fact, i) => fact.by.role !== "provider-user" || i < released)
    .filter((fact) => fact.type === "RecommendationTracked")
    .filter((fact) => fact.number === number)
    .map(({ at, by, status, text }) => ({
      on: dayInEngland(at),
      status,
      by: by.role === "provider-user" ? "service" : "inspectorate",
      note: words(text)?.note ?? erasedWords,
    }));
};

/** The status that holds for a recommendation; undefined where nobody has said anything yet. */
export const statusOf = ({ progress }: Answered): Status | undefined => progress.at(-1)?.status;

/** The last day on which anything that the public reads of a plan changed. */
export const lastChange = ({ accepted, recommendations }: ActionPlan): Day | undefined =>
  accepted &&
  recommendations
    .flatMap(({ progress }) => progress.map(({ on }) => on))
    .reduce((last, on) => (on > last ? on : last), accepted);
