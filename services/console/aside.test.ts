import { randomUUID } from "node:crypto";

import { assay } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Desk, openDesk } from "./contract/desk.ts";

describe("what others or a fault wrote to the store", () => {
  let engine: Engine;
  let desk: Desk;
  const [healthy, poisoned] = examplePlots().map(({ inspection }) => inspection);

  const write = async (stream: string, type: string, data: object = {}): Promise<void> => {
    let last: number | "none" = "none";
    for await (const page of engine.store.read(stream)) last = page.at(-1)!.revision;
    const event = { id: randomUUID(), type, data: { ...data }, metadata: {} };
    await engine.store.append(stream, [event], last);
  };

  beforeAll(async () => {
    const log = createLog({ service: "console", level: "silent" });
    const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
    engine = await startEngine({ dataDir: undefined, clock, log });
    await carry({ engine, clock, plots: examplePlots().slice(0, 2) });
    await write(`publication-${poisoned}`, "ReportPublished");
    const published = { at: clock.now(), by: assay, version: 1, basis: [], publishAt: clock.now() };
    await write("publication-y", "ReportPublished", published);
    await write("programme-theirs", "ServicesEnrolled", { services: "all" });
    await write("inspection-", "InspectionScheduled");
    await write("orders-7", "OrderPlaced", { total: 3 });
    await write(`inspection-${healthy}`, "OrderPlaced");
    desk = await openDesk(engine, clock);
  });
  afterAll(async () => {
    desk.close();
    await engine.close();
  });

  it("leaves every page of the others as it was, and strangers' inspections unseen", async () => {
    const open = await desk.read("/public");
    expect(open).toMatchObject({ status: 200 });
    expect(open.text).toContain(`/public/${healthy}`);
    expect(open.text).not.toContain("/public/y");
    await desk.signIn("head-of-programme/head-of-programme/");
    for (const path of ["/", "/events", "/programme", `/inspections/${healthy}`])
      expect({ path, status: (await desk.read(path)).status }).toEqual({ path, status: 200 });
    expect(await desk.read("/inspections/y")).toMatchObject({ status: 404 });
  });

  it("says of the one that cannot be read that it is set aside", async () => {
    await desk.signIn("head-of-programme/head-of-programme/");
    const page = await desk.read(`/inspections/${poisoned}`);
    expect(page.status).toBe(409);
    expect(page.text).toContain("This inspection is set aside");
  });

  it("is listed with the reason, and skipped or tried again by who answers for it", async () => {
    await engine.idle();
    await desk.signIn("lead-inspector/lead-inspector/");
    const page = await desk.read("/operations");
    expect(page.text).toContain(`publication-${poisoned}`);
    expect(page.text).toContain("is no ReportPublished");
    const { aside } = JSON.parse((await desk.read("/api/v1/aside")).text) as {
      readonly aside: readonly { readonly item: string; readonly inspection: string }[];
    };
    expect(new Set(aside.map(({ inspection }) => inspection))).toEqual(new Set([poisoned]));
    const decide = async (role: string, decision: object): Promise<unknown> => {
      const answer = await fetch(`${desk.origin}/api/v1/aside/${aside[0]!.item}`, {
        method: "POST",
        headers: { authorization: `Bearer ${role}/${role}/`, "content-type": "application/json" },
        body: JSON.stringify(decision),
      });
      return answer.status;
    };
    expect(await decide("auditor", { act: "retry" })).toBe(404);
    expect(await decide("head-of-programme", { act: "skip" })).toBe(422);
    expect(await decide("head-of-programme", { act: "retry" })).toBe(200);
    expect(await decide("head-of-programme", { act: "skip", reason: "a test of ours" })).toBe(200);
    const left = JSON.parse((await desk.read("/api/v1/aside")).text) as typeof aside & object;
    expect(JSON.stringify(left)).not.toContain(aside[0]!.item);
  });
});
