/**
 * How long after each part was killed its step accepts a command again. One caller sends command
 * after command; the part is killed while one is on its way, and its supervisor starts it again.
 */
import { openTimeTeller } from "@assay/bus/nats-clock.ts";
import { openNatsBus } from "@assay/bus/nats.ts";
import { type CommandBus, mayRetry } from "@assay/bus/port.ts";
import type { CommandEnvelope, Reply } from "@assay/domain/kernel/envelope.ts";
import type { Step } from "@assay/domain/steps.ts";
import { pause } from "@assay/host/fault.ts";
import { sealing } from "@assay/host/seal.ts";
import { kill } from "@assay/services/contract/disturbed.ts";
import { steps } from "@assay/services/edges.ts";
import type { Supervised } from "@assay/services/supervise.ts";
import { untilReady } from "@assay/services/topology.ts";

import { progress } from "../rounds.ts";
import { awaiting, type Models, tellModels, waiting } from "./awaited.ts";
import { onStage, type Stage } from "./stage.ts";

/** In milliseconds: for one answer, before a command is sent again, and for it in all. */
const patience = { answer: 1_000, again: 20, command: 60_000 };

/** Before a kill; then one that is on its way, and one after it. */
const calm = 3;
const perKill = calm + 2;

type Part = {
  readonly name: string;
  readonly step: Step;
  readonly victim: (round: number) => Supervised;
};

/** Milliseconds of each kill, under the part's name. */
export type Recovery = ReadonlyMap<string, readonly number[]>;

export const recoveryOf = async (kills: number): Promise<Recovery> => {
  const models = await tellModels();
  return onStage(1, async (stage) => {
    const teller = await openTimeTeller({ url: stage.natsUrl, name: "assay-clock" });
    teller.tell(waiting);
    const plain = await openNatsBus({ url: stage.natsUrl, name: "assay-bench" });
    const bus = sealing(plain, stage.edges.teller);
    try {
      const caller = createCaller(bus, await waits(stage.store, { models, kills }));
      const found = new Map<string, number[]>();
      await untilReady(stage.services);
      await killEach(stage, { parts: alone(stage), kills, caller, found });
      await stage.addReplicas();
      await untilReady(stage.services);
      await killEach(stage, { parts: ofTwo(stage), kills, caller, found });
      await assertKept(stage.store, caller.acknowledged, models);
      return found;
    } finally {
      await bus.close();
      await teller.close();
    }
  });
};

const alone = (stage: Stage): readonly Part[] => [
  { name: "nats-server", step: "fieldwork", victim: () => stage.nats },
  { name: "event store node", step: "fieldwork", victim: () => stage.eventStore },
  ...steps.map((step) => ({ name: step, step, victim: () => stage.service(step, 1) })),
];

const ofTwo = (stage: Stage): readonly Part[] =>
  steps.map((step) => ({
    name: `${step}, one of two`,
    step,
    victim: (round) => stage.service(step, 1 + (round % 2)),
  }));

const waits = async (
  store: Stage["store"],
  { models, kills }: { readonly models: Models; readonly kills: number },
): Promise<Readonly<Record<Step, CommandEnvelope[]>>> => {
  const prepared: Record<Step, CommandEnvelope[]> = {
    ...{ announcement: [], fieldwork: [], panel: [], publication: [] },
  };
  for (const step of steps) {
    progress(`inspections that wait for ${step}`);
    const partsOfStep = step === "fieldwork" ? 4 : 2;
    prepared[step] = await awaiting(store, models[step], partsOfStep * kills * perKill);
  }
  return prepared;
};

type Caller = {
  /** Sends the next command, and waits for its answer before it is sent again. */
  next(step: Step): Promise<void>;
  /** Sends the next one again and again without waiting, until any of these is accepted. */
  insist(step: Step): Promise<void>;
  /** Which commands were, and by which step. */
  readonly acknowledged: ReadonlyMap<string, Step>;
};

const createCaller = (
  bus: CommandBus,
  prepared: Readonly<Record<Step, CommandEnvelope[]>>,
): Caller => {
  const acknowledged = new Map<string, Step>();
  const sending = (how: typeof persist) => async (step: Step) => {
    const envelope = prepared[step].pop();
    if (!envelope) throw new RangeError(`no inspection waits for ${step} any more`);
    await how((timeout) => bus.send(step, envelope, { timeout }).then(assertAccepted));
    acknowledged.set(envelope.id, step);
  };
  return { acknowledged, next: sending(persist), insist: sending(insist) };
};

const assertAccepted = (reply: Reply): void => {
  if (!reply.accepted) throw new Error(`refused: ${JSON.stringify(reply.refusal)}`);
};

const persist = async (send: (timeout: number) => Promise<void>): Promise<void> => {
  for (const until = Date.now() + patience.command; ; await pause(patience.again)) {
    try {
      return await send(patience.answer);
    } catch (error) {
      if (!mayRetry(error) || Date.now() > until) throw error;
    }
  }
};

const insist = async (send: (timeout: number) => Promise<void>): Promise<void> => {
  const accepted = new AbortController();
  const failed = Promise.withResolvers<never>();
  const tries = async (): Promise<void> => {
    for (const until = Date.now() + patience.command; Date.now() < until;) {
      send(patience.command).then(
        () => accepted.abort(),
        (error: unknown) => void (mayRetry(error) || failed.reject(error)),
      );
      await pause(patience.again, accepted.signal);
      if (accepted.signal.aborted) return;
    }
    throw new Error("no command was accepted any more");
  };
  await Promise.race([tries(), failed.promise]);
};

type Killing = {
  readonly parts: readonly Part[];
  readonly kills: number;
  readonly caller: Caller;
  readonly found: Map<string, number[]>;
};

/** What ran for so long, in milliseconds, is started again without a longer and longer wait. */
const settled = 10_500;

const killEach = async (stage: Stage, { parts, kills, caller, found }: Killing): Promise<void> => {
  const back = new Map<Supervised, number>();
  for (let round = 0; round < kills; round += 1)
    for (const { name, step, victim } of parts) {
      progress(`kill ${round + 1} of ${kills}: ${name}`);
      const killed = victim(round);
      await pause(Math.max(0, (back.get(killed) ?? -settled) + settled - performance.now()));
      const { pid } = killed;
      const time = await timeAfterKill(killed, step, caller);
      found.set(name, [...(found.get(name) ?? []), time]);
      await untilBack(killed, pid);
      back.set(killed, performance.now());
      await untilReady(stage.services);
    }
  progress("");
};

/** Milliseconds until a command is accepted that was sent after the kill. */
const timeAfterKill = async (killed: Supervised, step: Step, caller: Caller): Promise<number> => {
  for (let sent = 0; sent < calm; sent += 1) await caller.next(step);
  const underWay = caller.next(step);
  await pause(Math.random() * 5);
  kill(killed);
  const at = performance.now();
  await caller.insist(step);
  const time = performance.now() - at;
  await underWay;
  return time;
};

const untilBack = async (killed: Supervised, former: number | undefined): Promise<void> => {
  const until = Date.now() + patience.command;
  while (killed.pid === undefined || killed.pid === former) {
    if (Date.now() > until) throw new Error(`${killed.name} was not started again`);
    await pause(20);
  }
};

/** Whatever was accepted is in the store, once, and no stream has a gap or an event twice. */
const assertKept = async (
  store: Stage["store"],
  acknowledged: Caller["acknowledged"],
  models: Models,
): Promise<void> => {
  const facts = new Map<unknown, number>();
  const next = new Map<string, number>();
  const ids = new Set<string>();
  for await (const page of store.readAll())
    for (const { id, stream, revision, metadata } of page) {
      if (ids.has(id) || revision !== (next.get(stream) ?? 0))
        throw new Error(`${stream}@${revision} is doubled or out of order`);
      ids.add(id);
      next.set(stream, revision + 1);
      facts.set(metadata["commandId"], (facts.get(metadata["commandId"]) ?? 0) + 1);
    }
  for (const [id, step] of acknowledged)
    if (facts.get(id) !== models[step].facts)
      throw new Error(`${step} accepted ${id}, of which there are ${facts.get(id) ?? 0} facts`);
};
