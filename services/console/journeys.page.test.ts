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

it("leads anyone from the front page to why a rating was given, by three clicks at most", async () => {
  const { page, context } = await house.visitor(undefined);
  await page.goto(house.origin);
  await page.getByRole("link", { name: "Peterborough YOS" }).click();
  await page.getByRole("link", { name: /3\.2\s*Planning/ }).click();
  expect(await page.textContent(".why-root__answer")).toContain("Inadequate");
  expect(await page.textContent(".why-root")).toContain("3.2.1");
  await context.close();
});

describe("a lead", () => {
  it("allocates what is nobody’s, logs evidence and proposes a rating, by keyboard", async () => {
    const { page, context } = await house.visitor("lead-inspector/lead");
    await page.goto(at("dunmere/cases"));
    await page.getByRole("button", { name: "Allocate evenly" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(notice);
    expect(await page.textContent("table")).not.toContain("Nobody yet");

    await page.goto(at("eastvale/fieldwork"));
    await page.locator("#form-ProposeDomainOne summary").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Propose the rating" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#problems");
    expect(await page.locator("#form-ProposeDomainOne").getAttribute("open")).not.toBeNull();
    await page.check("#form-ProposeDomainOne input[value='Good']");
    await page.check("#form-ProposeDomainOne input[value='evidence-1-1']");
    await page.fill("#ProposeDomainOne-rationale", "The board’s minutes show it.");
    await page.getByRole("button", { name: "Propose the rating" }).click();
    await page.waitForSelector(notice);
    expect(await page.textContent("main")).toContain("The board's minutes show it.");
    await context.close();
  });

  it("looks at a section before it is saved, then at the whole report", async () => {
    const { page, context } = await house.visitor("lead-inspector/lead", { script: false });
    await page.goto(at("garrowby/report"));
    expect(await page.textContent(".findings")).toContain("Recommendations: There is none");
    await page.click("a[href$='/report/sections/domain-3']");
    await page.fill("#DraftSection-markdown", "We found **good** work at Nene Hollow.");
    await page.click("#form-DraftSection button[name=_preview]");
    expect(await page.innerHTML("#preview")).toContain("<strong>good</strong>");
    await page.click("#form-DraftSection button:not([name])");
    expect(await page.textContent(notice)).toContain("saved");
    expect(await page.textContent(".findings")).toContain("“Nene Hollow” could be a name");
    await page.getByRole("link", { name: "All sections of the report" }).click();
    await page.getByRole("link", { name: "Read it as it would be published" }).click();
    expect(await page.textContent("main")).toContain("We found good work at Nene Hollow.");
    await context.close();
  });

  it("says why words that a check holds back may stand", async () => {
    const { page, context } = await house.visitor("lead-inspector/lead");
    await page.goto(at("garrowby/report"));
    const finding = page.locator(".finding", { hasText: "“Nene Hollow” could be a name" });
    await finding.locator("summary").click();
    await finding.getByLabel(/Why “Nene Hollow” may stand/).fill("It is a park by the river.");
    await finding.getByRole("button", { name: "Record the reason" }).click();
    await page.waitForSelector(notice);
    expect(await page.textContent(notice)).toContain("The reason is recorded");
    expect(await finding.textContent()).toMatch(/Excused[^]*It is a park by the river/);
    expect(await faultsOf(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "report-excused.png"), fullPage: true });
    await context.close();
  });
});

describe("a panel", () => {
  it("sees on the board at once what somebody else decides", async () => {
    const watching = await house.visitor("panel-member-1");
    await watching.page.goto(at("fenwick/panel?room"));
    await watching.page.waitForLoadState("networkidle");
    const { page, context } = await house.visitor("panel-chair");
    await page.goto(at("fenwick/panel/2.2"));
    const open = await watching.page.locator(".board__open").count();
    await page.getByRole("button", { name: /numbers were considered/ }).click();
    await page.waitForSelector(notice);
    await page.fill("#DeclineDiscretion-reason", "Nothing speaks for another rating.");
    await page.locator("#form-DeclineDiscretion button").click();
    await page.waitForSelector("text=Discretion declined");
    await expect
      .poll(() => watching.page.locator(".board__open").count(), patiently)
      .toBeLessThan(open);
    await watching.context.close();
    await context.close();
  });
});

describe("a service", () => {
  it("is told the errors of its case list by their lines", async () => {
    const { page, context } = await house.visitor("service-manager/provider-user/brackley");
    await page.goto(at("brackley/service"));
    const buffer = Buffer.from("case reference,kind of work\nA1,holiday\n");
    await page.setInputFiles("#SubmitCaseList-rows", {
      name: "list.csv",
      mimeType: "text/csv",
      buffer,
    });
    await page.getByRole("button", { name: "Send the list" }).click();
    expect(await page.textContent("#problems")).toMatch(/Line 1/);
    await context.close();
  });

  it("sends a document that its inspectors can read, and nobody else’s", async () => {
    const { page, context } = await house.visitor("service-manager/provider-user/brackley");
    await page.goto(at("brackley/service"));
    const buffer = Buffer.from("minutes of the board");
    await page.setInputFiles("#ReceiveSubmission-digest", {
      name: "minutes.txt",
      mimeType: "text/plain",
      buffer,
    });
    await page.getByRole("button", { name: "Send the document" }).click();
    await page.waitForSelector("text=minutes.txt");
    const href = await page.getByRole("link", { name: "minutes.txt" }).getAttribute("href");
    await context.close();
    const lead = await house.visitor("lead-inspector/lead");
    const read = await lead.context.request.get(house.origin + String(href));
    expect(await read.text()).toBe("minutes of the board");
    await lead.context.close();
    const other = await house.visitor("service-manager/provider-user/hexcombe");
    expect((await other.context.request.get(house.origin + String(href))).status()).toBe(404);
    await other.context.close();
    const { page: desk, context: leads } = await house.visitor("lead-inspector/lead");
    await desk.goto(at("brackley/fieldwork"));
    await desk.locator("[id^=form-ReturnSubmission] > summary").click();
    await desk.locator("[id^=form-ReturnSubmission] textarea").fill("Half of it is missing.");
    await desk.getByRole("button", { name: "Send the file back" }).click();
    expect(await desk.textContent(notice)).toContain("sent back");
    expect(await desk.locator("[id^=form-ReturnSubmission]").count()).toBe(0);
    await leads.close();
  });

  it("says what it will do about each recommendation", async () => {
    const { page, context } = await house.visitor("service-manager/provider-user/lydgate");
    await page.goto(at("lydgate/service"));
    for (const place of [0, 1]) {
      await page.fill(`#SubmitActionPlan-actions-${place}-action`, "We check every plan.");
      const due = `#SubmitActionPlan-actions-${place}-due`;
      await page.fill(`${due}-day`, "1");
      await page.fill(`${due}-month`, "3");
      await page.fill(`${due}-year`, "2027");
    }
    await page.getByRole("button", { name: "Send the action plan" }).click();
    expect(await page.textContent(notice)).toContain("action plan is received");
    await context.close();
  });
});

it("plans, signs and times: scheduler, analyst, Chief Inspector, publications officer", async () => {
  const doing = async (who: string, path: string, button: string): Promise<string> => {
    const { page, context } = await house.visitor(who, { script: false });
    await page.goto(at(path));
    for (const field of await page.locator("#form-AnnounceInspection input[type=text]").all())
      await field.fill("A name");
    await page.getByRole("button", { name: button, exact: true }).click();
    const said = await page.textContent(notice);
    await context.close();
    return said ?? "";
  };
  expect(await doing("scheduler", "ashbourne", "Announce the inspection")).toContain("announced");
  expect(await doing("research-analyst", "calderford/sample", "Draw the sample")).toMatch(
    /sample/i,
  );
  expect(await doing("chief-inspector", "ivelmouth/report", "Sign the report off")).toMatch(
    /sign/i,
  );
  expect(await doing("publications-officer", "jarnham/report", "Set the embargo")).toMatch(
    /time of publication is set/i,
  );
});

it("draws the quality sample by a chance that nobody chooses", async () => {
  const { page, context } = await house.visitor("quality-lead", { script: false });
  await page.goto(at("eastvale/fieldwork"));
  await page.locator("#form-DrawQualitySample > summary").click();
  await page.getByRole("button", { name: "Draw the quality sample" }).click();
  expect(await page.textContent(notice)).toContain("quality sample is drawn");
  expect(await page.locator("#form-DrawQualitySample").count()).toBe(0);
  await context.close();
});

it("lets an auditor suppose, compare and search", async () => {
  const { page, context } = await house.visitor("auditor");
  await page.goto(`${house.origin}/inspections/peterborough-2020/what-if`);
  await page.locator(".deciding a").first().click();
  expect(await page.textContent(".hypothesis")).toContain("would be");
  await page.goto(`${house.origin}/inspections/peterborough-2020/history?at=1`);
  await page.getByLabel("To", { exact: true }).selectOption({ label: "Now" });
  await page.getByRole("button", { name: "Compare" }).click();
  expect(await page.textContent("#difference ~ p")).toMatch(/answers/);
  await page.goto(`${house.origin}/events?q=DiscretionDeclined+peterborough`);
  expect(await page.textContent(".events")).toContain("declined discretion");
  await context.close();
});
