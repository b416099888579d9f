import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type OutgoingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { publishedBundle } from "@assay/verifier/golden/published-bundle.ts";
import { verifierPage } from "@assay/verifier/verifier-page.ts";
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { Asked } from "@assay/console/http/asked.ts";
import { publishedFile } from "@assay/console/http/site-files.ts";

const version = "reports/a-town-2020/1";

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-site-"));
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(join(folder, version, "verifier.html"), await verifierPage());
  writeFileSync(join(folder, version, "audit-bundle.json"), publishedBundle());
  writeFileSync(join(folder, "other.html"), "<title>Other</title><script>name = 'ran';</script>");
  server = createServer((request, response) => {
    const path = request.url ?? "/";
    const asked = { path, method: "GET", header: () => undefined } as unknown as Asked;
    void publishedFile(folder, asked).then((answer) => {
      response.writeHead(answer?.status ?? 404, answer?.headers as OutgoingHttpHeaders);
      response.end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const args = packed.args.filter((each) => !/^--(single-process|no-zygote)$/.test(each));
  const executablePath = await packed.executablePath();
  browser = await chromium.launch({ executablePath, args, headless: true });
});
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

const address = (path: string): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/site/${path}`;

it("lets the verifier check the bundle beside it where the site is served", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(address(`${version}/verifier.html`));
  await page.locator("#beside").click();
  const verdict = page.locator(".verdict.holds, .verdict.fails");
  await verdict.waitFor({ timeout: 60_000 });
  expect(await verdict.getAttribute("class")).toContain("holds");
  expect(complaints.filter((words) => !words.includes("favicon"))).toEqual([]);
  await page.locator("#back a").click();
  expect(page.url()).toBe(address(`${version}/`));
  await page.close();
});

it("runs no script within any other page of the site", async () => {
  const page = await browser.newPage();
  await page.goto(address("other.html"));
  expect(await page.evaluate("name")).toBe("");
  await page.close();
});
