import { afterAll, beforeAll, expect, it } from "vitest";

import { type House, openHouse } from "@assay/embedded/browsing.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const notice = ".govuk-notification-banner";

it("places a service otherwise with a reason, and confirms the schedule", async () => {
  const { page, context } = await house.visitor("head-of-programme");
  await page.goto(`${house.origin}/programme`);
  await page.getByRole("link", { name: /The next cycle/ }).click();
  expect(await page.textContent(".placement")).toMatch(/by risk|The riskiest of/);
  await page.locator("[id^=form-ChangePlacement] > summary").first().click();
  const form = page.locator("[id^=form-ChangePlacement]").first();
  await form.locator("textarea").fill("The service asked for it.");
  await form.getByRole("button").click();
  await page.waitForSelector(notice);
  expect(await page.textContent("main")).toContain("placed by a person");
  await page.getByRole("button", { name: "Confirm the schedule" }).click();
  await page.waitForSelector(notice);
  expect(await page.textContent("main")).toContain("Confirmed");
  await context.close();
});
