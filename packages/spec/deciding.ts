/** A story's panel: convened, every standard considered and decided by rule, concluded. */
import { panelMembers, people } from "./people.ts";
import { frameworkOf, proposedStandards } from "./assessing.ts";
import type { Story } from "./story.ts";
import type { World } from "./world.ts";

export const convene = (world: World): void => {
  world.moveTo("2021-06-03T09:00:00.000Z");
  world.tell(people.chair, {
    type: "ConvenePanel",
    chair: people.chair.id,
    members: panelMembers,
  });
};

/** Considers a standard judged by cases; declines discretion where it could be exercised. */
export const decideByRule = (world: World, standard: string): void => {
  const present = panelMembers;
  const [considered] = world.tell(people.chair, { type: "ConsiderStandard", standard, present });
  if (considered?.type !== "StandardConsidered" || considered.triggers.length === 0) return;
  const reason = "The numbers say what we saw.";
  world.tell(people.chair, { type: "DeclineDiscretion", standard, present, reason });
};

export const decideByPeople = (world: World, standard: string, story: Story): void => {
  world.tell(people.chair, {
    type: "DecideDomainOne",
    standard,
    rating: story.proposal(standard),
    present: panelMembers,
  });
};

export const caseStandardsOf = (story: Story): readonly string[] =>
  frameworkOf(story)
    .standards.filter(({ judged }) => judged === "by-cases")
    .map(({ code }) => code);

export const decideAll = (world: World, story: Story): void => {
  for (const standard of caseStandardsOf(story)) decideByRule(world, standard);
  for (const standard of proposedStandards(story)) decideByPeople(world, standard, story);
};

export const conclude = (world: World): void => {
  world.tell(people.chair, { type: "ConcludePanel", present: panelMembers });
};
