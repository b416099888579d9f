import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { faultsOf, type House, openHouse, type Visitor } from "@assay/embedded/browsing.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const patiently = { timeout: 60_000 };
const section = (id: string) =>
  `${house.origin}/inspections/made-up-garrowby/report/sections/${id}`;
const form = "#form-DraftSection";
const area = "#DraftSection-markdown";
const state = `${form} [data-unsent-state]`;

const openAs = async (who: string, id = "domain-1") => {
  const visitor = await house.visitor(who);
  await visitor.page.goto(section(id));
  return visitor;
};

describe("what is typed and not sent", () => {
  it("is there again in another browser, with its state, while another section is saved", async () => {
    const desk = await openAs("lead-inspector/lead");
    await desk.page.fill(area, "The board knows its children.");
    await expect.poll(() => desk.page.textContent(state), patiently).toContain("Kept at");
    await desk.page.click("a[rel=next]");
    await desk.page.fill(area, "Courts were told in time.");
    await desk.page.click(`${form} button:not([name])`);
    await desk.page.waitForSelector(".govuk-notification-banner");
    await desk.page.click("a[rel=prev]");
    expect(await desk.page.inputValue(area)).toBe("The board knows its children.");
    expect(await desk.page.textContent(form)).toContain("It is not sent yet");
    expect(await faultsOf(desk.page)).toEqual([]);
    await desk.context.close();

    const phone = await openAs("lead-inspector/lead");
    expect(await phone.page.inputValue(area)).toBe("The board knows its children.");
    await phone.page.click(`${form} button[name=_discard]`);
    await phone.page.waitForLoadState("load");
    expect(await phone.page.inputValue(area)).not.toContain("knows its children");
    await phone.context.close();
  });

  it("stays in the browser while there is no connection, and comes back with it", async () => {
    const desk = await openAs("lead-inspector/lead");
    await desk.context.setOffline(true);
    await desk.page.fill(area, "Typed on a train.");
    await expect
      .poll(() => desk.page.textContent(state), patiently)
      .toContain("kept on this device");
    await desk.page.click(`${form} button:not([name])`);
    expect(await desk.page.inputValue(area)).toBe("Typed on a train.");
    await desk.context.setOffline(false);
    await expect.poll(() => desk.page.textContent(state), patiently).toContain("Kept at");
    await desk.page.reload();
    expect(await desk.page.inputValue(area)).toBe("Typed on a train.");
    await desk.context.close();
  });

  it("is there again after signing in, when the session ended meanwhile", async () => {
    const desk = await openAs("publications-officer");
    await desk.page.goto(`${house.origin}/inspections/made-up-jarnham/report`);
    await desk.page.fill("#SetEmbargo-recipients-0-body", "The board of the service");
    await expect
      .poll(() => desk.page.textContent("#form-SetEmbargo [data-unsent-state]"), patiently)
      .toContain("Kept at");
    await desk.context.clearCookies();
    await desk.page.fill("#SetEmbargo-recipients-0-name", "Its chair");
    await desk.page.click("#form-SetEmbargo button:not([name])");
    await desk.page.click("text=Sign in, and they are here again");
    await desk.page.click('button[value^="publications-officer"]');
    expect(await desk.page.inputValue("#SetEmbargo-recipients-0-body")).toBe(
      "The board of the service",
    );
    expect(await desk.page.inputValue("#SetEmbargo-recipients-0-name")).toBe("Its chair");
    await desk.context.close();
  });

  it("shows both versions to whoever sends second", async () => {
    const at = `${house.origin}/inspections/made-up-ashbourne`;
    const own = "#form-RescheduleInspection";
    const opened = async (who: string) => {
      const visitor = await house.visitor(who);
      await visitor.page.goto(at);
      await visitor.page.click(`${own} > summary`);
      return visitor;
    };
    const fill = async (page: Visitor["page"], day: string, reason: string) => {
      await page.fill("#RescheduleInspection-fieldwork-end-day", day);
      await page.fill("#RescheduleInspection-reason", reason);
    };
    const second = await opened("head-of-programme");
    await fill(second.page, "12", "The head’s reason.");
    await expect
      .poll(() => second.page.textContent(`${own} [data-unsent-state]`), patiently)
      .toContain("Kept at");
    const first = await opened("scheduler");
    expect(await first.page.textContent(own)).toContain("is writing here too");
    const before = await first.page.inputValue("#RescheduleInspection-fieldwork-end-day");
    await fill(first.page, String(Number(before) - 1), "The scheduler’s reason.");
    await first.page.click(`${own} button:not([name])`);
    await first.page.waitForSelector(".govuk-notification-banner");
    await second.page.click(`${own} button:not([name])`);
    await second.page.waitForSelector("#problems");
    expect(await second.page.textContent("#problems")).toContain("Read both versions");
    expect(await second.page.locator(`${own} .versions`).count()).toBe(1);
    expect(await second.page.inputValue("#RescheduleInspection-reason")).toBe("The head’s reason.");
    expect(await faultsOf(second.page)).toEqual([]);
    await first.context.close();
    await second.context.close();
  });

  it("is told of in a second window, which shows both", async () => {
    const one = await openAs("lead-inspector/lead", "domain-2");
    const other = await one.context.newPage();
    await other.goto(section("domain-2"));
    await one.page.fill(area, "In the first window.");
    await expect.poll(() => one.page.textContent(state), patiently).toContain("Kept at");
    await other.fill(area, "In the second window.");
    await expect.poll(() => other.textContent(form), patiently).toContain("another window");
    expect(await other.textContent(`${form} [data-other]`)).toContain("In the first window.");
    await other.getByRole("button", { name: "Keep these words" }).click();
    await expect.poll(() => other.textContent(state), patiently).toContain("Kept at");
    await one.context.close();
  });
});

describe("an answer", () => {
  it("saves what is asked by any code, and a no on a key question with its rationale", async () => {
    const { page, context } = await house.visitor("inspector-2");
    await page.goto(`${house.origin}/inspections/made-up-eastvale/cases/c0008/assess/V1`);
    await page.getByRole("link", { name: "scope", exact: true }).click();
    for (const name of ["safetyConcerns", "communityConcerns"])
      await page.check(`[name="scope.facts.${name}"][value=false]`);
    await page.getByRole("button", { name: "Record the scope" }).click();
    await page.getByRole("link", { name: /^Next/ }).click();
    const told = page.locator("#q-V1\\.1 [data-state]");
    await page.check('[name="answer.V1.1a"][value=yes]');
    await expect.poll(() => told.textContent(), patiently).toBe("V1.1a saved");
    await page.check('[name="answer.V1.1"][value=no]');
    expect(await told.textContent()).toBe("Say why, and it is saved.");
    await page.fill("#rationale-V1-1", "Nobody asked the victim.");
    await page.locator("#rationale-V1-1").blur();
    await expect.poll(() => told.textContent(), patiently).toBe("V1.1 saved");
    expect(await page.textContent("[data-count]")).toBe("1");
    await page.reload();
    expect(await page.isChecked('[name="answer.V1.1a"][value=yes]')).toBe(true);
    expect(await page.isChecked('[name="answer.V1.1"][value=no]')).toBe(true);
    await context.close();
  });
});
