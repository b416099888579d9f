/**
 * What Assay itself owes for one inspection, carried out: fold, ask the flow, send what is due, and
 * ask again with what that led to, until only the future is left.
 */
import type { CommandBus, Step } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, type Reply, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { CommandId, type InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Duty } from "@assay/domain/kernel/step.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Cache } from "./cache.ts";
import type { Clock } from "./clock.ts";
import type { Flowing } from "./definition.ts";
import { HostFault } from "./fault.ts";
import { consult, Knowledge, topUp } from "./knowledge.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Typed } from "./schema.ts";
import type { Timekeeper } from "./timekeeper.ts";

export type ErrandOptions = {
  readonly service: string;
  readonly step: Step;
  readonly store: EventStore;
  readonly bus: CommandBus;
  readonly clock: Clock;
  readonly time?: Timekeeper | undefined;
  readonly flowing: Flowing;
  readonly log: Log;
  readonly metrics: Metrics;
};

export type Errands = {
  /** Returns when something falls due next. Throws when a command could not be answered. */
  run(inspection: InspectionId, goOn: () => boolean): Promise<Instant | undefined>;
  /** A duty that was refused, or changed nothing, may be tried again. */
  somethingNew(inspection: InspectionId): void;
};

/** A duty that Assay carries out itself: at its time, or at once where none is set. */
type Automatic = Duty<Typed> & {
  readonly due: Instant | undefined;
  readonly command: NonNullable<Duty<Typed>["command"]>;
  readonly inspection: InspectionId;
};

export const createErrands = (options: ErrandOptions, cache: Cache<Knowledge>): Errands => {
  /** The answered, by command id: not sent again until something new is known. */
  const answered = new Map<InspectionId, Set<CommandId>>();

  const run: Errands["run"] = async (inspection, goOn) => {
    const done = answered.get(inspection) ?? new Set();
    answered.set(inspection, done);
    const knowledge = cache.get(inspection) ?? createKnowledge(options.flowing);
    cache.keep(inspection, knowledge);
    for (;;) {
      await load(options, inspection, knowledge);
      // Pushed out meanwhile, it no longer heard what happened, and must not come back.
      if (cache.get(inspection) === knowledge) cache.keep(inspection, knowledge);
      const now = options.clock.now();
      const automatic = owedOf(options.flowing, inspection, knowledge.state);
      const next = automatic.find((duty) => timeOf(duty) <= now && !done.has(idOf(duty)));
      if (next === undefined || !goOn()) {
        if (done.size === 0) answered.delete(inspection);
        return nextWake(automatic, now);
      }
      // What has a date may be early by a wrong clock, and much of it cannot be undone.
      if (next.due !== undefined) await options.time?.assure();
      // Somebody may have set it back meanwhile.
      if (timeOf(next) > options.clock.now()) continue;
      const reply = await send(options, next, knowledge);
      if (!reply.accepted && reply.refusal.reason === "ClockInDoubt")
        throw new HostFault("clock-in-doubt", "whoever answers doubts the clock");
      done.add(idOf(next));
      if (reply.accepted && knowledge.revisions.has(reply.stream))
        await topUp(options.store, knowledge, [reply.stream]);
    }
  };
  return {
    run,
    somethingNew: (inspection) => void answered.delete(inspection),
  };
};

const createKnowledge = ({ flow, factOf }: Flowing): Knowledge =>
  new Knowledge(flow.initial, { evolve: flow.evolve, factOf });

/** The subscription keeps streams fresh that are known already; only new ones are read. */
const load = async (
  { store, flowing, service }: ErrandOptions,
  inspection: InspectionId,
  knowledge: Knowledge,
): Promise<void> => {
  const named = await consult(store, knowledge, {
    streams: (state) => flowing.flow.streams(inspection, state),
    fresh: (stream) => knowledge.isCurrent(stream),
  });
  for (const stream of named)
    if (!flowing.prefixes.some((prefix) => stream.startsWith(prefix)))
      throw new TypeError(`the flow of ${service} folds ${stream}, which it does not subscribe to`);
};

/** What Assay itself is to do, the earliest first. */
const owedOf = (
  { flow }: Flowing,
  inspection: InspectionId,
  state: unknown,
): readonly Automatic[] =>
  flow
    .owed(inspection, state)
    .flatMap((duty) => {
      const { command } = duty;
      return command === undefined ? [] : [{ ...duty, command, inspection }];
    })
    .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));

/** Sorts as text, as instants do; what has no date comes first. */
const timeOf = ({ due }: Automatic): string => due ?? "";

const nextWake = (automatic: readonly Automatic[], now: Instant): Instant | undefined =>
  automatic.find((duty) => timeOf(duty) > now)?.due;

/** The same duty has the same command id; a duty that got another date is another duty. */
const idOf = ({ inspection, key, due }: Automatic): CommandId =>
  CommandId.parse(uuidFrom(`duty/${inspection}/${key}/${due ?? "at once"}`));

const send = async (
  { bus, clock, flowing, step, service, log, metrics }: ErrandOptions,
  duty: Automatic,
  { latest }: Knowledge,
): Promise<Reply> => {
  const id = idOf(duty);
  const command = duty.command({ at: clock.now(), by: assay });
  const envelope: CommandEnvelope = {
    id,
    correlationId: latest?.correlationId ?? id,
    causationId: latest?.id ?? id,
    command,
  };
  const reply = await bus.send(flowing.to(command) ?? step, envelope);
  const about = { inspection: duty.inspection, duty: duty.key, type: command.type, commandId: id };
  if (reply.accepted) log.info({ ...about, events: reply.events }, "duty carried out");
  else log.warn({ ...about, reason: reply.refusal.reason }, "duty refused");
  metrics.duties.inc({ service, outcome: reply.accepted ? "accepted" : "refused" });
  return reply;
};
