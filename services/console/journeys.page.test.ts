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

it("leads anyone from the front page to why a rating was given, by three clicks at most", async () => {
  const { page, context } = await house.visitor(undefined);
  await page.goto(house.origin);
  await page.getByRole("link", { name: "Peterborough YOS" }).click();
  await page.getByRole("link", { name: /3\.2\s*Planning/ }).click();
  expect(await page.textContent(".why-root__answer")).toContain("Inadequate");
  expect(await page.textContent(".why-root")).toContain("3.2.1");
  await context.close();
});

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
