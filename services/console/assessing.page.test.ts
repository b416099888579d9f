import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { faultsOf, type House, openHouse, pictures } from "@assay/embedded/browsing.ts";

let house: House;

beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());
/** A loaded machine may take its time; what is asked for comes, or the test fails. */
const patiently = { timeout: 60_000 };

const at = (path: string): string => `${house.origin}/inspections/made-up-${path}`;
const notice = ".govuk-notification-banner";

const judgements = async (question: string): Promise<number> => {
  let count = 0;
  for await (const events of house.engine.store.read("assessment-made-up-eastvale.c0005"))
    count += events.filter(({ data }) => data["question"] === question).length;
  return count;
};

describe("an inspector", () => {
  const form = "eastvale/cases/c0005/assess/2.1";

  it("assesses a case without JavaScript, and keeps what was typed when refused", async () => {
    const { page, context } = await house.visitor("inspector-2", { script: false });
    await page.goto(at("eastvale/cases/c0005/assess"));
    await page.getByRole("link", { name: "Scope of the case" }).click();
    await page.getByRole("button", { name: "Record the scope" }).click();
    expect(await page.textContent("#problems")).toContain(
      "Select yes or no for “Is there anything that bears on this person’s safety?”",
    );
    for (const name of ["safetyConcerns", "communityConcerns"])
      await page.check(`[name="scope.facts.${name}"][value=true]`);
    await page.getByRole("button", { name: "Record the scope" }).click();
    expect(await page.textContent(notice)).toContain("The scope is recorded");
    await page.getByRole("link", { name: /^Next/ }).click();

    const answer = (to: string, is: string) => page.check(`[name="answer.${to}"][value=${is}]`);
    const save = () => page.getByRole("button", { name: "Save these answers" }).click();
    await answer("2.1.1a", "yes");
    await answer("2.1.1", "no");
    await save();
    expect(await page.textContent("#problems")).toContain("needs a rationale");
    expect(await page.isChecked('[name="answer.2.1.1"][value=no]')).toBe(true);
    await page.fill("#rationale-2-1-2", "Written before 2.1.1 was saved.");
    await answer("2.1.1b", "yes");
    await page.fill("#rationale-2-1-1", "The assessment says nothing of the family.");
    await save();
    expect(await page.textContent("#problems")).toContain("Answer 2.1.2: you have said why");
    await answer("2.1.2", "yes");
    await save();
    expect(await page.textContent(notice)).toContain("recorded");
    for (const saved of ["2.1.1", "2.1.1b", "2.1.2"]) expect(await judgements(saved)).toBe(1);
    await context.close();
  });

  it("is asked about words that could identify somebody before an answer is saved", async () => {
    const { page, context } = await house.visitor("inspector-2");
    await page.goto(at(form));
    await page.fill("#rationale-2-1-3", "The aunt can be rung on 07700 900123.");
    await page.check('[name="answer.2.1.3"][value=no]');
    const told = page.locator("#q-2\\.1\\.3 [data-state]");
    const warning = "“07700 900123” could tell who somebody is (phone number). Nothing is recorded";
    await expect.poll(() => told.textContent(), patiently).toContain(warning);
    expect(await page.textContent("[data-save-state]")).toBe("Not all saved: see below");
    expect(await judgements("2.1.3")).toBe(0);
    await page.getByRole("button", { name: "Save these answers" }).click();
    await page.waitForSelector("#problems");
    expect(await page.inputValue("#rationale-2-1-3")).toContain("07700 900123");
    await page.fill("#rationale-2-1-3", "The aunt was not asked.");
    await page.locator("#rationale-2-1-3").blur();
    await expect.poll(() => told.textContent(), patiently).toContain("saved");
    expect(await page.textContent("[data-save-state]")).toBe("All saved");
    expect(await judgements("2.1.3")).toBe(1);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });

  it("answers on a phone without a connection: kept in the browser, each sent once", async () => {
    const { page, context } = await house.visitor("inspector-2", { width: 390 });
    await page.goto(at(form));
    await context.setOffline(true);
    const state = page.locator("[data-save-state]");
    await page.locator('[name="answer.2.1.2a"][value=yes]').focus();
    await page.keyboard.press("Space");
    await expect.poll(() => state.textContent(), patiently).toContain("1 waiting here");
    await page.check('[name="answer.2.1.2b"][value=no]');
    await expect.poll(() => state.textContent(), patiently).toContain("2 waiting here");
    expect(await judgements("2.1.2a")).toBe(0);
    await context.setOffline(false);
    await expect.poll(() => state.textContent(), patiently).toBe("All saved");
    expect(await judgements("2.1.2a")).toBe(1);
    expect(await judgements("2.1.2b")).toBe(1);
    await page.reload();
    expect(await page.isChecked('[name="answer.2.1.2b"][value=no]')).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "on-a-phone-answering.png"), fullPage: true });
    await context.close();
  });

  it("takes a case along: its steps open without a connection, and say so", async () => {
    const { page, context, complaints } = await house.visitor("inspector-2");
    await page.goto(at("eastvale/cases/c0005/assess"));
    const along = page.locator("[data-offline-state]");
    await expect.poll(() => along.textContent(), patiently).toContain("without a connection");
    await context.setOffline(true);
    await page.getByRole("link", { name: /2\.2 Planning/ }).click();
    await page.waitForSelector('[data-save-state="waiting"]');
    expect(await page.textContent("[data-save-state]")).toContain("No connection");
    const asked = page.getByRole("group", { name: "2.2.1a Does the plan say what is to change" });
    await asked.getByLabel("Yes").check();
    await page.getByRole("link", { name: /^Next/ }).click();
    await page.waitForSelector("h2:has-text('2.3')");
    const state = page.locator("[data-save-state]");
    await expect.poll(() => state.textContent(), patiently).toContain("1 waiting here");
    await context.setOffline(false);
    await expect.poll(() => state.textContent(), patiently).toBe("All saved");
    expect(complaints.filter((said) => !said.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector("text=Sign in");
    expect(await page.evaluate("caches.keys()")).toEqual([]);
    await context.close();
  });

  it("shows what somebody else recorded meanwhile beside what waited here", async () => {
    const path = at("eastvale/cases/c0005/assess/2.3");
    const { page, context } = await house.visitor("inspector-2");
    await page.goto(path);
    const first = page.locator("fieldset[data-unsent]").first();
    const code = (await first.getAttribute("id"))!.slice(2);
    await context.setOffline(true);
    await page.check(`[name="answer.${code}"][value=yes]`);
    await page.waitForSelector('[data-save-state="waiting"]');

    const other = await house.visitor("inspector-2");
    await other.page.goto(path);
    await other.page.fill(`#rationale-${code.replaceAll(".", "-")}`, "Nobody came to the visit.");
    await other.page.check(`[name="answer.${code}"][value=no]`);
    await other.page.waitForSelector('[data-save-state="saved"]:has-text("All saved")');

    await context.setOffline(false);
    const box = first.locator("[data-other]");
    await expect.poll(() => box.textContent(), patiently).toContain("Recorded now");
    expect(await box.textContent()).toContain("No: Nobody came to the visit.");
    expect(await faultsOf(page)).toEqual([]);
    await page.reload();
    await expect.poll(() => box.textContent(), patiently).toContain("Yours");
    await page.goto(at("eastvale/cases/c0005/assess/2.2"));
    expect(await page.textContent("[data-refused]")).toContain(`${code} was not saved`);
    await page.getByRole("link", { name: code }).click();
    await box.getByRole("button", { name: "Leave it as recorded" }).click();
    expect(await page.isChecked(`[name="answer.${code}"][value=no]`)).toBe(true);
    await page.reload();
    expect(await box.count()).toBe(0);
    expect(await judgements(code)).toBe(1);
    await context.close();
    await other.context.close();
  });

  it("sends no waiting answer while somebody else is signed in", async () => {
    const path = at("eastvale/cases/c0005/assess/2.2");
    const { page, context } = await house.visitor("inspector-2");
    await page.goto(path);
    const commands = "**/api/v1/commands";
    await page.route(commands, (route) => route.abort());
    await page.check('[name="answer.2.2.1b"][value=no]');
    await page.waitForSelector('[data-save-state="waiting"]');
    const other = await context.newPage();
    const asOther = async (who: string) => {
      await other.goto(`${house.origin}/sign-in`);
      await other.click(`button[value^="${who}/"]`);
      await other.waitForSelector("[data-person]");
    };
    await asOther("inspector-3");
    await page.unroute(commands);
    await page.evaluate("dispatchEvent(new Event('online'))");
    const state = page.locator("[data-save-state]");
    await expect.poll(() => state.textContent(), patiently).toContain("Sign in as yourself");
    expect(await judgements("2.2.1b")).toBe(0);
    await asOther("inspector-2");
    await page.evaluate("dispatchEvent(new Event('online'))");
    await expect.poll(() => state.textContent(), patiently).toBe("All saved");
    expect(await judgements("2.2.1b")).toBe(1);
    await context.close();
  });
});
