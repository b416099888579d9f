import { outlineOf, unbriefed } from "@assay/domain/briefing/inspection.ts";
import { FrameworkDocument, type Framework } from "@assay/domain/framework/document.ts";
import { judgedByPeople } from "@assay/domain/framework/standards.ts";
import { expect, it } from "vitest";

import { frameworkAsked } from "../framework-requests.ts";
import { panelMembers, people, service, team } from "../people.ts";
import { awaitPublication, embargo, returnComments, settle, share, sign } from "../publishing.ts";
import { fieldworkDays } from "../story.ts";
import { createWorld, type World } from "../world.ts";
import { care, careServices, childrensServices, police, prisons, schools } from "./documents.ts";

type Ratings = Readonly<Record<string, string>>;

/** From the adoption to the published report, through the rules of every step. */
const carried = (framework: Framework, grades: Ratings, overall?: string): World => {
  const world = createWorld();
  const adopted = world.send(frameworkAsked("AdoptFramework", people.head, framework));
  expect(adopted).toMatchObject({ accepted: true });
  const scheduling = { type: "ScheduleInspection", service, framework: framework.id } as const;
  world.tell(people.scheduler, { ...scheduling, fieldwork: fieldworkDays, team });
  world.moveTo("2021-04-12T09:00:00.000Z");
  const recipients = [{ office: "head", text: { name: "The head" } }];
  world.tell(people.scheduler, { type: "AnnounceInspection", recipients });
  const late = world.ask(people.provider, { type: "SubmitCaseList", rows: [] });
  expect(late).toMatchObject({ refusal: { reason: "NotInThisPhase" } });
  expect(world.owed().map(({ key }) => key)).toContain("send/self-evaluation");
  expect(world.owed().map(({ key }) => key)).not.toContain("draw");
  world.tell(people.lead, { type: "SatisfyRequest", request: "self-evaluation" });
  world.moveTo("2021-05-18T09:00:00.000Z");
  inspect(world, framework, grades);
  decide(world, grades, overall);
  report(world, framework);
  return world;
};

const inspect = (world: World, framework: Framework, grades: Ratings): void => {
  for (const standard of framework.standards) {
    const item = `seen-${standard.code.toLowerCase()}`;
    const keyQuestions = standard.keyQuestions.map(({ code }) => code);
    const evidence = { type: "LogEvidence", item, kind: "observation", keyQuestions } as const;
    world.tell(people.lead, { ...evidence, title: "What was seen" });
    for (const { code } of judgedByPeople(framework, standard)) {
      const proposal = { standard: code, rating: grades[code]!, evidence: [item] };
      world.tell(people.lead, { type: "ProposeDomainOne", ...proposal, rationale: "As seen." });
    }
  }
  world.moveTo("2021-05-21T14:00:00.000Z");
  const summary = "What we found.";
  world.tell(people.lead, { type: "GiveInitialFeedback", day: "2021-05-21", summary });
  world.tell(people.lead, { type: "CloseFieldwork" });
};

const decide = (world: World, grades: Ratings, overall: string | undefined): void => {
  world.moveTo("2021-06-03T09:00:00.000Z");
  const panel = { chair: people.chair.id, members: panelMembers };
  world.tell(people.chair, { type: "ConvenePanel", ...panel });
  for (const [standard, rating] of Object.entries(grades)) {
    const decision = { standard, rating, present: panelMembers };
    world.tell(people.chair, { type: "DecideDomainOne", ...decision });
  }
  world.tell(people.chair, { type: "ConcludePanel", present: panelMembers });
  const owed = world.owed().map(({ key }) => key);
  expect(owed.includes("decide-overall")).toBe(overall !== undefined);
  if (overall === undefined) return;
  const reason = "As the panel sees it.";
  world.tell(people.head, { type: "DecideOverall", overall, reason });
};

const report = (world: World, framework: Framework): void => {
  world.moveTo("2021-06-14T09:00:00.000Z");
  for (const { id } of outlineOf({ ...unbriefed, framework })) {
    world.tell(people.lead, { type: "DraftSection", section: id, markdown: "What was found." });
  }
  const wording = "Do better.";
  world.tell(people.lead, {
    type: "MakeRecommendation",
    number: 1,
    addressee: "The head",
    wording,
  });
  share(world);
  returnComments(world);
  settle(world);
  sign(world);
  embargo(world);
  awaitPublication(world);
};

/** What each standard and the whole were rated, as the panel's last conclusion has it. */
const outcome = (world: World) => {
  const concluded = world.facts("panel").findLast(({ type }) => type === "RatingsConcluded");
  if (concluded?.type !== "RatingsConcluded") throw new Error("nothing was concluded");
  const rated = concluded.standards.map(({ standard, rating }) => [standard, rating]);
  return { ...Object.fromEntries(rated), overall: concluded.overall };
};

const isPublished = (world: World): boolean =>
  world.facts("publication").some(({ type }) => type === "ReportPublished");

const scores = (...each: readonly string[]): Ratings =>
  Object.fromEntries(
    each.flatMap((row, at) => [...row].map((score, i) => [`K${at + 1}.${i + 1}`, score])),
  );

const prisonGrades = { T1: "poor", T2: "good", T3: "reasonably good", T4: "not sufficiently good" };
const schoolGrades = {
  ...{ A1: "exceptional", A2: "strong", A3: "expected standard", A4: "needs attention" },
  ...{ A5: "urgent improvement", A6: "strong", SG: "not met" },
};
const forceGrades = {
  ...{ C1: "outstanding", C2: "good", C3: "adequate" },
  ...{ C4: "requires improvement", C5: "inadequate" },
};

/** What the grades come to was worked out by hand, by each inspectorate's own rules. */
const expected: readonly (readonly [string, Framework, Ratings, object])[] = [
  ["prisons, without a rating of the whole", prisons, prisonGrades, prisonGrades],
  ["schools, with safeguarding met or not", schools, schoolGrades, schoolGrades],
  ["police forces, with five grades", police, forceGrades, forceGrades],
  [
    "care services, by the lowest of six grades",
    careServices,
    {
      ...{ "Q1.1": "excellent", "Q1.2": "weak", "Q2.1": "good", "Q2.2": "very good" },
      ...{ "Q3.1": "adequate", "Q3.2": "adequate", "Q4.1": "unsatisfactory", "Q4.2": "excellent" },
    },
    { Q1: "weak", Q2: "good", Q3: "adequate", Q4: "unsatisfactory" },
  ],
  [
    "health and care, by points with limits",
    care,
    // 16 of 16; 14 of 16 with a 2: 88%, limited; 13 of 16 with a 1: 81%, limited; 10 of 16: 63%;
    // 6 of 16: 38%.
    scores("4444", "4442", "4441", "3322", "2211"),
    {
      ...{ K1: "outstanding", K2: "good", K3: "requires improvement", K4: "good" },
      ...{ K5: "inadequate", overall: "good" },
    },
  ],
  [
    "health and care, where two key questions are outstanding",
    care,
    scores("4444", "4444", "3333", "3333", "3333"),
    { K1: "outstanding", K2: "outstanding", K3: "good", overall: "outstanding" },
  ],
];

it.each(expected)("carries %s", (_, framework, grades, ratings) => {
  expect(FrameworkDocument.safeParse(framework).error?.issues ?? []).toEqual([]);
  const world = carried(framework, grades);
  expect(outcome(world)).toMatchObject(ratings);
  expect(isPublished(world)).toBe(true);
});

it("carries children's services, inadequate as a whole where protection is", () => {
  const framework = childrensServices;
  const grades = { J1: "inadequate", J2: "good", J3: "good", J4: "good" };
  expect(() => carried(framework, grades, "good")).toThrow("AboveTheLimit");
  const world = carried(framework, grades, "inadequate");
  expect(isPublished(world)).toBe(true);
  const better = { ...grades, J1: "good", J4: "inadequate" };
  expect(isPublished(carried(framework, better, "good"))).toBe(true);
});
