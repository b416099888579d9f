import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import packed from "@sparticuz/chromium";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { publishedBundle } from "./golden/published-bundle.ts";
import { judge } from "./judge.ts";
import { verifierPage } from "./verifier-page.ts";

declare const axe: { run: (options: object) => Promise<AxeResults> };

const require = createRequire(import.meta.url);
const pictures = join(import.meta.dirname, "../../.cache/screenshots");

describe("the verifier page, opened from a disk without a network", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let bundle: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-verifier-"));
    bundle = publishedBundle();
    writeFileSync(join(folder, "verifier.html"), await verifierPage());
    // The browser is packed for a place where it may have one process only; here one would end it.
    const args = packed.args.filter((each) => !/^--(single-process|no-zygote)$/.test(each));
    const executablePath = await packed.executablePath();
    browser = await chromium.launch({ executablePath, args, headless: true });
    const context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, "verifier.html")).href);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Chooses a file of this text and waits for the verdict. */
  const verdictOn = async (text: string): Promise<string> => {
    const path = join(folder, "audit-bundle.json");
    writeFileSync(path, text);
    await page.evaluate("document.getElementById('result').replaceChildren()");
    await page.locator("#file").setInputFiles([]);
    await page.locator("#file").setInputFiles(path);
    const verdict = page.locator(".verdict.holds, .verdict.fails");
    await verdict.waitFor();
    return verdict.innerText();
  };

  const rows = async (): Promise<readonly string[][]> => {
    const cells = page.locator("table").first().locator("tbody tr");
    return Promise.all((await cells.all()).map(async (row) => (await row.innerText()).split("\t")));
  };

  it("says that a good bundle holds, check by check as the command line does", async () => {
    expect(await verdictOn(bundle)).toBe(
      "Nothing is wrong, and 4 things are left over: audit bundle of peterborough-2020",
    );
    const { checks, caveats, trust } = judge(bundle);
    expect(await rows()).toEqual(checks.map(({ name, detail }) => [name, "✓ holds", detail]));
    expect(await page.locator("#caveats li").allInnerTexts()).toEqual(caveats);
    const trusted = await page.locator("#trust li").allInnerTexts();
    expect(trusted.map((whom) => whom.toLowerCase())).toEqual(
      trust.map((whom) => whom.toLowerCase()),
    );
    expect(trust.length).toBeGreaterThan(2);
    expect(await page.getByText("Overall: Good, 29 of 36.").count()).toBe(1);
    await page.screenshot({ path: join(pictures, "verifier-holds.png"), fullPage: true });
  });

  it("judges again by a key that is trusted, and says when it cannot be read", async () => {
    const [key] = (JSON.parse(bundle) as { keys: readonly string[] }).keys;
    await page.getByLabel("Keys that you trust").fill(key!);
    await page.getByLabel("Keys that you trust").blur();
    await page.getByText("no trusted key was given").waitFor({ state: "detached" });
    await page.locator(".verdict.holds").waitFor();
    await page.getByLabel("Keys that you trust").fill("nonsense");
    await page.getByLabel("Keys that you trust").blur();
    await page.getByText("A key that you trust cannot be read").waitFor();
    await page.getByLabel("Keys that you trust").fill("");
  });

  it.each([
    ["a judgement", '"answer":"yes"', '"answer":"no"', "events"],
    ["a rating", '"rating":"Inadequate"', '"rating":"Good"', "ratings"],
    ["a ruleset", '"smallSample":5', '"smallSample":6', "framework"],
  ])("names what is broken when %s was changed", async (_, from, to, check) => {
    const at = check === "events" ? bundle.indexOf(from) : bundle.lastIndexOf(from);
    const tampered = bundle.slice(0, at) + to + bundle.slice(at + from.length);
    expect(await verdictOn(tampered)).toMatch(/^\d+ of 15 checks fail/);
    const failed = (await rows()).filter(([, result]) => result === "✗ fails");
    expect(failed.map(([name]) => name)).toContain(check);
    expect(failed.map(([name]) => name)).toContain("seal");
    await page.screenshot({ path: join(pictures, "verifier-fails.png"), fullPage: true });
  });

  it("says of a file that is no bundle that it is none", async () => {
    expect(await verdictOn("{}")).toMatch(/^1 of 1 checks fail/);
  });

  it("has nothing that axe objects to, fits a phone, and asked nobody for anything", async () => {
    await verdictOn(bundle);
    await page.setViewportSize({ width: 320, height: 800 });
    const wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
    expect(await page.evaluate(wide)).toBe(false);
    await page.addScriptTag({
      content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"),
    });
    const { violations } = await page.evaluate(() => axe.run({}));
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
