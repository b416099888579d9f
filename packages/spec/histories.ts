/**
 * Random histories for properties: from any stage, any commands of any step by whoever might send
 * them, in any order, with time passing in between. Most are refused, some are not.
 */
import { Actor, assay } from "@assay/domain/kernel/actor.ts";
import { dayInEngland, Instant, inEngland } from "@assay/domain/kernel/instants.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import fc from "fast-check";

import { sampleOf } from "./assessing.ts";
import { panelMembers, people } from "./people.ts";
import { askedOf, senderOf, type Specimen } from "./specimen.ts";
import { specimens } from "./specimens.ts";
import { type Stage, stages, worldAt } from "./stages.ts";
import { courtOnlyStory, plainStory, reconstructedStory, resettlementStory } from "./story.ts";
import type { Asked, World } from "./world.ts";

export type Move =
  | { readonly kind: "wait"; readonly workingDays: number }
  | {
      readonly kind: "send";
      readonly type: keyof typeof specimens;
      /** 0 is the usual sender. */
      readonly sender: number;
      /** Picks other words, cases, standards and people than the specimen's. */
      readonly twist: number;
    };

export type History = {
  readonly stage: Stage;
  readonly story: number;
  readonly moves: readonly Move[];
};

const stories = [plainStory, courtOnlyStory, reconstructedStory, resettlementStory];

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      workingDays: fc.integer({ min: 1, max: 15 }),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      type: fc.constantFrom(...(Object.keys(specimens) as (keyof typeof specimens)[])),
      sender: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 20 })),
      twist: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(1000)),
    }),
  },
);

export const histories: fc.Arbitrary<History> = fc.record({
  stage: fc.constantFrom(...stages),
  story: fc.nat(stories.length - 1),
  moves: fc.array(move, { minLength: 1, maxLength: 40 }),
});

/** A world at the history's beginning. */
export const beginning = ({ stage, story }: History): World => worldAt(stage, stories[story]);

/** The sender and the command of a move, or undefined where this world has nothing to say it of. */
export const commandOf = (
  world: World,
  { type, sender, twist }: Extract<Move, { kind: "send" }>,
): { readonly by: Actor; readonly asked: Asked } | undefined => {
  if (sampleOf(world).length === 0 && mentionsCase(specimens[type])) return undefined;
  const usual = senderOf(specimens[type], world);
  const by = [usual, ...Object.values(people), assay][sender] ?? usual;
  return { by, asked: twisted(askedOf(specimens[type], world), world, twist) };
};

const mentionsCase = ({ ask, by }: Specimen): boolean =>
  typeof ask === "function" || typeof by === "function";

const standards = ["1.1", "2.1", "2.2", "3.1", "3.2", "3.4", "4.1"];
const ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"];

/** Replaces what the command names by something else of the same kind. */
const twisted = (asked: Asked, world: World, twist: number): Asked => {
  if (twist === 0) return asked;
  const pick = <Item>(items: readonly Item[]): Item => items[twist % items.length]!;
  const others: Readonly<Record<string, () => unknown>> = {
    case: () => pick(sampleOf(world).length > 0 ? sampleOf(world) : ["c0001"]),
    standard: () => pick(standards),
    standards: () => [pick(standards)],
    rating: () => pick(ratings),
    to: () => (asked.type === "ExerciseDiscretion" ? pick(ratings) : pick(teamAndQuality)),
    member: () => pick(panelMembers),
    present: () => pick([panelMembers, panelMembers.slice(0, 3), panelMembers.slice(1)]),
    answer: () => (typeof asked === "object" && "question" in asked ? pick(answers) : "Another."),
    question: () => pick(["2.1.1", "2.1.1a", "2.2.3", "3.1.1", "3.4.2"]),
    markdown: () => `Version ${twist}.`,
    number: () => 1 + (twist % 4),
  };
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, others[name]?.() ?? value]),
  ) as Asked;
};

const answers = ["yes", "no", "not-applicable"];
const teamAndQuality = [
  people.inspector.id,
  people.colleague.id,
  people.assistant.id,
  people.deputy.id,
  people.quality.id,
  people.member.id,
];

/** Lives a history through; each command is answered, and none may break the world. */
export const live = (
  history: History,
  each: (world: World, by: Actor, asked: Asked) => void = (world, by, asked) =>
    void world.ask(by, asked),
): World => {
  const world = beginning(history);
  for (const next of history.moves) {
    if (next.kind === "wait") {
      const day = addWorkingDays(dayInEngland(Instant.parse(world.now)), next.workingDays);
      world.moveTo(inEngland(day, "10:00"));
    } else {
      const command = commandOf(world, next);
      if (command) each(world, command.by, command.asked);
    }
  }
  return world;
};
