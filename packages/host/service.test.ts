import { rmSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { friday, Stage, tuesday, witnessesIn } from "./vigil-stage.ts";
import { vigilService, witnessView } from "./vigil.ts";

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
      expect(witnessesIn(again)).toEqual(["panel-p1 ada", "panel-p2 ben"]);
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

describe("a view", () => {
  it("is built again when its file is gone, or when it has changed", async () => {
    const first = await stage.start();
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.idle();
    expect(witnessesIn(first)).toEqual(["panel-p1 ada"]);
    await stage.stop(first);
    rmSync(join(stage.dataDir, "vigil.sqlite"));
    const second = await stage.start();
    await stage.idle();
    expect(witnessesIn(second)).toEqual(["panel-p1 ada"]);
    await stage.stop(second);
    const tables = { witness: "stream text, name text, number integer primary key" };
    const changed = {
      ...witnessView,
      version: 2,
      tables,
      apply: (sqlite, fact: object, { stream }) => {
        if ("name" in fact)
          sqlite
            .prepare("insert into witness (stream, name) values (?, upper(?))")
            .run(stream, String(fact.name));
      },
    } satisfies typeof witnessView;
    const third = await stage.start({ ...vigilService, views: [changed] });
    await stage.idle();
    expect(witnessesIn(third)).toEqual(["panel-p1 ADA"]);
  });

  it("goes on where it was, and applies nothing twice", async () => {
    const first = await stage.start();
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.idle();
    await stage.stop(first);
    const second = await stage.start();
    await stage.joinVigil("ben");
    await stage.idle();
    expect(witnessesIn(second)).toEqual(["panel-p1 ada", "panel-p1 ben"]);
  });

  it("keeps neither an event nor its place when applying it failed, and tries again", async () => {
    const joined: string[] = [];
    const failing: typeof witnessView = {
      ...witnessView,
      apply: (sqlite, fact, event) => {
        witnessView.apply(sqlite, fact, event);
        if (fact.type !== "WitnessJoined") return;
        joined.push(event.stream);
        if (joined.length < 3) throw new Error("no room just now");
      },
    };
    const service = await stage.start({ ...vigilService, views: [failing] });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.idle();
    expect(witnessesIn(service)).toEqual(["panel-p1 ada"]);
    expect(joined).toHaveLength(3);
  });
});

describe("a reaction", () => {
  it("sees every event in order, and those after its checkpoint again after a failure", async () => {
    const seen: string[] = [];
    const react = async ({ type }: { readonly type: string }): Promise<void> => {
      seen.push(type);
      if (seen.length === 2) throw new Error("the printer is out of paper");
    };
    const printing = { name: "printing", prefixes: ["panel-"], react };
    await stage.start({ ...vigilService, reactions: [printing] });
    await stage.openVigil();
    await stage.joinVigil("ada");
    await stage.joinVigil("ben");
    await stage.idle();
    const expected = ["VigilOpened", "WitnessJoined", "WitnessJoined", "WitnessJoined"];
    expect(seen).toEqual(expected);
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
        { name: "view witnesses", caughtUp: true, lagSeconds: 0 },
        { name: "reactor", caughtUp: true, lagSeconds: 0 },
      ],
    });
    await stage.store.close();
    expect(await service.health()).toMatchObject({ ready: false, live: true, store: "closed" });
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
