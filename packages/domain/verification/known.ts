/**
 * What a step's rules knew when they decided: the facts of its own stream and of those that it
 * consults, as far as the log had come. The host keeps the same, over a store.
 */
import { inspectionUnder } from "../announcement/decide.ts";
import type { Versions } from "../framework/versions.ts";
import type { Basis, Aggregate } from "../kernel/step.ts";
import type { StreamName } from "../kernel/stream.ts";
import { registry } from "../steps.ts";
import type { Asked, InspectionCategory, Told } from "./asked.ts";

export type Refusal = { readonly reason: string };
export type Rules = Aggregate<Asked, Told, Told, unknown, Refusal> & {
  readonly prospect: (type: string, asking: object, state: unknown) => Refusal | undefined;
};

/** The rules of a step, under the framework versions that may be named. */
export const rulesOf = (category: InspectionCategory, versions: Versions): Rules =>
  (category === "inspection"
    ? inspectionUnder(versions)
    : registry[category].aggregate) as unknown as Rules;

/** A fact at its place in the log. */
export type Placed = { readonly index: number; readonly revision: number; readonly fact: Told };

export type Streams = ReadonlyMap<string, readonly Placed[]>;

export type Known = {
  readonly rules: Rules;
  readonly state: () => unknown;
  /** Folds what the stream held before the place in the log; gives the last revision, or -1. */
  readonly fold: (stream: string, before: number) => number;
  /** Folds every stream that the command consults, and says how far each had come. */
  readonly consult: (command: Asked, before: number) => Basis;
};

export const knownOf = (rules: Rules, streams: Streams): Known => {
  let state = rules.initial;
  const folded = new Map<string, number>();
  const fold = (stream: string, before: number): number => {
    const facts = streams.get(stream) ?? [];
    let count = folded.get(stream) ?? 0;
    for (; count < facts.length && facts[count]!.index < before; count += 1)
      state = rules.evolve(state, facts[count]!.fact);
    folded.set(stream, count);
    return facts[count - 1]?.revision ?? -1;
  };
  const consult = (command: Asked, before: number): Basis => {
    const named = new Map<StreamName, number>();
    for (let size = -1; named.size > size;) {
      size = named.size;
      for (const stream of rules.consults(command, state))
        if (!named.has(stream)) named.set(stream, fold(stream, before));
    }
    return [...named].map(([stream, revision]) => ({ stream, revision }));
  };
  return { rules, state: () => state, fold, consult };
};
