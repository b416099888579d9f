/**
 * What every command bus must do, told once and run on each adapter with nothing left out. Each
 * test offers and sends over connections of its own; `connect` opens another one to the same bus.
 */
import { randomUUID } from "node:crypto";

import { CommandEnvelope, type Reply } from "@assay/domain/kernel/envelope.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type CommandBus, BusFault, type Handler, type Offer } from "./port.ts";

export type BusUnderTest = {
  connect(): Promise<CommandBus>;
  close(): Promise<void>;
};

const accepted: Reply = { accepted: true, stream: "panel-p1", revision: 3, events: 2 };

const envelopeOf = (command: CommandEnvelope["command"]): CommandEnvelope => {
  const id = randomUUID();
  return CommandEnvelope.parse({ id, correlationId: randomUUID(), causationId: id, command });
};

const convene = (): CommandEnvelope => envelopeOf({ type: "ConvenePanel", inspection: "p1" });

const offering = (handle: Handler): Offer => ({
  step: "panel",
  commands: ["ConvenePanel", "ConcludePanel"],
  handle,
});

/** A gate that work can be held at. */
const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
};

const faultOf = async (sent: Promise<Reply>): Promise<Pick<BusFault, "code" | "retry">> => {
  const outcome = await sent.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(BusFault);
  const { code, retry } = outcome as BusFault;
  return { code, retry };
};

export const busContract = (name: string, open: () => Promise<BusUnderTest>): void => {
  describe(`${name} as a command bus`, () => {
    let under: BusUnderTest;
    let sender: CommandBus;
    let service: CommandBus;

    beforeEach(async () => {
      under = await open();
      sender = await under.connect();
      service = await under.connect();
    });
    afterEach(async () => {
      await sender.close();
      await service.close();
      await under.close();
    });

    const connections = () => ({ sender, service, connect: () => under.connect() });
    answers(connections);
    faults(connections);
    sharing(connections);
    draining(connections);
  });
};

type Connections = () => {
  readonly sender: CommandBus;
  readonly service: CommandBus;
  readonly connect: () => Promise<CommandBus>;
};

const answers = (connections: Connections): void => {
  it("brings a command to the service of its step, and the reply back", async () => {
    const { sender, service } = connections();
    await service.offer(offering(async () => accepted));
    expect(await sender.send("panel", convene())).toEqual(accepted);
  });

  it("passes a refusal through as it is, with all that it says", async () => {
    const { sender, service } = connections();
    const refusal = { reason: "TooFewMembers", needed: 3, members: ["ada", "ben"] };
    await service.offer(offering(async () => ({ accepted: false, refusal })));
    expect(await sender.send("panel", convene())).toEqual({ accepted: false, refusal });
  });

  it("delivers the envelope whole: identity, cause, and every kind of JSON value", async () => {
    const { sender, service } = connections();
    const received: CommandEnvelope[] = [];
    await service.offer(
      offering(async (envelope) => {
        received.push(envelope);
        return accepted;
      }),
    );
    const values = { words: "Peterborough – “naïve” 🙂", none: null, yes: true, share: 0.65 };
    const sent = envelopeOf({ type: "ConvenePanel", values, list: [1, [2, { three: 3 }], []] });
    await sender.send("panel", sent);
    expect(received).toEqual([sent]);
    expect(received[0]).not.toBe(sent);
  });

  it("sends a command again after a lost reply, and the service sees it is the same", async () => {
    const { sender, service } = connections();
    const held = gate();
    const seen: string[] = [];
    await service.offer(
      offering(async ({ id }) => {
        seen.push(id);
        if (seen.length === 1) await held.passed;
        return accepted;
      }),
    );
    const envelope = convene();
    const lost = await faultOf(sender.send("panel", envelope, { timeout: 100 }));
    expect(lost).toEqual({ code: "timeout", retry: true });
    expect(await sender.send("panel", envelope)).toEqual(accepted);
    expect(seen).toEqual([envelope.id, envelope.id]);
    held.open();
  });
};

const faults = (connections: Connections): void => {
  it("says at once that nobody takes a command, and that sending it again may help", async () => {
    const { sender, service } = connections();
    const nobody = { code: "no-responders", retry: true };
    expect(await faultOf(sender.send("panel", convene()))).toEqual(nobody);
    await service.offer(offering(async () => accepted));
    expect(await faultOf(sender.send("fieldwork", convene()))).toEqual(nobody);
    const unknown = envelopeOf({ type: "DissolvePanel" });
    expect(await faultOf(sender.send("panel", unknown))).toEqual(nobody);
    expect(await sender.send("panel", convene())).toEqual(accepted);
  });

  it("gives up waiting when the time is over", async () => {
    const { sender, service } = connections();
    const held = gate();
    await service.offer(offering(() => held.passed.then(() => accepted)));
    const fault = await faultOf(sender.send("panel", convene(), { timeout: 50 }));
    expect(fault).toEqual({ code: "timeout", retry: true });
    held.open();
  });

  it("tells a handler that failed for now from one that is wrong, and from a full disk", async () => {
    const { sender, service } = connections();
    const passing = Object.assign(new Error("the disk is busy"), { retry: true });
    const full = Object.assign(new Error("no room is left"), { code: "disk-full", retry: false });
    const thrown = [passing, new TypeError("undefined is not a panel"), full];
    await service.offer(offering(() => Promise.reject(thrown.shift()!)));
    const first = await faultOf(sender.send("panel", convene()));
    expect(first).toEqual({ code: "handler-failed", retry: true });
    const second = await faultOf(sender.send("panel", convene()));
    expect(second).toEqual({ code: "handler-failed", retry: false });
    const third = await faultOf(sender.send("panel", convene()));
    expect(third).toEqual({ code: "no-room", retry: false });
  });

  it("keeps serving after a handler failed", async () => {
    const { sender, service } = connections();
    let calls = 0;
    await service.offer(
      offering(async () => {
        calls += 1;
        if (calls === 1) throw new Error("the first one fails");
        return accepted;
      }),
    );
    await faultOf(sender.send("panel", convene()));
    expect(await sender.send("panel", convene())).toEqual(accepted);
  });

  it("refuses everything once closed, and closing twice is harmless", async () => {
    const { sender } = connections();
    await sender.ping();
    await sender.close();
    await sender.close();
    const closed = { code: "closed", retry: false };
    expect(await faultOf(sender.send("panel", convene()))).toEqual(closed);
    await expect(sender.ping()).rejects.toMatchObject(closed);
    await expect(sender.offer(offering(async () => accepted))).rejects.toMatchObject(closed);
  });
};

const sharing = (connections: Connections): void => {
  it("gives each command to one of several services of a step, and leaves none idle", async () => {
    const { sender, service, connect } = connections();
    const second = await connect();
    const taken: Record<"first" | "second", string[]> = { first: [], second: [] };
    const taking =
      (name: "first" | "second"): Handler =>
      async ({ id }) => {
        taken[name].push(id);
        return accepted;
      };
    await service.offer(offering(taking("first")));
    await second.offer(offering(taking("second")));
    const envelopes = Array.from({ length: 40 }, convene);
    await Promise.all(envelopes.map((envelope) => sender.send("panel", envelope)));
    const ids = envelopes.map(({ id }) => id);
    expect([...taken.first, ...taken.second].toSorted()).toEqual(ids.toSorted());
    expect(taken.first).not.toEqual([]);
    expect(taken.second).not.toEqual([]);
    await second.close();
  });

  it("carries out several commands at the same time", async () => {
    const { sender, service } = connections();
    const both = gate();
    let underWay = 0;
    await service.offer(
      offering(async () => {
        underWay += 1;
        if (underWay === 2) both.open();
        await both.passed;
        return accepted;
      }),
    );
    const replies = [sender.send("panel", convene()), sender.send("panel", convene())];
    expect(await Promise.all(replies)).toEqual([accepted, accepted]);
  });
};

const draining = (connections: Connections): void => {
  it("answers what is under way while it drains, and takes no more", async () => {
    const { sender, service } = connections();
    const held = gate();
    const begun = gate();
    const offered = await service.offer(
      offering(async () => {
        begun.open();
        await held.passed;
        return accepted;
      }),
    );
    const underWay = sender.send("panel", convene());
    await begun.passed;
    let drained = false;
    const draining = offered.drain().then(() => {
      drained = true;
    });
    const refused = await untilNobodyTakes(sender);
    expect({ refused, drained }).toEqual({ refused: true, drained: false });
    held.open();
    expect(await underWay).toEqual(accepted);
    await draining;
  });

  it("hands a drained service's commands to the one that stays", async () => {
    const { sender, service, connect } = connections();
    const second = await connect();
    const leaving = await service.offer(offering(async () => accepted));
    await second.offer(offering(async () => ({ ...accepted, revision: 7 })));
    await leaving.drain();
    for (let sent = 0; sent < 10; sent += 1)
      expect(await sender.send("panel", convene())).toMatchObject({ revision: 7 });
    await second.close();
  });

  it("finishes work under way before it closes", async () => {
    const { sender, service } = connections();
    const held = gate();
    const begun = gate();
    await service.offer(
      offering(async () => {
        begun.open();
        await held.passed;
        return accepted;
      }),
    );
    const underWay = sender.send("panel", convene());
    await begun.passed;
    const closing = service.close();
    held.open();
    expect(await underWay).toEqual(accepted);
    await closing;
  });
};

/** Whether the step's commands soon find nobody; a network takes a moment to learn of it. */
const untilNobodyTakes = async (sender: CommandBus): Promise<boolean> => {
  for (let tries = 0; tries < 50; tries += 1) {
    const { code } = await faultOf(sender.send("panel", convene(), { timeout: 100 }));
    if (code === "no-responders") return true;
  }
  return false;
};
