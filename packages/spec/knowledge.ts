/**
 * What has been folded from several streams into one state, as the host keeps it: each stream is
 * folded as far as it goes, and never twice.
 */
import type { Basis } from "@assay/domain/kernel/step.ts";
import type { StreamName } from "@assay/domain/kernel/stream.ts";

import type { Fact, StepState } from "./rules.ts";

export type Streams = ReadonlyMap<StreamName, readonly Fact[]>;

type Folding = {
  readonly initial: StepState;
  readonly evolve: (state: StepState, fact: Fact) => StepState;
};

export type Knowledge = {
  readonly state: StepState;
  /** The streams that were last consulted, each with the revision of its last fact. */
  readonly basis: Basis;
  fold(streams: Streams, stream: StreamName): void;
  /** Folds `first` and every stream asked for, and asks again until nothing new is named. */
  consult(
    streams: Streams,
    first: readonly StreamName[],
    ask: (state: StepState) => readonly StreamName[],
  ): void;
  copy(): Knowledge;
};

export const createKnowledge = (
  folding: Folding,
  state = folding.initial,
  read: ReadonlyMap<StreamName, number> = new Map(),
): Knowledge => {
  const counts = new Map(read);
  let current = state;
  let consulted: ReadonlySet<StreamName> = new Set();

  const fold = (streams: Streams, stream: StreamName): void => {
    const facts = streams.get(stream) ?? [];
    for (const fact of facts.slice(counts.get(stream) ?? 0)) {
      current = folding.evolve(current, fact);
    }
    counts.set(stream, facts.length);
  };

  return {
    get state() {
      return current;
    },
    get basis() {
      return [...consulted].map((stream) => ({ stream, revision: (counts.get(stream) ?? 0) - 1 }));
    },
    fold,
    consult: (streams, first, ask) => {
      const named = new Set(first);
      for (const stream of first) fold(streams, stream);
      for (let before = -1; before < named.size;) {
        before = named.size;
        for (const stream of ask(current)) {
          if (named.has(stream)) continue;
          named.add(stream);
          fold(streams, stream);
        }
      }
      consulted = named;
    },
    copy: () => createKnowledge(folding, current, counts),
  };
};
