/**
 * The bus within one process. Commands and replies cross it as JSON, as they would a network, so
 * that nothing is shared between sender and handler and embedded services behave as remote ones.
 */
import type { CommandEnvelope, Reply } from "@assay/domain/kernel/envelope.ts";

import {
  type CommandBus,
  BusFault,
  failureFor,
  mayRetry,
  type Offer,
  type Offered,
  type Step,
} from "./port.ts";

type Standing = { readonly offer: Offer; readonly underWay: Set<Promise<unknown>> };

/** What the connections of one process meet at; each connection is a `CommandBus` of its own. */
export type MemoryHub = { readonly standing: Map<Step, Standing[]> };

export const createMemoryHub = (): MemoryHub => ({ standing: new Map() });

export const createMemoryBus = (hub: MemoryHub = createMemoryHub()): CommandBus => {
  const offered = new Set<Offered>();
  let closed = false;
  const assertOpen = (): void => {
    if (closed) throw new BusFault("closed", "the bus is closed", { retry: false });
  };

  return {
    offer: async (offer) => {
      assertOpen();
      const standing: Standing = { offer, underWay: new Set() };
      hub.standing.set(offer.step, [...(hub.standing.get(offer.step) ?? []), standing]);
      const one: Offered = {
        drain: async () => {
          offered.delete(one);
          await withdraw(hub, standing);
        },
      };
      offered.add(one);
      return one;
    },

    send: async (step, envelope, { timeout = 5_000 } = {}) => {
      assertOpen();
      const standing = nextInTurn(hub, step, envelope.command.type);
      if (standing === undefined) {
        const subject = `assay.${step}.${envelope.command.type}`;
        throw new BusFault("no-responders", `nobody takes ${subject}`, { retry: true });
      }
      return within(timeout, carryOut(standing, envelope));
    },

    ping: async () => assertOpen(),

    close: async () => {
      closed = true;
      await Promise.all([...offered].map((one) => one.drain()));
    },
  };
};

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Services of one step share its commands: who answers now goes to the end of the queue. */
const nextInTurn = (hub: MemoryHub, step: Step, type: string): Standing | undefined => {
  const queue = hub.standing.get(step) ?? [];
  const index = queue.findIndex(({ offer }) => offer.commands.includes(type));
  const [standing] = index < 0 ? [] : queue.splice(index, 1);
  if (standing !== undefined) queue.push(standing);
  return standing;
};

const carryOut = (standing: Standing, envelope: CommandEnvelope): Promise<Reply> => {
  const work = answer(standing.offer, copy(envelope));
  const settled: Promise<boolean> = work.then(
    () => standing.underWay.delete(settled),
    () => standing.underWay.delete(settled),
  );
  standing.underWay.add(settled);
  return work;
};

/** Another turn of the event loop first, so that no sender is ever called back by its own call. */
const answer = async (offer: Offer, envelope: CommandEnvelope): Promise<Reply> => {
  await Promise.resolve();
  try {
    return copy(await offer.handle(envelope));
  } catch (cause) {
    const { step } = offer;
    throw new BusFault(failureFor(cause), `${step} could not carry out ${envelope.command.type}`, {
      retry: mayRetry(cause),
      cause,
    });
  }
};

const within = async (milliseconds: number, reply: Promise<Reply>): Promise<Reply> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `no answer within ${milliseconds} ms`;
      reject(new BusFault("timeout", message, { retry: true }));
    }, milliseconds);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
};

const withdraw = async (hub: MemoryHub, standing: Standing): Promise<void> => {
  const { step } = standing.offer;
  const others = (hub.standing.get(step) ?? []).filter((other) => other !== standing);
  hub.standing.set(step, others);
  await Promise.all(standing.underWay);
};
