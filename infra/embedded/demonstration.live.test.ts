import { openDesk } from "@assay/console/contract/desk.ts";
import { tellUntil } from "@assay/console/contract/telling.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createMovedClock } from "@assay/host/moved-clock.ts";
import { expect, it } from "vitest";

import { demonstrationControl } from "./demonstration.ts";
import { startEngine } from "./engine.ts";

const log = createLog({ service: "test", level: "silent" });
const plot = madeUpPlot({
  ...{ inspection: "made-up-jarnham", service: "Jarnham (made up)", seed: 1 },
  ...{ framework: versions.at(-1)!.framework, start: Day.parse("2026-03-02") },
  ...{ listed: { children: 2, victims: 1 } },
});
const jarnham = `/inspections/${plot.inspection}`;
const time = "demonstration-time";

it("passes an embargo when its time is moved on, and stands still beside a real inspection", async () => {
  const machine = createSteppedClock(Instant.parse("2025-06-02T09:00:00.000Z"));
  const clock = createMovedClock(machine);
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const demonstrationClock = demonstrationControl(clock, { ...engine, log }, 60_000);
  const desk = await openDesk({ ...engine, demonstrationClock }, clock);
  try {
    await tellUntil(engine, machine, plot, ({ command }) => command.type === "SetEmbargo");
    await desk.signIn("publications-officer/publications-officer/");
    const set = await desk.send(`${jarnham}/report`, "SetEmbargo", {});
    expect(set.at).toBe(`${jarnham}/report?done=SetEmbargo`);
    expect((await desk.read("/public")).text).not.toContain("Jarnham (made up)");

    await desk.signIn("inspector-1/inspector/");
    const before = clock.now();
    const moved = await desk.send(jarnham, time, { days: "28" });
    expect([moved.status, moved.at]).toEqual([200, jarnham]);
    expect(moved.text).toContain("28 days ahead of the real time");
    expect(Date.parse(clock.now()) - Date.parse(before)).toBe(28 * 86_400_000);
    expect((await desk.read("/public")).text).toContain("Jarnham (made up)");
    expect((await desk.send(jarnham, time, { days: "27" })).status).toBe(400);

    await desk.signIn("scheduler/scheduler/");
    const scheduled = await desk.send("/programme", "ScheduleInspection", {
      ...{ "service.name": "Northfield", "service.id": "northfield" },
      ...{ inspection: "northfield-2026", framework: "youth-justice-2025/full" },
      ...{ "fieldwork.start": "2026-11-02", "fieldwork.end": "2026-11-13" },
      "team.0.person": "lead-inspector",
    });
    expect(scheduled.at).toContain("?done=ScheduleInspection");
    const shown = await desk.read("/");
    const still = clock.now();
    const refused = await desk.send(shown, time, { days: "1" });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("Northfield")]);
    expect(clock.now()).toBe(still);
  } finally {
    desk.close();
    await engine.close();
  }
}, 60_000);

it("has nothing to move where nobody asked for it", async () => {
  const clock = createSteppedClock(Instant.parse("2025-06-02T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const desk = await openDesk(engine, clock);
  try {
    await desk.signIn("scheduler/scheduler/");
    const { text } = await desk.read("/");
    expect(text).not.toContain(time);
    const signOut = text.replace('action="/sign-out"', `action="/demonstration/time" id="${time}"`);
    const byHand = await desk.send({ status: 200, at: "/", text: signOut }, time, {});
    expect(byHand.status).toBe(404);
  } finally {
    desk.close();
    await engine.close();
  }
});
