import { fold } from "@assay/domain/kernel/decider.ts";
import { categoryOf } from "@assay/domain/kernel/stream.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type History, histories, live } from "./histories.ts";
import { everyStep, type Fact, type Rules } from "./rules.ts";
import { plainState } from "./same-state.ts";
import type { World } from "./world.ts";

const runs = { numRuns: 100 };

/** What each step may consult. */
const consulted: Readonly<Record<Rules["name"], readonly Rules["name"][]>> = {
  framework: ["framework"],
  inspection: ["inspection", "framework", "programme", "fieldwork", "assessment", "publication"],
  programme: ["programme", "inspection"],
  erasure: ["erasure", "inspection", "publication"],
  fieldwork: ["inspection", "fieldwork", "assessment"],
  assessment: ["inspection", "fieldwork", "assessment", "panel"],
  panel: ["inspection", "fieldwork", "assessment", "panel", "publication"],
  publication: ["inspection", "fieldwork", "assessment", "panel", "publication"],
};

/** The streams that a step may be asked to fold; an assessment folds one case alone. */
const foldedBy = ({ name }: Rules, world: World): readonly (readonly Fact[])[] => {
  const streams = [...world.streams].filter(([stream]) =>
    consulted[name].some((step) => step === categoryOf(stream)),
  );
  const first = streams.find(([stream]) => categoryOf(stream) === "assessment")?.[0];
  return streams
    .filter(([stream]) => name !== "assessment" || otherThanCase(stream) || stream === first)
    .map(([, facts]) => facts);
};

const otherThanCase = (stream: string): boolean => categoryOf(stream) !== "assessment";

/** Takes a fact from one stream or another, keeping each stream's own order. */
const interleaved = (streams: readonly (readonly Fact[])[], choose: () => number): Fact[] => {
  const left = streams.map((facts) => [...facts]);
  const order: Fact[] = [];
  for (;;) {
    const open = left.filter((facts) => facts.length > 0);
    if (open.length === 0) return order;
    order.push(open[choose() % open.length]!.shift()!);
  }
};

describe("in any history", () => {
  it("every fact has its schema, survives JSON and is one that its chart expects", () => {
    // The world asks all three of each fact as it is appended, and throws.
    const kinds = new Set<string>();
    const lived = (history: History) => {
      for (const { type } of live(history).facts()) kinds.add(type);
    };
    fc.assert(fc.property(histories, lived), runs);
    expect(kinds.size).toBeGreaterThan(35);
  });

  it("a repeated command records nothing more", () => {
    fc.assert(
      fc.property(histories, (history) => {
        live(history, (world, by, asked) => {
          const first = world.ask(by, asked);
          const before = world.records.length;
          const again = world.ask(by, asked);
          expect(world.records.length).toBe(before);
          if (!first.accepted) expect(again).toEqual(first);
        });
      }),
      runs,
    );
  });

  it("every prefix of what happened folds, and every step still says what is owed", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, cut) => {
        const world = live(history);
        const { inspection } = world;
        for (const rules of everyStep) {
          const { aggregate, flow } = rules;
          const facts = foldedBy(rules, world).flatMap((each) =>
            each.slice(0, cut % (each.length + 1)),
          );
          expect(plainState(fold(aggregate, facts))).toBeTypeOf("object");
          if (flow) expect(flow.owed(inspection, fold(flow, facts))).toBeInstanceOf(Array);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("facts of different streams fold to the same state in any order", () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat(1000)), (history, choices) => {
        const world = live(history);
        const choose = (): number => choices.next().value as number;
        for (const rules of everyStep) {
          const streams = foldedBy(rules, world);
          const straight = fold(rules.aggregate, streams.flat());
          const mixed = fold(rules.aggregate, interleaved(streams, choose));
          expect(plainState(mixed)).toEqual(plainState(straight));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("no report is public before its moment, unsigned, or on ratings that nobody signed", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const facts = live(history).facts();
        const at = facts.findIndex(({ type }) => type === "ReportPublished");
        const published = facts[at];
        if (published?.type !== "ReportPublished") return;
        const before = facts.slice(0, at);
        const signature = before.findLast(
          ({ type }) => type === "ReportSignedOff" || type === "SignOffWithdrawn",
        );
        const conclusions = before.filter(({ type }) => type === "RatingsConcluded");
        expect(published.at >= published.publishAt).toBe(true);
        expect(signature).toMatchObject({ conclusion: conclusions.length });
        expect(facts.filter(({ type }) => type === "ReportPublished")).toHaveLength(1);
      }),
      runs,
    );
  });
});
