import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";

import { type ActionPlan, actionPlanOf, actionPlanSchema, lastChange } from "./action-plan.ts";
import { accepted, returned } from "./golden/answers.ts";
import { storyOf } from "./golden/story.ts";
import { reportModelOf } from "./model.ts";

const model = reportModelOf(storyOf("peterborough-2020"), 2);
const all = (plan: ActionPlan) =>
  plan.recommendations.flatMap(({ actions, progress }) => [...actions, ...progress]);

it("is awaited, fifteen working days from the first publication, while nothing was sent", () => {
  const plan = actionPlanOf(model, []);
  expect(plan).toMatchObject({ state: "awaited", version: 2 });
  expect(plan.due > model.history[0]!.on).toBe(true);
  expect(plan.recommendations.map(({ number }) => number)).toEqual([1, 2, 3]);
});

it.each([
  ["received", 1],
  ["returned", 2],
  ["received", 3],
] as const)("says that a plan was %s, and not a word of it, before it is accepted", (state, n) => {
  const plan = actionPlanOf(model, accepted.slice(0, n));
  expect(plan.state).toBe(state);
  expect(all(plan)).toEqual([]);
  expect(lastChange(plan)).toBeUndefined();
});

it("tells each action and all progress of an accepted plan, with who says so and nobody's name", () => {
  const plan = actionPlanOf(model, accepted);
  expect(plan).toMatchObject({ state: "accepted", accepted: "2020-09-18", received: "2020-09-14" });
  expect(plan.recommendations.map(({ actions }) => actions.length)).toEqual([2, 1, 1]);
  expect(plan.recommendations[0]!.progress).toEqual([
    {
      on: "2021-01-29",
      status: "in-progress",
      by: "service",
      note: "The review of plans is finished.",
    },
    {
      on: "2021-04-02",
      status: "done",
      by: "inspectorate",
      note: "Seen at a visit: all staff were trained.",
    },
  ]);
  expect(lastChange(plan)).toBe("2021-04-02");
  expect(JSON.stringify(plan)).not.toMatch(/somebody|"manager"/);
});

it("keeps back what the service says until it is released", () => {
  const whole = accepted.filter(({ type }) => type !== "ProgressReleased");
  const told = (facts: typeof accepted) =>
    actionPlanOf(model, facts).recommendations.map(({ progress }) => progress.map(({ by }) => by));
  expect(told(whole)).toEqual([["inspectorate"], [], []]);
  const release = accepted.find(({ type }) => type === "ProgressReleased")!;
  expect(told([...whole, release])).toEqual([["service", "inspectorate"], [], []]);
  expect(
    told([...accepted, whole.find(({ type }) => type === "RecommendationTracked")!])[0],
  ).toEqual(["service", "inspectorate"]);
});

it("prints that words were erased, and keeps the rest", () => {
  const erased = accepted.map((fact) =>
    fact.type === "RecommendationTracked" ? { ...fact, text: { erased: true as const } } : fact,
  );
  const [first] = actionPlanOf(model, erased).recommendations;
  expect(first!.progress.map(({ status, note }) => [status, note])).toEqual([
    ["in-progress", "[erased]"],
    ["done", "[erased]"],
  ]);
});

it("is what its published schema says", () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(actionPlanSchema("https://inspectorate.example/schema.json"));
  for (const facts of [[], returned, accepted]) {
    const published: unknown = JSON.parse(JSON.stringify(actionPlanOf(model, facts)));
    expect(validate(published) ? [] : validate.errors).toEqual([]);
  }
  expect(validate({ ...actionPlanOf(model, []), state: "late" })).toBe(false);
});
