/**
 * One try at carrying a command out, or several on one stream together: what the store holds, what
 * the rules say, and the facts appended on condition that nobody wrote to the stream in between.
 */
import {
  type CommandEnvelope,
  eventIdOf,
  type EventMetadata,
  type Reply,
} from "@assay/domain/kernel/envelope.ts";
import { inquiryOn } from "@assay/domain/kernel/step.ts";
import type { StreamName } from "@assay/domain/kernel/stream.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";

import { HostFault } from "./fault.ts";
import { type Carried, consult, Knowledge, topUp } from "./knowledge.ts";
import type { Rules } from "./rules.ts";
import { keptSeal } from "./seal.ts";
import type { Typed } from "./schema.ts";
import { traceFacts } from "./tracing.ts";

export type Means = {
  readonly store: EventStore;
  /** A new salt at each call. */
  readonly salt: () => string;
};

/** A parsed command with all that is needed to carry it out. */
export type Task = {
  readonly envelope: CommandEnvelope;
  readonly command: Typed;
  readonly rules: Rules;
  readonly stream: StreamName;
};

export type Outcome = "accepted" | "unchanged" | "repeated" | "refused" | "malformed";
export type Answer = { readonly reply: Reply; readonly outcome: Outcome };

export const createKnowledge = ({ rules, stream }: Task): Knowledge => {
  const { initial, evolve } = rules.aggregate;
  const folding = { evolve, factOf: rules.factOf };
  return new Knowledge(initial, folding, stream);
};

/**
 * One try. The own stream is taken as it was last seen, because the append will say when that is
 * out of date; the consulted streams have no such guard and are always read on. Nor has an answer
 * that appends nothing: before it is given, the own stream is read on too.
 */
export const attempt = async (
  means: Means,
  task: Task,
  knowledge: Knowledge,
): Promise<Answer | "conflict"> => {
  const { store } = means;
  const { stream } = task;
  const proven = proving(store, stream, knowledge);
  const known = knowledge.revisions.has(stream);
  if (!known) await topUp(store, knowledge, [stream]);
  const first = await decide(store, task, knowledge);
  await proven;
  if (!("reply" in first)) return append(means, task, knowledge, first.facts);
  if (!known || first.outcome === "repeated") return first;
  const seen = knowledge.revision(stream);
  await topUp(store, knowledge, [stream]);
  if (knowledge.revision(stream) === seen) return first;
  const second = await decide(store, task, knowledge);
  return "reply" in second ? second : append(means, task, knowledge, second.facts);
};

/**
 * One try for several commands on one stream: each is decided on what those before it led to, and
 * their facts are appended at once, so that one write to the disk serves all. The condition on the
 * append covers the answers that add nothing too. Undefined where others wrote first; then, as when
 * it throws, what is known goes beyond what is stored and has to be forgotten.
 */
export const attemptTogether = async (
  { store, salt }: Means,
  tasks: readonly Task[],
  knowledge: Knowledge,
): Promise<readonly Answer[] | undefined> => {
  const { stream } = tasks[0]!;
  const proven = proving(store, stream, knowledge);
  if (!knowledge.revisions.has(stream)) await topUp(store, knowledge, [stream]);
  const revision = knowledge.revision(stream);
  const events: NewEvent[] = [];
  const answers: Answer[] = [];
  for (const task of tasks) {
    const decided = await decide(store, task, knowledge);
    if ("reply" in decided) {
      answers.push(decided);
      continue;
    }
    const next = written(task, knowledge.state, decided.facts, salt);
    knowledge.advance(next.state, stream, next.events);
    events.push(...next.events);
    answers.push(acceptedAt(stream, knowledge.revision(stream), next.events.length));
  }
  await proven;
  if (events.length > 0) {
    const answer = await store.append(stream, events, revision < 0 ? "none" : revision);
    if (answer.appended && !answer.fresh) knowledge.unproven = events;
    if (answer.appended) traceFacts(events);
    return answer.appended ? answers : undefined;
  }
  await topUp(store, knowledge, [stream]);
  return knowledge.revision(stream) === revision ? answers : undefined;
};

/**
 * Two replicas may carry out one command, a duty that both saw fall due for instance. The second
 * append is answered as done, because its ids are there already, though what was recorded may say
 * other things. So where the store did not say that it was this append that stored them, the events
 * advanced over are read, while what is consulted is read too, before anything more that rests on
 * them is appended or answered. Throws when they say something else, and what is known has to be
 * forgotten.
 */
const proving = (store: EventStore, stream: StreamName, knowledge: Knowledge): Promise<void> => {
  const proven = prove(store, stream, knowledge);
  // Whoever waits for it hears of it, unless something else failed before.
  proven.catch(() => undefined);
  return proven;
};

const prove = async (store: EventStore, stream: StreamName, knowledge: Knowledge) => {
  const { unproven } = knowledge;
  if (unproven.length === 0) return;
  const from = knowledge.revision(stream) - unproven.length + 1;
  const stored: StoredEvent[] = [];
  for await (const page of store.read(stream, { from, limit: unproven.length }))
    stored.push(...page);
  if (said(stored) !== said(unproven))
    throw new HostFault("contended", `another replica wrote ${stream} from ${from} on`);
  knowledge.unproven = [];
};

/** What the events say, as it is stored: a salt is not, where words are sealed. */
const said = (events: readonly NewEvent[]): string =>
  JSON.stringify(events.map(({ id, type, data }) => [id, type, data]));

/** The answer that needs no append, or the facts to append for it. */
const decide = async (
  store: EventStore,
  { rules, stream, command, envelope }: Task,
  knowledge: Knowledge,
): Promise<Answer | { readonly facts: readonly Typed[] }> => {
  const consulted = await consult(store, knowledge, {
    streams: (state) => rules.aggregate.consults(command, state),
    fresh: (name) => name === stream,
  });
  const basis = [...consulted].map((name) => ({
    stream: name,
    revision: knowledge.revision(name),
  }));
  const before = knowledge.carried.get(envelope.id);
  if (before !== undefined) return repeated(rules, stream, command, { before, knowledge });
  const { state } = knowledge;
  const first = rules.aggregate.decide(command, state, basis);
  const inquiry = inquiryOn(rules.aggregate, { command, state, decision: first });
  const decision = inquiry
    ? inquiry.decide((await rules.answer(inquiry.question)) as never)
    : first;
  if (!decision.accepted) return refused(decision.refusal);
  const facts = rules.parseEvents(decision.events);
  if (facts.length > 0) return { facts };
  const revision = knowledge.revision(stream);
  return { reply: { accepted: true, stream, revision, events: 0 }, outcome: "unchanged" };
};

/**
 * A command whose id stands recorded gets its first answer again, when its sender may still ask it
 * and it says the same. What Assay itself sends is computed from facts and a clock, which two
 * replicas may know otherwise: nobody wrote it, and it is done.
 */
const repeated = (
  { aggregate }: Rules,
  stream: StreamName,
  command: Typed,
  { before, knowledge }: { readonly before: Carried; readonly knowledge: Knowledge },
): Answer => {
  const { revision, facts } = before;
  const forbidden = aggregate.forbids(command, knowledge.state);
  if (forbidden) return refused(forbidden);
  if (!isBySystem(command) && !aggregate.isRecordedIn(command, facts))
    return refused({ reason: "RepeatedOtherwise" });
  return {
    reply: { accepted: true, stream, revision, events: facts.length },
    outcome: "repeated",
  };
};

const isBySystem = (command: Typed & { readonly by?: { readonly role?: unknown } }): boolean =>
  command.by?.role === "system";

const refused = (refusal: { readonly reason: string }): Answer => ({
  reply: { accepted: false, refusal: { ...refusal } },
  outcome: "refused",
});

const append = async (
  { store, salt }: Means,
  task: Task,
  knowledge: Knowledge,
  facts: readonly Typed[],
): Promise<Answer | "conflict"> => {
  const { stream } = task;
  const revision = knowledge.revision(stream);
  const { events, state } = written(task, knowledge.state, facts, salt);
  const appended = await store.append(stream, events, revision < 0 ? "none" : revision);
  if (!appended.appended) {
    const { actual } = appended;
    if (actual === "none" || actual < revision)
      throw new HostFault("contended", `${stream} is shorter than it was`);
    await topUp(store, knowledge, [stream]);
    return "conflict";
  }
  knowledge.advance(state, stream, events);
  if (!appended.fresh) knowledge.unproven = events;
  traceFacts(events);
  return acceptedAt(stream, appended.revision, facts.length);
};

const acceptedAt = (stream: StreamName, revision: number, events: number): Answer => ({
  reply: { accepted: true, stream, revision, events },
  outcome: "accepted",
});

/** The events as they will be stored, and the state to which they lead. */
const written = (
  { envelope, rules }: Task,
  before: unknown,
  facts: readonly Typed[],
  salt: () => string,
): { readonly events: readonly NewEvent[]; readonly state: unknown } => {
  const { id, correlationId, causationId } = envelope;
  let state = before;
  const seal = keptSeal(envelope);
  const events = facts.map((fact, index) => {
    state = rules.aggregate.evolve(state, fact);
    const framework = rules.frameworkOf(state);
    const { type, ...data } = fact;
    const metadata: EventMetadata = {
      version: rules.versionOf(type),
      commandId: id,
      index,
      correlationId,
      causationId,
      ...(framework === undefined ? {} : { framework }),
      salt: salt(),
      ...(index === 0 && seal && { seal }),
    };
    return { id: eventIdOf(id, index), type, data, metadata };
  });
  return { events, state };
};
