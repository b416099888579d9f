import { recordedIn } from "@assay/spec/examples.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { plainStory, type Story } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { why } from "./explain.ts";
import { render } from "./explanation.ts";
import { replay } from "./replay.ts";

/** Five of six court cases and three of four others are sufficient everywhere. */
const story: Story = {
  ...plainStory,
  answer: (id) =>
    id === "c0001" || id === "c0002" || id === "c0009" || id === "c0010" ? "no" : "yes",
};

const present = panelMembers;

/** The first standard that may be moved goes up, the second down; the rest are declined. */
const decided = (): { readonly world: World; readonly up: string; readonly down: string } => {
  const world = worldAt("sitting", story);
  const open: string[] = [];
  for (const standard of ["2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4"]) {
    const [fact] = world.tell(people.chair, { type: "ConsiderStandard", standard, present });
    if (fact?.type === "StandardConsidered" && fact.triggers.length > 0) open.push(standard);
  }
  const [up = "", down = "", ...others] = open;
  const ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
  const move = (standard: string, steps: 1 | -1, reason: string): void => {
    const { rule } = replay(recordedIn(world))!.standards.find(
      (each) => each.standard === standard,
    )!;
    const to = ratings[ratings.indexOf(rule!) + steps]!;
    world.tell(people.chair, { type: "ExerciseDiscretion", standard, to, present, reason });
  };
  move(up, 1, "The other key questions were far stronger.");
  move(down, -1, "What was not sufficient was grave.");
  for (const standard of others) {
    const reason = "The numbers say what we saw.";
    world.tell(people.chair, { type: "DeclineDiscretion", standard, present, reason });
  }
  for (const standard of ["1.1", "1.2", "1.3", "1.4"]) {
    const changes = standard === "1.4";
    const rating = changes ? "Outstanding" : "Good";
    const reason = changes ? { reason: "The facilities are better than that." } : {};
    world.tell(people.chair, { type: "DecideDomainOne", standard, rating, present, ...reason });
  }
  world.tell(people.chair, { type: "ConcludePanel", present });
  return { world, up, down };
};

const told = (world: World, subject: string, conclusion?: number): string => {
  const answer = why(recordedIn(world), subject, conclusion === undefined ? {} : { conclusion });
  return answer.explained ? render(answer.explanation) : JSON.stringify(answer.refusal);
};

describe("a panel that moved one rating up, one down, and declined the rest", () => {
  const { world, up, down } = decided();

  it("replays to what it concluded", () => {
    const found = replay(recordedIn(world))!;
    expect(found.discrepancies).toEqual([]);
    const decidedBy = new Map(found.standards.map((each) => [each.standard, each.decidedBy]));
    expect([decidedBy.get(up), decidedBy.get(down)]).toEqual(["discretion", "discretion"]);
    expect([...decidedBy.values()].filter((by) => by === "rule").length).toBeGreaterThan(0);
  });

  it("is explained with its direction and its reason", () => {
    expect(told(world, up)).toContain("moved the rating up, from ");
    expect(told(world, up)).toContain("“The other key questions were far stronger.”");
    expect(told(world, down)).toContain("moved the rating down, from ");
    expect(told(world, "1.4")).toContain(
      "The panel changed the proposal from Good to Outstanding.",
    );
    expect(told(world, "1.4")).toContain("“The facilities are better than that.”");
  });

  it("is explained by each sitting's own facts once it has sat again", () => {
    const again = world.fork();
    const reason = "A fact was corrected.";
    const standards = [up];
    again.tell(people.chair, { type: "ReconvenePanel", standards, comments: [], reason });
    again.tell(people.chair, { type: "ConsiderStandard", standard: up, present });
    again.tell(people.chair, { type: "DeclineDiscretion", standard: up, present, reason });
    again.tell(people.chair, { type: "ConcludePanel", present });
    expect(told(again, up, 1)).toContain("moved the rating up, from ");
    expect(told(again, up)).toContain("decided not to");
    expect(told(again, down)).toContain("moved the rating down, from ");
    expect(replay(recordedIn(again), 1)).toMatchObject({ equal: true, conclusion: 1 });
    expect(replay(recordedIn(again), 2)).toMatchObject({ equal: true, conclusion: 2 });
  });
});

describe("an inspection in which a standard could not be rated", () => {
  const nobody: Story = {
    ...plainStory,
    scope: (id) => ({
      facts: {
        ...plainStory.scope(id).facts,
        desistanceChanged: false,
        safetyChanged: false,
        harmChanged: false,
      },
      notDue: [],
    }),
  };

  it("withholds its overall rating, and tells who decided what then", () => {
    const world = worldAt("concluded", nobody);
    expect(replay(recordedIn(world))).toMatchObject({ equal: true, overall: null });
    expect(told(world, "2.4")).toContain("2.4 Reviewing could not be rated: no case was relevant.");
    expect(told(world, "overall")).toContain("It is withheld because 2.4 could not be rated.");
    world.tell(people.head, { type: "DecideOverall", overall: "Good", reason: "It stands." });
    expect(told(world, "overall")).toContain("The overall rating is Good.");
    expect(told(world, "overall")).toContain("set it to Good, by Hugo (head of programme)");
  });
});
