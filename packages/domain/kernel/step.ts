/**
 * A step's rules as the host runs them. A command is decided on the facts of its own stream and of
 * others that it consults; the append is guarded by the revision of the own stream alone.
 */
import type { Role } from "./actor.ts";
import type { Decision } from "./decider.ts";
import type { Stamp } from "./fact.ts";
import type { InspectionId, PersonId } from "./ids.ts";
import type { Instant } from "./instants.ts";
import type { StreamName } from "./stream.ts";

/** The streams that were consulted, each with its revision as it was read (-1: empty). */
export type Basis = readonly { readonly stream: StreamName; readonly revision: number }[];

/**
 * `Known` is every fact the step folds: its own and the foreign ones it relies on. `evolve` returns
 * the state as it was for a fact it does not rely on, so a consulted stream is folded whole, and
 * facts of different streams fold in any order to the same state.
 */
export type Aggregate<Command, Event, Known, State, Refusal> = {
  readonly initial: State;
  readonly evolve: (state: State, event: Known) => State;
  readonly decide: (command: Command, state: State, basis: Basis) => Decision<Event, Refusal>;
  /**
   * What has to be found out before these facts may be recorded for the command, by means that
   * rules do not have, such as setting a report; undefined: nothing. It is asked after `decide` has
   * accepted, so whoever may not, asks for nothing.
   */
  readonly inquires?: (
    command: Command,
    state: State,
    events: readonly Event[],
  ) => Inquiry<Event, Refusal> | undefined;
  /** Why its sender may not ask this, whatever was answered before; undefined when they may. */
  readonly forbids: (command: Command, state: State) => Refusal | undefined;
  /** Whether facts that were recorded for a command of this id say what this one says. */
  readonly isRecordedIn: (command: Command, facts: readonly object[]) => boolean;
  /** The stream to which this command's facts are appended. */
  readonly stream: (command: Command) => StreamName;
  /**
   * The other streams to fold first. It is asked again after each load, because what is known
   * says what else matters (the sample names the assessments), until it names nothing new.
   */
  readonly consults: (command: Command, state: State) => readonly StreamName[];
};

/** A question to what stands outside of the rules, and what its answer makes of the decision. */
export type Inquiry<Event, Refusal, Question = unknown, Answer = never> = {
  readonly question: Question;
  readonly decide: (answer: Answer) => Decision<Event, Refusal>;
};

/** The rules with their inquiries answered by what need not wait. */
export const answeredBy = <Command, Event, Known, State, Refusal>(
  aggregate: Aggregate<Command, Event, Known, State, Refusal>,
  answer: (question: never) => unknown,
): Aggregate<Command, Event, Known, State, Refusal> => ({
  ...aggregate,
  decide: (command, state, basis) => {
    const decision = aggregate.decide(command, state, basis);
    const inquiry = inquiryOn(aggregate, { command, state, decision });
    return inquiry ? inquiry.decide(answer(inquiry.question as never) as never) : decision;
  },
});

/** What there is to find out before the decision holds. */
export const inquiryOn = <Command, Event, Known, State, Refusal>(
  { inquires }: Aggregate<Command, Event, Known, State, Refusal>,
  asked: {
    readonly command: Command;
    readonly state: State;
    readonly decision: Decision<Event, Refusal>;
  },
): Inquiry<Event, Refusal> | undefined => {
  const { command, state, decision } = asked;
  return decision.accepted && decision.events.length > 0
    ? inquires?.(command, state, decision.events)
    : undefined;
};

/**
 * Something still owed for an inspection: by a person, or by Assay itself when `command` says what
 * it will do. `key` is unique within the inspection and stays the same for as long as the duty
 * does.
 */
export type Duty<Command> = {
  readonly key: string;
  readonly what: string;
  readonly owner: Role;
  /** The person in that role, where it is known who. */
  readonly person?: PersonId | undefined;
  /**
   * When a person should have done it, or when Assay does it. Undefined: no date is set for it, and
   * what Assay itself does is done at once.
   */
  readonly due: Instant | undefined;
  readonly command?: (stamp: Stamp) => Command;
};

/** What is still owed, as a to-do list computed from the facts of one inspection. */
export type Flow<Command, Known, State> = {
  readonly initial: State;
  readonly evolve: (state: State, event: Known) => State;
  /** The streams to fold, asked again as `consults` is. */
  readonly streams: (inspection: InspectionId, state: State) => readonly StreamName[];
  readonly owed: (inspection: InspectionId, state: State) => readonly Duty<Command>[];
};
