/**
 * A table of refusals as tests: for each reason, commands that are refused for it. The table's type
 * asks for every reason of a step, so that none is left without a test.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { describe, expect, it } from "vitest";

import { type Stage, worldAt } from "./stages.ts";
import type { Story } from "./story.ts";
import type { Asked, World } from "./world.ts";

export type Refused = {
  readonly at: Stage;
  readonly story?: Story;
  readonly before?: (world: World) => void;
  readonly by: Actor;
  readonly ask: Asked | ((world: World) => Asked);
  readonly when?: string;
  /** What the refusal says besides its reason. */
  readonly says?: Readonly<Record<string, unknown>>;
};

/** Every reason of a step's own rules; beside them what its charts are to refuse, by hand. */
export type Refusals<Refusal extends { readonly reason: string }> = Readonly<
  Record<Refusal["reason"], readonly Refused[]>
> &
  Readonly<Partial<Record<"NotInThisPhase", readonly Refused[]>>>;

export const testRefusals = (table: Readonly<Record<string, readonly Refused[]>>): void => {
  describe.each(Object.entries(table))("%s", (reason, cases) => {
    const named = cases.map((each, index) => ({ ...each, place: `${index + 1}, ${each.at}` }));
    it.each(named)("is said, in case $place, and nothing is recorded", (each) => {
      const { at, story, before, by, ask, when, says = {} } = each;
      const world = worldAt(at, story);
      before?.(world);
      const known = world.records.length;
      const answer = world.ask(by, typeof ask === "function" ? ask(world) : ask, when);
      expect(answer).toMatchObject({ accepted: false, refusal: { reason, ...says } });
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      expect(world.records.length).toBe(known);
    });
  });
};
