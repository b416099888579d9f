import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { StoreFault } from "@assay/store/port.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { askOfAside, readAsides } from "./aside-book.ts";
import type { Reaction, ServiceDefinition } from "./definition.ts";
import { serveOperations } from "./http.ts";
import { createMetrics } from "./metrics.ts";
import type { Service } from "./service.ts";
import { friday, Stage, tuesday } from "./contract/vigil-stage.ts";
import { VigilFact, vigilService } from "./contract/vigil.ts";

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.close());

/** Notes what it did, and refuses whom `broken` names. */
const printing = (broken: ReadonlySet<string>, code: StoreFault["code"] = "corrupt") => {
  const done: string[] = [];
  const react: Reaction["react"] = async (event) => {
    const { name = event.type } = event.data as { readonly name?: string };
    if (broken.has(name)) throw new StoreFault(code, `no page for ${name}`, { retry: false });
    done.push(name);
  };
  const reaction = { name: "printing", prefixes: ["panel-"], facts: [VigilFact], react };
  const definition: ServiceDefinition = { ...vigilService, reactions: [reaction] };
  return { definition, done };
};

const threeJoin = async (): Promise<void> => {
  await stage.openVigil(friday);
  for (const name of ["ada", "ben", "cem"]) await stage.joinVigil(name);
  await stage.idle();
};

const asked = (act: "retry" | "skip", item: string) => ({
  ...{ service: "vigil", item, at: stage.clock.now(), by: assay },
  ...(act === "retry" ? { act } : { act, reason: "nobody needs it" }),
});

const readiness = async (service: Service) => {
  const { ready, aside } = await service.health();
  return { ready, aside: aside.length };
};

describe("a reaction that fails for good on one event", () => {
  it("sets that one aside by name, goes on, and is ready", async () => {
    const { definition, done } = printing(new Set(["ben"]));
    const service = await stage.start(definition);
    await threeJoin();
    expect(done).toEqual(["VigilOpened", "ada", "cem"]);
    const [item, ...more] = await readAsides(stage.store);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      ...{ service: "vigil", what: "reaction printing", inspection: "p1", again: false },
      ...{ code: "corrupt", reason: "no page for ben", times: 1 },
      event: { stream: "panel-p1", revision: 2, type: "WitnessJoined" },
    });
    expect(await readiness(service)).toEqual({ ready: true, aside: 1 });
    const operations = await serveOperations({
      ...{ services: [service], metrics: createMetrics(), port: 0 },
    });
    const answer = await fetch(`http://127.0.0.1:${operations.port}/health/ready`);
    await operations.close();
    expect([answer.status, await answer.json()]).toMatchObject([200, { status: "degraded" }]);
  });

  it("is done when somebody asks for it and the cause is gone", async () => {
    const broken = new Set(["ben"]);
    const { definition, done } = printing(broken);
    const service = await stage.start(definition);
    await threeJoin();
    const { item } = (await readAsides(stage.store))[0]!;
    expect(await askOfAside(stage.store, asked("retry", item))).toBe(true);
    await stage.until(async () => (await readAsides(stage.store))[0]?.times === 2);
    broken.clear();
    expect(await askOfAside(stage.store, asked("retry", item))).toBe(true);
    await stage.until(async () => (await readAsides(stage.store)).length === 0);
    await stage.idle();
    expect(done).toEqual(["VigilOpened", "ada", "cem", "ben"]);
    expect(await readiness(service)).toEqual({ ready: true, aside: 0 });
  });

  it("is done by newer code that can read it, beside the former code and after it", async () => {
    const former = printing(new Set(["ben", "cem"]), "unsupported");
    const service = await stage.start(former.definition);
    await threeJoin();
    expect((await readAsides(stage.store)).map(({ times }) => times)).toEqual([1, 1]);
    const newer = printing(new Set(["cem"]), "unsupported");
    const dataDir = join(stage.dataDir, "newer");
    const second = await stage.start(newer.definition, { dataDir });
    await stage.until(async () => (await readAsides(stage.store)).length === 1);
    expect(newer.done).toContain("ben");
    await stage.stop(service);
    await stage.stop(second);
    const newest = printing(new Set(), "unsupported");
    await stage.start(newest.definition, { dataDir });
    await stage.until(async () => (await readAsides(stage.store)).length === 0);
    expect(newest.done).toEqual(["cem"]);
  });

  it("leaves it for ever once somebody skipped it, also when all is handled again", async () => {
    const { definition } = printing(new Set(["ben"]));
    const first = await stage.start(definition);
    await threeJoin();
    const { item } = (await readAsides(stage.store))[0]!;
    expect(await askOfAside(stage.store, asked("skip", item))).toBe(true);
    await stage.stop(first);
    await stage.start(definition, { dataDir: join(stage.dataDir, "anew") });
    await stage.idle();
    expect(await readAsides(stage.store)).toEqual([]);
  });

  it("sets aside what fails five times without saying whether it always will", async () => {
    let tries = 0;
    const react: Reaction["react"] = async ({ data }) => {
      if (data["name"] !== "ben") return;
      tries += 1;
      throw new TypeError("undefined is not a function");
    };
    const reaction = { name: "printing", prefixes: ["panel-"], facts: [VigilFact], react };
    await stage.start({ ...vigilService, reactions: [reaction] });
    await threeJoin();
    expect(tries).toBe(5);
    const [item] = await readAsides(stage.store);
    expect(item).toMatchObject({ reason: "TypeError in the code", again: true });
  });

  it("waits, and sets nothing aside, while what everything needs is away", async () => {
    let away = 7;
    const { definition, done } = printing(new Set());
    const react: Reaction["react"] = async (...given) => {
      if (given[0].type === "WitnessJoined" && (away -= 1) > 0)
        throw new StoreFault("unavailable", "away", { retry: true });
      await definition.reactions![0]!.react(...given);
    };
    const reaction = { ...definition.reactions![0]!, react };
    await stage.start({ ...vigilService, reactions: [reaction] });
    await threeJoin();
    expect(done).toEqual(["VigilOpened", "ada", "ben", "cem"]);
    expect(await readAsides(stage.store)).toEqual([]);
  });
});

describe("a fact that its schema does not accept", () => {
  it("stops its inspection alone: reactions, duties and commands of the others go on", async () => {
    const { definition, done } = printing(new Set());
    const service = await stage.start(definition);
    await stage.openVigil(tuesday);
    await stage.joinVigil("ada");
    await stage.tell("panel-p1", { type: "WitnessJoined" });
    await stage.openVigil(tuesday, "p2");
    await stage.joinVigil("ben", "p2");
    await stage.idle();
    await stage.clock.moveTo(friday, stage.idle);
    expect(await stage.closings()).toEqual([`VigilClosed at ${tuesday}`]);
    expect(done).toEqual(["VigilOpened", "ada", "VigilOpened", "ben", "VigilClosed"]);
    const found = await readAsides(stage.store);
    expect(found.map(({ what, inspection }) => `${what} ${inspection}`).toSorted()).toEqual([
      "reaction printing p1",
      "reactor p1",
    ]);
    const reply = await stage.joinVigil("cem");
    expect(reply).toMatchObject({ accepted: false, refusal: { reason: "SetAside" } });
    expect(await readiness(service)).toMatchObject({ ready: true });
  });

  it("of a newer version is set aside as well", async () => {
    const service = await stage.start(printing(new Set()).definition);
    const data = { at: stage.clock.now(), by: assay, until: friday };
    const id = "0d5a3a0e-6a52-4b8c-9a53-6f1f5a0c0001";
    const event = { id, type: "VigilOpened", data, metadata: { version: 7 } };
    await stage.store.append("panel-p9", [event], "none");
    await stage.idle();
    const codes = (await readAsides(stage.store)).map(({ code }) => code);
    expect(codes).toEqual(["unsupported", "unsupported"]);
    expect(await readiness(service)).toEqual({ ready: true, aside: 2 });
  });
});

describe("what others write to the same store", () => {
  it("is passed over: other streams, other types, binary content, tombstones", async () => {
    const { definition, done } = printing(new Set());
    const seen = stage.storeWith({
      subscribe: async function* (options) {
        for await (const delivery of stage.store.subscribe(options))
          yield delivery.kind === "caughtUp"
            ? delivery
            : { ...delivery, events: delivery.events.map(asOthersWrite) };
      },
    });
    const service = await stage.start(definition, { store: seen });
    for (const stream of ["panel-p1", "panel-Their Own", "panel-", "fieldwork-x"])
      await stage.tell(stream, { type: "Binary" });
    await stage.tell("panel-p2", { type: "$streamDeleted" });
    await stage.openVigil(friday, "p3");
    await stage.idle();
    expect(done).toEqual(["VigilOpened"]);
    expect(await readiness(service)).toEqual({ ready: true, aside: 0 });
  });
});

const asOthersWrite = (event: StoredEvent): StoredEvent =>
  event.type === "Binary" ? { ...event, data: {}, unreadable: "its content is binary" } : event;

describe("a stream whose beginning is gone", () => {
  it("is refused, and not begun a second time", async () => {
    const read: typeof stage.store.read = async function* (stream, options) {
      const first = stream === "panel-p1" ? 1 : 0;
      for await (const page of stage.store.read(stream, options))
        yield page.filter(({ revision }) => revision >= first);
    };
    for (const _ of ["opened", "joined"]) await stage.tell("panel-p1", { type: "Unread" });
    await stage.start(vigilService, { store: stage.storeWith({ read }) });
    const reply = await stage.openVigil(tuesday);
    expect(reply).toMatchObject({ accepted: false, refusal: { reason: "SetAside" } });
    expect(reply).toHaveProperty("refusal.why", expect.stringContaining("$tb"));
  });
});
