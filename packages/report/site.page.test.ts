import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import packed from "@sparticuz/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { InspectionId, ServiceId } from "@assay/domain/kernel/ids.ts";

import { actionPlanOf } from "./action-plan.ts";
import { accepted } from "./golden/answers.ts";
import { everything } from "./golden/everything.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { reportModelOf } from "./model.ts";
import { publishInto } from "./publish-folder.ts";
import { siteOf } from "./site.ts";
import { assetFiles, textFile } from "./version-files.ts";
import { whyEnclosure } from "./why-page.ts";

declare const axe: { run: (options: object) => Promise<AxeResults> };

const require = createRequire(import.meta.url);
const nowhere = { id: "nowhere" as ServiceId, name: "Nowhere বাংলা" };
const milton = storyOf("milton-keynes-2021", { times: 3 });
const versions = [
  reportModelOf(storyOf("peterborough-2020"), 2),
  reportModelOf(milton, 1),
  { ...everything, inspection: "everything-2019" as InspectionId, service: nowhere },
];
const publisher = {
  name: "Inspectorate",
  url: "https://inspectorate.example/",
  console: "https://console.example",
};
const settings = {
  publisher,
  regions: new Map([
    ["peterborough", "East of England"],
    ["milton-keynes", "South East"],
  ]),
  plans: new Map([["peterborough-2020", actionPlanOf(versions[0]!, accepted)]]),
};

describe("every published page", () => {
  let folder: string;
  let browser: Browser;
  let pages: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-pages-"));
    const site = siteOf(versions, settings, (model) =>
      model.inspection === "peterborough-2020"
        ? [whyEnclosure(model, storyOf("peterborough-2020"), { conclusion: 1, publisher })]
        : [],
    );
    await publishInto(folder, site.versions, site.pages);
    const embargoed = reportModelOf(storyOf("peterborough-2020"), "embargoed");
    const marked = { ...embargoed, mark: "Under embargo. Copy 1 of 2, for A, B." };
    const around = { publisher, home: publisher.url, downloads: [], versionsHref: undefined };
    const copy = [...assetFiles(), textFile("index.html", "text/html", renderHtml(marked, around))];
    await publishInto(folder, [{ path: "copy", files: copy }], []);
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" });
    // The page for addresses that are not there names its style sheets by the address of the site.
    pages = found.filter((path) => path.endsWith(".html") && path !== "404.html");
    // The browser is packed for a place where it may have one process only; here one would end it.
    const args = packed.args.filter((each) => !/^--(single-process|no-zygote)$/.test(each));
    const executablePath = await packed.executablePath();
    browser = await chromium.launch({ executablePath, args, headless: true });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const visit = async (path: string, width: number, script = true): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("requestfailed", (request) => complaints.push(request.url()));
    await page.goto(pathToFileURL(join(folder, path)).href);
    expect(complaints).toEqual([]);
    return page;
  };

  it.each([1280, 375])("has nothing that axe objects to, %d pixels wide", async (width) => {
    expect(pages.length).toBeGreaterThan(8);
    // A report's many tables take axe long: each is looked at once, the copy of one on a phone.
    const once = (path: string): boolean =>
      width > 600 ? !path.startsWith("copy") : !/^reports\/.+\/\d+\//.test(path);
    for (const path of pages.filter(once)) {
      const page = await visit(path, width);
      await page.addScriptTag({
        content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"),
      });
      const { violations } = await page.evaluate(() =>
        axe.run({
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      const said = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${path} ${id}: ${html}`),
      );
      expect(said).toEqual([]);
      await page.context().close();
    }
  });

  it("fits a screen 320 pixels wide", async () => {
    const tooWide: string[] = [];
    for (const path of pages) {
      const page = await visit(path, 320);
      const root = "document.documentElement";
      const wide = await page.evaluate<number>(`${root}.scrollWidth`);
      const seen = await page.evaluate<number>(`${root}.clientWidth`);
      if (wide > seen) tooWide.push(path);
      await page.context().close();
    }
    expect(tooWide).toEqual([]);
  });

  it("lists and filters the reports without a script, and narrows the list with one", async () => {
    const plain = await visit("index.html", 1280, false);
    expect(await plain.locator(".assay-card").count()).toBe(3);
    const href = await plain.getByRole("link", { name: "2021", exact: true }).getAttribute("href");
    const filtered = await visit(`${href!}index.html`, 1280, false);
    expect(await filtered.locator(".assay-card").count()).toBe(1);
    const page = await visit("index.html", 1280);
    await page.getByLabel(/Search/).fill("peter 2020");
    expect(await page.locator(".assay-card:visible").allInnerTexts()).toHaveLength(1);
    expect(await page.getByRole("status").innerText()).toBe("1 of 3 reports");
    await page.getByLabel(/Search/).fill("");
    await page.getByRole("combobox", { name: "Rating" }).selectOption("Good");
    await page.getByRole("combobox", { name: "Year" }).selectOption("2021");
    await page.getByRole("combobox", { name: "Region" }).selectOption("South East");
    expect(await page.locator(".assay-card:visible").allInnerTexts()).toHaveLength(1);
    await page.getByRole("combobox", { name: "Region" }).selectOption("East of England");
    expect(await page.getByRole("status").innerText()).toBe("0 of 3 reports");
  });

  it("has feeds and a sitemap that are XML and name what they must", async () => {
    const page = await visit("index.html", 1280);
    for (const [path, root, needed] of [
      ["feed.atom", "feed", ["id", "title", "updated", "entry", "author"]],
      ["sitemap.xml", "urlset", ["url"]],
    ] as const) {
      const text = readFileSync(join(folder, path), "utf8");
      const found = await page.evaluate(
        `(() => { const { documentElement } = new DOMParser()` +
          `.parseFromString(${JSON.stringify(text)}, "text/xml");` +
          ` return [documentElement.localName, ...[...documentElement.children]` +
          `.map(({ localName }) => localName)]; })()`,
      );
      expect(found).toEqual(expect.arrayContaining([root, ...needed]));
    }
  });
});
