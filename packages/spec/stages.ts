/**
 * An inspection at any stage of its life, as a world of its own. The way there is told once for
 * each story and remembered, so that every test may begin where it needs to.
 */
import { allocateAndOpen, assessAll, closeFieldwork } from "./assessing.ts";
import { announce, draw, notify, schedule, submitList } from "./before-fieldwork.ts";
import { conclude, convene, decideAll } from "./deciding.ts";
import {
  acceptPlan,
  awaitPublication,
  draft,
  embargo,
  returnComments,
  settle,
  share,
  sign,
  submitPlan,
} from "./publishing.ts";
import { plainStory, type Story } from "./story.ts";
import { createWorld, type World } from "./world.ts";

/** Each stage with what leads to it from the one before. */
const chapters = {
  unscheduled: () => {},
  scheduled: schedule,
  announced: announce,
  listed: submitList,
  sampled: draw,
  notified: notify,
  opened: allocateAndOpen,
  assessed: assessAll,
  "fieldwork-closed": closeFieldwork,
  sitting: convene,
  decided: decideAll,
  concluded: conclude,
  drafted: draft,
  shared: share,
  commented: returnComments,
  settled: settle,
  signed: sign,
  embargoed: (world) => embargo(world),
  published: awaitPublication,
  planned: submitPlan,
  closed: acceptPlan,
} as const satisfies Record<string, (world: World, story: Story) => void>;

export type Stage = keyof typeof chapters;

/** In the order of an inspection's life. */
export const stages = Object.keys(chapters) as readonly Stage[];

const told = new WeakMap<Story, Map<Stage, World>>();

/** A new world in which the story has come to this stage. */
export const worldAt = (stage: Stage, story: Story = plainStory): World => {
  const worlds = told.get(story) ?? new Map<Stage, World>();
  told.set(story, worlds);
  const world = worlds.get(stage) ?? arrive(stage, story);
  worlds.set(stage, world);
  return world.fork();
};

const arrive = (stage: Stage, story: Story): World => {
  const before = stages[stages.indexOf(stage) - 1];
  const world = before ? worldAt(before, story) : createWorld();
  chapters[stage](world, story);
  return world;
};
