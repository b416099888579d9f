/**
 * The facts that an audit reads, each with its place. An audit needs nothing else: no table, no
 * view, nobody's word. Facts come in the order in which they were recorded.
 */
import { isErasureEvent } from "../announcement/erasure/events.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import type { AnyFact } from "../facts.ts";
import { type Erased, words } from "../kernel/fact.ts";
import { isPanelEvent } from "../panel/events.ts";
import { isPublicationEvent } from "../publication/events.ts";

/** Every fact about one inspection. */
export type Fact = AnyFact;

export type FactOf<Type extends Fact["type"]> = Extract<Fact, { type: Type }>;

/** Where a fact stands: its stream and its place in it, from 0. It names the fact for ever. */
export type Place = { readonly stream: string; readonly revision: number };

/** A fact with its place. `position` is its place in the whole store, where that is known. */
export type Recorded<Event extends Fact = Fact> = Place & {
  readonly position?: string | undefined;
  readonly event: Event;
  readonly metadata?: unknown;
};

export type RecordedOf<Type extends Fact["type"]> = Recorded<FactOf<Type>>;

/** Whether the fact has this name: what the language cannot tell of a fact with its place. */
export const is = <Type extends Fact["type"]>(
  recorded: Recorded,
  type: Type,
): recorded is RecordedOf<Type> => recorded.event.type === type;

/** What each kind of fact adds to a draft, `null` being nothing: a missing one does not compile. */
export type Entering<Draft, Type extends Fact["type"]> = {
  readonly [Each in Type]: ((draft: Draft, recorded: RecordedOf<Each>) => void) | null;
};

export const enter = <Draft, Type extends Fact["type"]>(
  entering: Entering<Draft, Type>,
  draft: Draft,
  recorded: RecordedOf<Type>,
): void => {
  entering[recorded.event.type]?.(draft, recorded);
};

export const placeOf = ({ stream, revision }: Place): Place => ({ stream, revision });

/** Tells the facts about inspections from everything else that a store may hold. */
export const isFact = (event: { readonly type: string }): event is Fact =>
  isAssessmentEvent(event) ||
  isFieldworkEvent(event) ||
  isInspectionEvent(event) ||
  isPanelEvent(event) ||
  isPublicationEvent(event) ||
  isErasureEvent(event);

/** What stands for words that were erased. */
export const erased = "[erased]";

/** One of the words kept with a fact: undefined where nothing was written. */
export const wordOf = <Text extends object, Key extends keyof Text>(
  held: Text | Erased,
  key: Key,
): Text[Key] | typeof erased => {
  const found = words(held);
  return found ? found[key] : erased;
};
