import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { BusFault } from "@assay/bus/port.ts";
import { StoreFault } from "@assay/store/port.ts";

import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { startSubscription } from "./subscription.ts";
import { friday, Stage, tuesday } from "./contract/vigil-stage.ts";
import { VigilFact, vigilService } from "./contract/vigil.ts";

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.close());

describe("a service that starts again", () => {
  it("repeats and loses nothing, whatever of its own file the crash left", async () => {
    const service = await stage.start();
    const folders = [join(stage.dataDir, "nothing")];
    const steps = [
      () => stage.openVigil(tuesday),
      () => stage.joinVigil("ada"),
      () => stage.openVigil(friday, "p2"),
      () => stage.joinVigil("ben", "p2"),
      () => stage.stopFieldwork(),
      () => stage.clock.moveTo(friday, stage.idle),
    ];
    for (const [index, step] of steps.entries()) {
      await step();
      folders.push(stage.snapshot(`early-${index}`));
      await stage.idle();
      folders.push(stage.snapshot(`late-${index}`));
    }
    await stage.stop(service);
    const before = await stage.told();
    expect(await stage.closings()).toHaveLength(2);
    for (const folder of folders) {
      const again = await stage.start(vigilService, { dataDir: folder });
      await stage.idle();
      expect(await stage.told()).toEqual(before);
      await stage.stop(again);
    }
  });

  it("does at its start what a crash kept it from doing", async () => {
    const service = await stage.start();
    await stage.openVigil(tuesday);
    await stage.joinVigil("ada");
    await stage.idle();
    await stage.stop(service);
    await stage.stopFieldwork();
    await stage.start();
    await stage.idle();
    expect(await stage.closings()).toHaveLength(1);
  });
});

describe("what a service has read", () => {
  it("is forgotten once something of the inspection is erased, and read again", async () => {
    const read: string[] = [];
    const store = stage.storeWith({
      read: (stream, options) => {
        read.push(`${stream} from ${options?.from ?? 0}`);
        return stage.store.read(stream, options);
      },
    });
    await stage.start(vigilService, { store });
    for (const inspection of ["p1", "p2"]) {
      await stage.openVigil(friday, inspection);
      await stage.joinVigil("zoe", inspection);
    }
    await stage.idle();
    const anew = ["panel-p1 from 0", "panel-p2 from 0"];
    read.length = 0;
    await stage.joinVigil("ada");
    await stage.joinVigil("ada", "p2");
    await stage.idle();
    expect(read.filter((each) => anew.includes(each))).toEqual([]);

    await stage.tell("erasure-p1", { type: "CaseErased" });
    await stage.idle();
    read.length = 0;
    await stage.joinVigil("ben");
    await stage.joinVigil("ben", "p2");
    await stage.idle();
    // Once for the command, once for what is owed after it.
    expect(read.filter((each) => anew.includes(each))).toEqual([anew[0], anew[0]]);
  });
});

describe("a reaction", () => {
  it("sees every event in order, and those after its checkpoint again after a failure", async () => {
    const seen: string[] = [];
    const react = async ({ type }: { readonly type: string }): Promise<void> => {
      seen.push(type);
      if (seen.length === 2) throw new Error("the printer is out of paper");
    };
    const printing = { name: "printing", prefixes: ["panel-"], facts: [VigilFact], react };
    await stage.start({ ...vigilService, reactions: [printing] });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.joinVigil("ben");
    await stage.idle();
    const expected = ["VigilOpened", "WitnessJoined", "WitnessJoined", "WitnessJoined"];
    expect(seen).toEqual(expected);
  });

  it("stops between two events when its service does, and goes on there", async () => {
    const seen: string[] = [];
    const held = Promise.withResolvers<void>();
    const react = async ({ data }: { readonly data: object }): Promise<void> => {
      seen.push("name" in data ? String(data.name) : "opened");
      await held.promise;
    };
    const printing = { name: "printing", prefixes: ["panel-"], facts: [VigilFact], react };
    const definition = { ...vigilService, reactions: [printing] };
    for (const fact of [
      { type: "VigilOpened", until: friday },
      { type: "WitnessJoined", name: "ada" },
      { type: "WitnessJoined", name: "ben" },
    ])
      await stage.tell("panel-p1", fact);
    const service = await stage.start(definition);
    await stage.until(async () => seen.length === 1);
    const stopped = stage.stop(service);
    held.resolve();
    await stopped;
    expect(seen).toEqual(["opened"]);
    await stage.start(definition);
    await stage.idle();
    expect(seen).toEqual(["opened", "ada", "ben"]);
  });
});

describe("a service's life", () => {
  it("becomes ready once it has caught up, and says what it waits for", async () => {
    const service = await stage.start();
    await stage.idle();
    expect(await service.health()).toMatchObject({
      phase: "ready",
      live: true,
      ready: true,
      store: "ok",
      bus: "ok",
      subscriptions: [
        { name: "reactor", caughtUp: true, lagSeconds: 0 },
        { name: "aside", caughtUp: true, lagSeconds: 0 },
      ],
    });
    await stage.store.close();
    expect(await service.health()).toMatchObject({ ready: false, live: true, store: "closed" });
  });

  it("leaves nothing running when it cannot take commands", async () => {
    const signals: AbortSignal[] = [];
    const store = stage.storeWith({
      subscribe: (options) => {
        signals.push(options.signal);
        return stage.store.subscribe(options);
      },
    });
    const refused = new BusFault("unavailable", "not permitted", { retry: false });
    const bus = { ...createMemoryBus(), offer: () => Promise.reject(refused) };
    await expect(stage.start(vigilService, { store, bus })).rejects.toBe(refused);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it("answers the commands under way before it closes, and takes no more", async () => {
    const service = await stage.start();
    await stage.openVigil();
    const underWay = Array.from({ length: 20 }, (_, index) => stage.joinVigil(`w${index}`));
    const closed = service.close();
    for (const reply of await Promise.all(underWay)) expect(reply.accepted).toBe(true);
    await closed;
    expect(service.phase).toBe("closed");
    await expect(stage.joinVigil("late")).rejects.toMatchObject({ code: "no-responders" });
    expect(await stage.told()).toHaveLength(21);
  });
});

describe("a subscription", () => {
  it("that reached the end was well again: what interrupts it next is a first failure", async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const store = stage.storeWith({
      subscribe: async function* () {
        yield { kind: "caughtUp", through: undefined };
        throw new StoreFault("unavailable", "connection lost", { retry: true });
      },
    });
    const subscription = startSubscription(
      { name: "quiet", checkpoint: () => undefined, take: () => {} },
      {
        service: "test",
        store,
        log: createLog({ service: "test", destination }),
        metrics: createMetrics(),
      },
    );
    await stage.until(async () => lines.length >= 4);
    await subscription.stop();
    const failures = lines.map((line) => (JSON.parse(line) as { failures: number }).failures);
    expect(new Set(failures)).toEqual(new Set([1]));
  });
});
