/**
 * Load, decide, append: how a service answers commands. A command is decided on what the store
 * holds, its facts are appended only when nobody wrote to the stream in between, and a repeated
 * command gets its first answer again and records nothing.
 */
import { type Handler, mayRetry } from "@assay/bus/port.ts";
import type { CommandEnvelope, Reply } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { type EventStore, StoreFault } from "@assay/store/port.ts";
import { type Span, SpanKind } from "@opentelemetry/api";

import { type Answer, attempt, attemptTogether, createKnowledge, type Task } from "./attempt.ts";
import { createBatches } from "./batches.ts";
import { createCache, usualCapacity } from "./cache.ts";
import { codeOf, HostFault, pause, waitAfter } from "./fault.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Rules } from "./rules.ts";
import { createSalts } from "./salt.ts";
import type { Timekeeper } from "./timekeeper.ts";
import { traced } from "./tracing.ts";

export type HandlingOptions = {
  readonly service: string;
  readonly store: EventStore;
  readonly rules: readonly Rules[];
  /** Who says whether the clock can be believed; it is where there is nobody. */
  readonly time?: Timekeeper | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How often a command is tried when others write first or the store falters; default 10. */
  readonly attempts?: number;
  /** How many folded events may be kept in memory; default 100,000. */
  readonly capacity?: number;
};

export type Handling = {
  readonly commandTypes: readonly string[];
  readonly handle: Handler;
  /** Keeps nothing any more of what was read about that inspection until now. */
  forget(inspection: InspectionId): void;
  /** Resolves once no command is under way. */
  settled(): Promise<void>;
  readonly underWay: number;
};

export const createHandling = (options: HandlingOptions): Handling => {
  const { service, metrics, log } = options;
  const rulesFor = new Map(
    options.rules.flatMap((rules) => rules.commandTypes.map((type) => [type, rules] as const)),
  );
  const carryOut = createCarrier(options);

  const answered = async (
    envelope: CommandEnvelope,
    known: string,
    span?: Span,
  ): Promise<Reply> => {
    const stop = metrics.commandSeconds.startTimer({ service });
    const { id, correlationId } = envelope;
    try {
      const why = options.time?.doubt();
      if (why !== undefined) {
        metrics.commands.inc({ service, type: known, outcome: "refused" });
        return { accepted: false, refusal: { reason: "ClockInDoubt", why } };
      }
      const task = taskOf(rulesFor, envelope);
      const { reply, outcome } = "issues" in task ? malformed(task.issues) : await carryOut(task);
      metrics.commands.inc({ service, type: known, outcome });
      span?.setAttribute("assay.outcome", outcome);
      log.info({ type: known, commandId: id, correlationId, outcome }, "command answered");
      return reply;
    } catch (error) {
      if (isUnreadable(error)) {
        metrics.commands.inc({ service, type: known, outcome: "refused" });
        log.error({ err: error, type: known, commandId: id, correlationId }, "it is set aside");
        return { accepted: false, refusal: { reason: "SetAside", why: error.message } };
      }
      metrics.commands.inc({ service, type: known, outcome: "faulted" });
      log.error({ err: error, type: known, commandId: id, correlationId }, "command failed");
      throw error;
    } finally {
      stop();
    }
  };
  const handle: Handler = (envelope) => {
    const { id, correlationId, causationId, command } = envelope;
    const name = rulesFor.has(command.type) ? command.type : "unknown";
    // What a person began follows from the request alone.
    const parent = causationId === id ? correlationId : causationId;
    const about = { name, kind: SpanKind.CONSUMER, correlationId, id, parent };
    return traced(about, (span) => answered(envelope, name, span));
  };
  return {
    commandTypes: [...rulesFor.keys()],
    handle,
    forget: carryOut.forget,
    settled: () => carryOut.batches.settled(),
    get underWay() {
      return carryOut.batches.size;
    },
  };
};

/** What was recorded there cannot be read by these rules, and will not be by trying again. */
const isUnreadable = (error: unknown): error is StoreFault =>
  error instanceof StoreFault && ["corrupt", "unsupported", "deleted"].includes(error.code);

const malformed = (issues: readonly object[]): Answer => ({
  reply: { accepted: false, refusal: { reason: "Malformed", issues } },
  outcome: "malformed",
});

const taskOf = (
  rulesFor: ReadonlyMap<string, Rules>,
  envelope: CommandEnvelope,
): Task | { readonly issues: readonly object[] } => {
  const rules = rulesFor.get(envelope.command.type);
  if (rules === undefined)
    return { issues: [{ path: "type", code: "unknown", message: "no such command here" }] };
  const parsed = rules.parseCommand(envelope.command);
  if ("issues" in parsed) return parsed;
  const { command } = parsed;
  return { envelope, command, rules, stream: rules.aggregate.stream(command) };
};

/** So many commands on one stream share a write at most. */
const largestBatch = 64;

/**
 * Carries tasks out, in turn on each stream, again when somebody else wrote first. Those that came
 * while the stream was busy are tried together; what does not come off is done one by one.
 */
const createCarrier = (options: HandlingOptions) => {
  const { service, metrics, log, attempts = 10, capacity = usualCapacity } = options;
  const cache = createCache<Knowledge>(capacity);
  const means = { store: options.store, salt: createSalts() };
  /** How often something was forgotten: what was read before that is not kept after it. */
  let forgotten = 0;

  const forget = (inspection: InspectionId): void => {
    forgotten += 1;
    for (const stream of cache.keys()) if (inspectionOf(stream) === inspection) cache.drop(stream);
  };

  const persist = async (task: Task): Promise<Answer> => {
    let cause: unknown;
    for (let tries = 1; tries <= attempts; tries += 1) {
      if (tries > 1) await pause(waitAfter(tries - 1, { first: 4, most: 500 }));
      try {
        const before = forgotten;
        const knowledge = cache.get(task.stream) ?? createKnowledge(task);
        const answer = await attempt(means, task, knowledge);
        if (cause === undefined && forgotten === before) cache.keep(task.stream, knowledge);
        // A retried append may have landed the first time, with other words than these.
        else cache.drop(task.stream);
        if (answer !== "conflict") return answer;
        metrics.conflicts.inc({ service });
      } catch (error) {
        cache.drop(task.stream);
        if (!mayRetry(error)) throw error;
        cause = error;
        log.warn({ code: codeOf(error), stream: task.stream, tries }, "the store failed, again");
      }
    }
    if (cause !== undefined) throw cause;
    throw new HostFault("contended", `others kept writing to ${task.stream}`);
  };

  const tryTogether = async (tasks: readonly Task[]): Promise<readonly Answer[] | undefined> => {
    const [first] = tasks;
    const { stream } = first!;
    const before = forgotten;
    const knowledge = cache.get(stream) ?? createKnowledge(first!);
    // Until it is stored, what is decided must be known to nobody else.
    cache.drop(stream);
    try {
      const answers = await attemptTogether(means, tasks, knowledge);
      if (answers === undefined) metrics.conflicts.inc({ service });
      else if (forgotten === before) cache.keep(stream, knowledge);
      return answers;
    } catch (error) {
      log.warn({ code: codeOf(error), stream, tasks: tasks.length }, "not together, one by one");
      return undefined;
    }
  };

  const batches = createBatches<Task, Answer>(async (tasks) => {
    const answers = tasks.length > 1 ? await tryTogether(tasks) : undefined;
    if (answers !== undefined) return answers.map((value) => ({ status: "fulfilled", value }));
    const ended: PromiseSettledResult<Answer>[] = [];
    for (const task of tasks) ended.push(...(await Promise.allSettled([persist(task)])));
    return ended;
  }, largestBatch);

  const carryOut = async (task: Task): Promise<Answer> => {
    const answer = await batches.join(task.stream, task);
    if (answer.outcome === "accepted" && answer.reply.accepted)
      metrics.appended.inc({ service }, answer.reply.events);
    return answer;
  };
  return Object.assign(carryOut, { batches, forget });
};
