/** What a specimen is: a command where it is in place, accepted and with something to record. */
import type { Actor } from "@assay/domain/kernel/actor.ts";

import { type Stage, worldAt } from "./stages.ts";
import type { Story } from "./story.ts";
import type { Answer, Asked, World } from "./world.ts";

export type Specimen = {
  readonly at: Stage;
  readonly story?: Story;
  /** What happens first. */
  readonly before?: (world: World) => void;
  readonly by: Actor | ((world: World) => Actor);
  readonly ask: Asked | ((world: World) => Asked);
  /** The command's own time, where it is not the clock's. */
  readonly when?: string;
};

/** The world in which the specimen's command is in place. */
export const stageOf = ({ at, story, before }: Specimen): World => {
  const world = worldAt(at, story);
  before?.(world);
  return world;
};

export const senderOf = ({ by }: Specimen, world: World): Actor =>
  typeof by === "function" ? by(world) : by;

export const askedOf = ({ ask }: Specimen, world: World): Asked =>
  typeof ask === "function" ? ask(world) : ask;

export const sendSpecimen = (specimen: Specimen, world: World): Answer =>
  world.ask(senderOf(specimen, world), askedOf(specimen, world), specimen.when);
