/**
 * What a service is, as data: the rules it decides by, what it owes of itself and what else it
 * does about facts. The host runs everything from this.
 */
import type { CommandBus, Step } from "@assay/bus/port.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Flow } from "@assay/domain/kernel/step.ts";
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";
import type { z } from "zod";

import type { Metrics } from "./metrics.ts";
import type { Rules } from "./rules.ts";
import { factReader, type FactReader, schemasByType, type Typed } from "./schema.ts";

/** A step's flow with the streams whose facts may change what is owed. */
export type Flowing = {
  readonly flow: Flow<Typed, Typed, unknown>;
  /** Must cover every stream that the flow folds, such as `panel-`. */
  readonly prefixes: readonly string[];
  readonly factOf: FactReader;
  /** Whether the flow was given a schema for such an event; others change nothing for it. */
  readonly knows: (event: StoredEvent) => boolean;
  /** The inspections that an event may change a duty of; the one named by its stream by default. */
  readonly concerns: (event: StoredEvent) => readonly InspectionId[];
  /** The step that takes this command; the service's own by default. */
  readonly to: (command: Typed) => Step | undefined;
};

export type FlowDescription<Command extends Typed, Known extends Typed, State> = {
  readonly flow: Flow<Command, Known, State>;
  readonly prefixes: readonly string[];
  /** The schemas of the facts that the flow relies on. */
  readonly facts: readonly z.ZodType[];
  readonly concerns?: (event: StoredEvent) => readonly InspectionId[];
  readonly to?: (command: Command) => Step;
};

export const flowOf = <Command extends Typed, Known extends Typed, State>(
  description: FlowDescription<Command, Known, State>,
): Flowing => ({
  flow: description.flow as unknown as Flowing["flow"],
  prefixes: description.prefixes,
  factOf: factReader(description.facts),
  knows: knowing(description.facts),
  concerns: description.concerns ?? concernsItsOwn,
  to: (command) => description.to?.(command as Command),
});

const knowing = (facts: readonly z.ZodType[]): Flowing["knows"] => {
  const types = new Set(facts.flatMap((schema) => [...schemasByType(schema).keys()]));
  return ({ type }) => types.has(type);
};

const concernsItsOwn = ({ stream }: StoredEvent): readonly InspectionId[] => {
  const inspection = inspectionOf(stream);
  return inspection === undefined ? [] : [inspection];
};

/**
 * Something done about each event besides recording facts, such as writing a report to disk. At
 * least once and in order: a crash may repeat the events that came after the last checkpoint.
 */
export type Reaction = {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** The schemas of the facts that it is about; no other event reaches it. */
  readonly facts: readonly z.ZodType[];
  /**
   * What fails for good is set aside and may come again later: `through` is how far everything was
   * handled by then, and at least the event itself.
   */
  readonly react: (event: StoredEvent, bus: CommandBus, through: Position) => Promise<void>;
  /** What goes on beside the events, before the first of them until the service drains. */
  readonly begin?: (bus: CommandBus) => Beside;
};

/** What goes on beside the events, and what operators are told of it. */
export type Beside = {
  close(): Promise<void>;
  /** Sets its gauges to what is found now, without asking anybody. */
  measure?(metrics: Metrics): void;
  /** Whom it uses besides, by name, and how they are: told, and no part of being ready. */
  neighbours?(): Readonly<Record<string, string>>;
};

export type ServiceDefinition = {
  readonly name: string;
  /** With rules or a flow: the step whose commands it takes and sends. */
  readonly step?: Step;
  readonly rules?: readonly Rules[];
  readonly flow?: Flowing;
  readonly reactions?: readonly Reaction[];
  /** Whether an inspection is one of ours at all; what fails of others' is passed over. */
  readonly isOurs?: (store: Pick<EventStore, "read">, inspection: InspectionId) => Promise<boolean>;
};

export const defineService = (definition: ServiceDefinition): ServiceDefinition => {
  const { name, step, rules = [], flow } = definition;
  if (step === undefined && (rules.length > 0 || flow !== undefined))
    throw new TypeError(`${name} has rules or a flow, and so needs a step`);
  const types = rules.flatMap(({ commandTypes }) => commandTypes);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice !== undefined) throw new TypeError(`${name} has two rules for ${twice}`);
  return definition;
};
