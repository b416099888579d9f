import { join } from "node:path";

import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import type { Reply } from "@assay/domain/kernel/envelope.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type Clock, createSteppedClock } from "./clock.ts";
import { friday, monday, Stage, tuesday } from "./contract/vigil-stage.ts";
import { vigilService } from "./contract/vigil.ts";

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.close());

describe("duties", () => {
  it("are carried out as soon as a fact calls for them, and once", async () => {
    await stage.start();
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.idle();
    expect(await stage.closings()).toEqual([]);
    await stage.stopFieldwork();
    await stage.idle();
    expect(await stage.closings()).toEqual([`VigilClosed at ${monday}`]);
  });

  it("name the fact that led to them as their cause", async () => {
    await stage.start();
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.stopFieldwork();
    await stage.idle();
    const ids: Record<string, string> = {};
    for await (const page of stage.store.readAll())
      for (const { type, id, metadata } of page)
        ids[type] = type === "VigilClosed" ? String(metadata["causationId"]) : id;
    expect(ids["VigilClosed"]).toBe(ids["FieldworkStopped"]);
  });

  it("wait for their time, and are paid at it", async () => {
    const service = await stage.start();
    await stage.openVigil(tuesday);
    await stage.joinVigil("ada");
    await stage.idle();
    expect((await service.health()).timers).toBe(1);
    await stage.clock.moveTo(friday, stage.idle);
    expect(await stage.closings()).toEqual([`VigilClosed at ${tuesday}`]);
    expect((await service.health()).timers).toBe(0);
  });

  it("are paid at the start when their time passed while the service was down", async () => {
    const service = await stage.start();
    await stage.openVigil(tuesday);
    await stage.joinVigil("ada");
    await stage.idle();
    await stage.stop(service);
    await stage.clock.moveTo(friday);
    await stage.start();
    await stage.idle();
    expect(await stage.closings()).toEqual([`VigilClosed at ${friday}`]);
  });

  it("that fell due a moment ago are not forgotten for what falls due later", async () => {
    const late = new Set<() => void>();
    const clock: Clock = {
      now: () => stage.clock.now(),
      at: (due, ring) => {
        const cancel = stage.clock.at(due, () => late.add(ring));
        return () => (cancel(), void late.delete(ring));
      },
    };
    await stage.start(vigilService, { clock });
    await stage.openVigil(tuesday, "p1");
    await stage.joinVigil("ada", "p1");
    await stage.idle();
    await stage.clock.moveTo(tuesday);
    await stage.openVigil(friday, "p2");
    await stage.idle();
    for (const ring of late) ring();
    await stage.idle();
    expect(await stage.closings()).toEqual([`VigilClosed at ${tuesday}`]);
  });

  it("see what happens while the past is still being read", async () => {
    const held = Promise.withResolvers<void>();
    const read: EventStore["read"] = async function* (stream, options) {
      const pages: (readonly StoredEvent[])[] = [];
      for await (const page of stage.store.read(stream, options)) pages.push(page);
      if (stream === "fieldwork-p1") await held.promise;
      yield* pages;
    };
    const slow = stage.storeWith({ read });
    const service = await stage.start(vigilService, { store: slow });
    for (const fact of [
      { type: "VigilOpened", until: friday },
      { type: "WitnessJoined", name: "ada" },
    ])
      await stage.tell("panel-p1", fact);
    const reached = async (): Promise<boolean> =>
      service.database.position("reactor") === (await stage.end());
    await stage.until(reached);
    await stage.stopFieldwork();
    await stage.until(reached);
    held.resolve();
    await stage.idle();
    expect(await stage.closings()).toEqual([`VigilClosed at ${monday}`]);
  });

  it("that were refused wait until something new is known", async () => {
    const service = await stage.start();
    await stage.openVigil(tuesday);
    await stage.idle();
    await stage.clock.moveTo(friday, stage.idle);
    expect(await stage.closings()).toEqual([]);
    await stage.joinVigil("ada");
    await stage.idle();
    expect(await stage.closings()).toEqual([`VigilClosed at ${friday}`]);
    expect((await service.health()).timers).toBe(0);
  });

  it("are tried again when nobody answered, though the reply alone was lost", async () => {
    const losses = ["lost", "landed", "landed"];
    const lossy = through(async (send) => {
      const loss = losses.shift();
      if (loss === "lost") return noAnswer();
      const reply = await send();
      if (loss === "landed") throw new BusFault("timeout", "no answer", { retry: true });
      return reply;
    });
    await stage.start(vigilService, { bus: lossy });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.stopFieldwork();
    await stage.idle();
    expect(await stage.closings()).toHaveLength(1);
    expect(losses.length).toBeLessThan(3);
  });

  it("are tried again where whoever answers doubts the clock", async () => {
    let doubts = 2;
    const doubting = through(async (send) => {
      doubts -= 1;
      if (doubts < 0) return send();
      return { accepted: false, refusal: { reason: "ClockInDoubt", why: "made up" } };
    });
    await stage.start(vigilService, { bus: doubting });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.stopFieldwork();
    await stage.idle();
    expect(await stage.closings()).toHaveLength(1);
  });

  it("are told as late while nobody answers, and no longer once somebody does", async () => {
    let away = true;
    const bus = through((send) => (away ? noAnswer() : send()));
    const service = await stage.start(vigilService, { bus });
    const late = async () => (await service.health()).late;
    await stage.openVigil(tuesday);
    await stage.joinVigil("ada");
    await stage.idle();
    expect(await late()).toBe(0);
    const moving = stage.clock.moveTo(friday);
    await stage.until(async () => (await late()) === 1);
    away = false;
    await moving;
    await stage.idle();
    expect(await late()).toBe(0);
  });

  it("of many inspections are all paid, each once, by several replicas too", async () => {
    await stage.start();
    await stage.start(vigilService, { dataDir: join(stage.dataDir, "second") });
    const inspections = Array.from({ length: 40 }, (_, index) => `p${index}`);
    await Promise.all(inspections.map((inspection) => stage.openVigil(tuesday, inspection)));
    await Promise.all(inspections.map((inspection) => stage.joinVigil("ada", inspection)));
    await stage.idle();
    await stage.clock.moveTo(friday, stage.idle);
    expect(await stage.closings()).toEqual(inspections.map(() => `VigilClosed at ${tuesday}`));
  });

  it("that nobody answered are kept over a crash, whatever the clock shows then", async () => {
    await stage.clock.moveTo(friday);
    const service = await stage.start(vigilService, { bus: through(noAnswer) });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.stopFieldwork();
    await stage.until(async () => (await service.health()).timers > 0);
    await stage.stop(service);
    await stage.start(vigilService, { clock: createSteppedClock(monday) });
    await stage.idle();
    expect(await stage.closings()).toHaveLength(1);
  });

  it("that came up while others were carried out are kept over a crash", async () => {
    const held = Promise.withResolvers<void>();
    let sent = 0;
    const busy = through(async (send) => {
      sent += 1;
      if (sent > 1) return noAnswer();
      const refused = await send();
      await held.promise;
      return refused;
    });
    const service = await stage.start(vigilService, { bus: busy });
    await stage.openVigil();
    await stage.stopFieldwork();
    await stage.until(async () => sent === 1);
    const name = { type: "WitnessJoined", name: "ada" };
    await stage.tell("panel-p1", name);
    await stage.until(async () => service.database.position("reactor") === (await stage.end()));
    held.resolve();
    await stage.until(async () => sent > 1);
    await stage.stop(service);
    await stage.start();
    await stage.idle();
    expect(await stage.closings()).toHaveLength(1);
  });
});

const noAnswer = (): Promise<never> =>
  Promise.reject(new BusFault("no-responders", "nobody there", { retry: true }));

/** The stage's bus, with something between the sender and it. */
const through = (between: (send: () => Promise<Reply>) => Promise<Reply>): CommandBus => ({
  offer: (offer) => stage.bus.offer(offer),
  ping: () => stage.bus.ping(),
  close: () => stage.bus.close(),
  send: (step, envelope) => between(() => stage.bus.send(step, envelope)),
});
