/** Stories with random answers, scopes, sizes and proposals: the same seed, the same story. */
import type { Scope } from "@assay/domain/framework/case-profile.ts";
import fc from "fast-check";

import type { Recorded } from "@assay/domain/audit/recorded.ts";

import { recordedIn } from "./examples.ts";
import { type Stage, worldAt } from "./stages.ts";
import { plainStory, type Story } from "./story.ts";

/** A number from 0 to 99 that follows from the words, so that a story told again is the same. */
const chance = (words: string): number => {
  let value = 2_166_136_261;
  for (const sign of words) value = Math.imul(value ^ sign.codePointAt(0)!, 16_777_619) >>> 0;
  return ((value ^ (value >>> 15)) >>> 0) % 100;
};

const scopeOf = (words: string, likely: number): Scope => {
  const so = (what: string): boolean => chance(`${words} ${what}`) < likely;
  return {
    facts: {
      inspectorRosh: so("rosh") ? "medium" : "low",
      inspectorSafety: "medium",
      childSafetyFactors: so("factors"),
      desistanceChanged: so("desistance"),
      safetyChanged: so("safety"),
      harmChanged: so("harm"),
    },
    notDue: [],
  };
};

const ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"] as const;

export const randomStory: fc.Arbitrary<Story> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    sufficient: fc.integer({ min: 20, max: 95 }),
    relevant: fc.integer({ min: 30, max: 100 }),
    framework: fc.constantFrom("yos-2018" as const, "yos-2021" as const),
    sizes: fc.record({
      court: fc.integer({ min: 2, max: 6 }),
      outOfCourt: fc.integer({ min: 1, max: 4 }),
    }),
  })
  .map(({ seed, sufficient, relevant, framework, sizes }) => ({
    ...plainStory,
    framework,
    sizes,
    scope: (id: string) => scopeOf(`${seed} ${id}`, relevant),
    answer: (id: string, question: string) =>
      chance(`${seed} ${id} ${question}`) < sufficient ? ("yes" as const) : ("no" as const),
    proposal: (standard: string) => ratings[chance(`${seed} ${standard}`) % 4]!,
  }));

/** So many stories; the same seed tells the same. */
export const randomStories = (numRuns: number, seed: number): readonly Story[] =>
  fc.sample(randomStory, { numRuns, seed });

const told = new WeakMap<Story, Map<Stage, readonly Recorded[]>>();

/** The facts of a story up to a stage. */
export const randomEvents = (stage: Stage, story: Story): readonly Recorded[] => {
  const stages = told.get(story) ?? new Map<Stage, readonly Recorded[]>();
  told.set(story, stages);
  const events = stages.get(stage) ?? recordedIn(worldAt(stage, story));
  stages.set(stage, events);
  return events;
};
