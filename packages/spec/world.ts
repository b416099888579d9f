/**
 * The whole story in memory: streams, a clock that only the teller moves, and the rules of every
 * step. Each fact is checked as it is appended, and what falls due is done as the host would do it.
 */
import { deepStrictEqual } from "node:assert";

import { type Actor, assay } from "@assay/domain/kernel/actor.ts";
import type { Decision } from "@assay/domain/kernel/decider.ts";
import { eventIdOf, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { CommandId, type EventId, InspectionId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import type { Duty } from "@assay/domain/kernel/step.ts";
import { inspectionOf, type StreamName } from "@assay/domain/kernel/stream.ts";

import { createKnowledge, type Knowledge, type Streams } from "./knowledge.ts";
import {
  type Command,
  type CommandInput,
  everyStep,
  type Fact,
  type InputBeyond,
  type Refusal,
  type Rules,
  rulesFor,
  type StepState,
} from "./rules.ts";

export type Answer = Decision<Fact, Refusal>;

/** A fact where it stands: `position` counts all facts of the world from 0. */
export type Recorded = {
  readonly id: EventId;
  readonly commandId: CommandId;
  readonly stream: StreamName;
  readonly revision: number;
  readonly position: number;
  readonly fact: Fact;
};

type Without<Input, Key extends PropertyKey> = Input extends unknown ? Omit<Input, Key> : never;

/** A command without what the world adds: who sends it, when, about which inspection. */
export type Asked = Without<OfInspection, "at" | "by" | "inspection">;
type OfInspection = Exclude<CommandInput, InputBeyond>;

export type World = {
  readonly inspection: InspectionId;
  readonly now: Instant;
  /** Every fact in the order in which it was recorded. */
  readonly records: readonly Recorded[];
  readonly streams: Streams;
  /** Parses the command, decides it on what is recorded and appends what it leads to. */
  send(command: CommandInput): Answer;
  /** `send`, stamped with the sender, the clock's time (or `at`) and the world's inspection. */
  ask(by: Actor, asked: Asked, at?: Instant | string): Answer;
  /** `ask` for what has to succeed: throws an Error naming the refusal, else returns the facts. */
  tell(by: Actor, asked: Asked): readonly Fact[];
  /** The facts of one step's stream (of all assessments, for those), or of all. */
  facts(step?: Rules["name"]): readonly Fact[];
  /** What a step knows when it is asked this. */
  stateFor(asked: Asked): StepState;
  /** What would be decided, with nothing appended. */
  weigh(by: Actor, asked: Asked, at?: Instant | string): Answer;
  /** What is owed now, by people and by Assay, in every step. */
  owed(): readonly Duty<Command>[];
  /** Carries out what Assay owes now, until only the future is left. */
  settle(): void;
  /** Moves time forwards, stopping wherever something falls due. Throws when time would go back. */
  moveTo(instant: Instant | string): void;
  /** Another world with the same past. */
  fork(): World;
};

type Past = {
  readonly inspection: InspectionId;
  readonly now: Instant;
  readonly records: readonly Recorded[];
  readonly streams: Streams;
  readonly known: ReadonlyMap<string, Knowledge>;
  readonly sent: number;
};

export const createWorld = (
  start: Instant | string = "2021-01-04T09:00:00.000Z",
  inspection = "sandford-2021",
): World =>
  worldFrom({
    inspection: InspectionId.parse(inspection),
    now: Instant.parse(start),
    records: [],
    streams: new Map(),
    known: new Map(),
    sent: 0,
  });

const worldFrom = (past: Past): World => {
  const { inspection } = past;
  const records = [...past.records];
  const streams = new Map(past.streams);
  const known = new Map([...past.known].map(([key, knowledge]) => [key, knowledge.copy()]));
  let { now, sent } = past;

  const knowledgeFor = (command: Command): Knowledge => {
    const { name, aggregate } = rulesFor(command.type);
    const own = aggregate.stream(command);
    const knowledge = known.get(`${name}/${own}`) ?? createKnowledge(aggregate);
    known.set(`${name}/${own}`, knowledge);
    knowledge.consult(streams, [own], (state) => aggregate.consults(command, state));
    return knowledge;
  };

  const decided = (command: Command) => {
    const { aggregate } = rulesFor(command.type);
    const own = aggregate.stream(command);
    const knowledge = knowledgeFor(command);
    const basis = knowledge.basis.filter(({ stream }) => stream !== own);
    return { own, knowledge, decision: aggregate.decide(command, knowledge.state, basis) };
  };

  const carry = (command: Command): Answer => {
    const rules = rulesFor(command.type);
    const { own, knowledge, decision } = decided(command);
    const commandId = CommandId.parse(uuidFrom(`command/${(sent += 1)}`));
    if (!decision.accepted) return decision;
    for (const [index, fact] of decision.events.entries()) {
      checkFact(rules, knowledge.state, fact);
      const facts = streams.get(own) ?? [];
      streams.set(own, [...facts, fact]);
      knowledge.fold(streams, own);
      const id = eventIdOf(commandId, index);
      const place = { stream: own, revision: facts.length, position: records.length };
      records.push({ id, commandId, ...place, fact });
    }
    return decision;
  };

  const inspections = (): ReadonlySet<InspectionId> =>
    new Set([inspection, ...[...streams.keys()].flatMap((name) => inspectionOf(name) ?? [])]);

  const owedFor = (id: InspectionId): readonly Duty<Command>[] =>
    everyStep.flatMap(({ name, flow }) => {
      if (!flow) return [];
      const knowledge = known.get(`owed/${name}/${id}`) ?? createKnowledge(flow);
      known.set(`owed/${name}/${id}`, knowledge);
      knowledge.consult(streams, [], (state) => flow.streams(id, state));
      return flow.owed(id, knowledge.state);
    });

  /** Each duty is tried once for every thing that happened since: a refusal is not repeated. */
  const settle = (): void => {
    let tried = new Set<string>();
    for (;;) {
      const due = [...inspections()]
        .flatMap((id) => owedFor(id).map((duty) => ({ ...duty, tag: `${id}/${duty.key}` })))
        .filter(({ command, due: at = now, tag }) => command && at <= now && !tried.has(tag))
        .toSorted((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1))[0];
      if (!due?.command) return;
      const answer = carry(due.command({ at: now, by: assay }));
      if (answer.accepted && answer.events.length > 0) tried = new Set();
      tried.add(due.tag);
    }
  };

  const nextDue = (until: Instant): Instant | undefined =>
    [...inspections()]
      .flatMap(owedFor)
      .flatMap(({ command, due }) => (command && due && due > now && due <= until ? [due] : []))
      .toSorted()[0];

  const stamped = (by: Actor, asked: Asked, at: Instant | string = now): OfInspection => ({
    ...asked,
    at,
    by,
    inspection,
  });
  const parsed = (command: CommandInput): Command => rulesFor(command.type).commands.parse(command);

  const world: World = {
    inspection,
    get now() {
      return now;
    },
    records,
    streams,
    send: (command) => carry(parsed(command)),
    ask: (by, asked, at) => world.send(stamped(by, asked, at)),
    tell: (by, asked) => {
      const answer = world.ask(by, asked);
      if (answer.accepted) return answer.events;
      throw new Error(`${asked.type} by ${by.id}: ${JSON.stringify(answer.refusal)}`);
    },
    facts: (step) =>
      records
        .filter(({ stream }) => !step || stream.startsWith(`${step}-`))
        .map(({ fact }) => fact),
    stateFor: (asked) => knowledgeFor(parsed(stamped(assay, asked))).state,
    weigh: (by, asked, at) => decided(parsed(stamped(by, asked, at))).decision,
    owed: () => owedFor(inspection),
    settle,
    moveTo: (instant) => {
      const target = Instant.parse(instant);
      if (target < now) throw new RangeError(`time cannot go back from ${now} to ${target}`);
      settle();
      for (let due = nextDue(target); due !== undefined; due = nextDue(target)) {
        now = due;
        settle();
      }
      now = target;
    },
    fork: () => worldFrom({ inspection, now, records, streams, known, sent }),
  };
  return world;
};

/** A fact that a schema, JSON or the chart would not take is a defect of the rules. */
const checkFact = (rules: Rules, { phase }: StepState, fact: Fact): void => {
  deepStrictEqual(JSON.parse(JSON.stringify(fact)), fact, `${fact.type} does not survive JSON`);
  deepStrictEqual(rules.events.parse(fact), fact, `${fact.type} is changed by its schema`);
  if (!phase.can(fact)) {
    throw new Error(`${fact.type} in the phase ${JSON.stringify(phase.value)} of ${rules.name}`);
  }
};
