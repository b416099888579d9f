import { Instant } from "@assay/domain/kernel/instants.ts";
import type { Line } from "@assay/domain/reconstruction/story.ts";
import { type Served, serve } from "@assay/embedded/browsing.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { begunIn, tellUntil } from "./contract/telling.ts";

describe("a panel that sits, in browsers", () => {
  let engine: Engine;
  let served: Served;

  beforeAll(async () => {
    const log = createLog({ service: "console", level: "silent" });
    const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
    engine = await startEngine({ dataDir: undefined, clock, log });
    const considering = ({ command }: Line) => command.type === "ConsiderStandard";
    await tellUntil(engine, clock, begunIn("sitting"), considering);
    served = await serve(engine, clock);
  });
  afterAll(async () => {
    await served.close();
    await engine.close();
  });

  it("lets the chair consider a standard by keyboard alone, and the lead only look", async () => {
    const { page, context } = await served.visitor("panel-chair");
    await page.goto(`${served.origin}/inspections/sitting-2022/panel/3.1`);
    await page.getByRole("button", { name: /numbers were considered/ }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".govuk-notification-banner");
    for (const reason of ["Only two of nine say so.", "Two of five cases say the same."]) {
      await page.fill("#DeclineDiscretion-reason", reason);
      await page.locator("#DeclineDiscretion-reason").press("Tab");
      await page.getByRole("button", { name: "Keep Requires improvement" }).focus();
      await page.keyboard.press("Enter");
      if (!reason.includes("nine")) continue;
      await page.waitForSelector("#problems >> text=The reason says “two of nine”, but");
    }
    await page.waitForSelector("text=Discretion declined");
    expect(await page.textContent("tbody")).toContain("5 points below Good");
    await context.close();
    const lead = await served.visitor("lead-inspector");
    await lead.page.goto(`${served.origin}/inspections/sitting-2022/panel/3.1`);
    expect(await lead.page.locator("[id^=form-]").count()).toBe(0);
    await lead.context.close();
  });

  it("keeps each member's score in their own browser until all are opened together", async () => {
    const names = ["panel-chair", "panel-member-1", "panel-member-2"];
    const members = await Promise.all(names.map((who) => served.visitor(who)));
    for (const deed of ["Seal", "Open"])
      for (const { page } of members) {
        await page.goto(`${served.origin}/inspections/sitting-2022/panel/3.2`);
        const button = page.getByRole("button", { name: `${deed} my score` });
        if (deed === "Seal") await page.check("[name=own][value=Good]");
        await button.click();
        await page.waitForSelector(".govuk-notification-banner >> text=Your score is");
      }
    expect(members.flatMap(({ complaints }) => complaints)).toEqual([]);
    for (const { context } of members) await context.close();
  });
});
