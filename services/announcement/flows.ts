/** Two flows of one service as one: what either owes is owed. */
import type { Flow } from "@assay/domain/kernel/step.ts";

/** What facts each relies on is left to the schemas that they are read with. */
export const bothFlows = <A, B, StateA, StateB>(
  one: Flow<A, never, StateA>,
  other: Flow<B, never, StateB>,
): Flow<A | B, never, { readonly one: StateA; readonly other: StateB }> => ({
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
