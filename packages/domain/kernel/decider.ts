/**
 * The shape every step's rules take. A decider is pure: where a stream begins, how a fact changes
 * what we know, and what a request leads to. Nothing here waits, reads a clock or draws a number.
 */
export type Decider<Command, Event, State, Refusal> = {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => Decision<Event, Refusal>;
};

/** An answer to a command: facts to record (none, when nothing changes), or a reasoned no. */
export type Decision<Event, Refusal> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export const accept = <Event>(...events: readonly Event[]): Decision<Event, never> => ({
  accepted: true,
  events,
});

export const refuse = <Refusal>(refusal: Refusal): Decision<never, Refusal> => ({
  accepted: false,
  refusal,
});

export const fold = <Event, State>(
  decider: Pick<Decider<never, Event, State, never>, "initial" | "evolve">,
  events: Iterable<Event>,
): State => {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
