/** Two flows of one service as one: what either owes is owed. */
import type { Flow } from "@assay/domain/kernel/step.ts";

export const bothFlows = <A, B, KnownA, KnownB, StateA, StateB>(
  one: Flow<A, KnownA, StateA>,
  other: Flow<B, KnownB, StateB>,
): Flow<A | B, KnownA & KnownB, { readonly one: StateA; readonly other: StateB }> => ({
  initial: { one: one.initial, other: other.initial },
  evolve: (state, event) => ({
    one: one.evolve(state.one, event),
    other: other.evolve(state.other, event),
  }),
  streams: (inspection, state) => [
    ...new Set([...one.streams(inspection, state.one), ...other.streams(inspection, state.other)]),
  ],
  owed: (inspection, state) => [
    ...one.owed(inspection, state.one),
    ...other.owed(inspection, state.other),
  ],
});
