import { mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { envelopeFor, type Line, people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { carry, deliver } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots, plotFrom } from "@assay/embedded/examples.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { scenesOf } from "@assay/embedded/scenes.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import packed from "@sparticuz/chromium";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createConsole } from "./console.ts";

declare const axe: { run: (options: object) => Promise<AxeResults> };

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(import.meta.dirname, "../../.cache/screenshots");
const example = join(import.meta.dirname, "../../examples/peterborough-2020.json");

const auditor = Actor.parse({ id: "auditor", role: "auditor" });
const everyone = [...Object.values(people).flat(), auditor];

/** A published inspection begun anew in another year under another name. */
const begunIn = (name: string): Plot => {
  const source = readFileSync(example, "utf8").replaceAll("2020-", "2022-");
  const fieldwork = { start: "2022-08-16", end: "2022-08-19" };
  const file = { ...(JSON.parse(source) as object), id: `${name}-2022`, service: name, fieldwork };
  const plot = plotFrom({ ...file, framework: "yos-2018" });
  if (!plot.ok) throw new Error(JSON.stringify(plot.problems));
  return plot.value;
};

/** Tells the story up to the first line of which `stop` says so. */
const tellUntil = async (
  engine: Engine,
  clock: SteppedClock,
  plot: Plot,
  stop: (line: Line) => boolean,
): Promise<void> => {
  for await (const { at, lanes } of scenesOf(plot, (id) => lookAt(engine.store, id))) {
    if (at > clock.now()) await clock.moveTo(at, () => engine.idle());
    for (const [index, lane] of lanes.entries())
      for (const [place, line] of lane.entries()) {
        if (stop(line)) return engine.idle();
        await deliver(engine.bus, envelopeFor(plot, line, { at, place: `${index}.${place}` }));
      }
    await engine.idle();
  }
};

const is = (type: string) => (line: Line) => line.command.type === type;

describe("the console in a browser", () => {
  let engine: Engine;
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const log = createLog({ service: "console", level: "silent" });
    const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
    engine = await startEngine({ dataDir: undefined, clock, log });
    await carry({ engine, clock, plots: examplePlots() });
    await tellUntil(engine, clock, begunIn("listing"), is("SubmitCaseList"));
    await tellUntil(engine, clock, begunIn("assessing"), is("RecordScope"));
    await tellUntil(engine, clock, begunIn("sitting"), is("ConsiderStandard"));
    await tellUntil(engine, clock, begunIn("shared"), is("ReturnComments"));
    const { handle } = createConsole({
      store: engine.store,
      bus: engine.bus,
      clock,
      log,
      people: everyone,
    });
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The browser is packed for a place where it may have one process only; here one would end it.
    const args = packed.args.filter((each) => !/^--(single-process|no-zygote)$/.test(each));
    const executablePath = await packed.executablePath();
    browser = await chromium.launch({ executablePath, args, headless: true });
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await engine.close();
  });

  type Visiting = { readonly width?: number; readonly script?: boolean };

  const signIn = async (
    who: string | undefined,
    { width = 1280, script = true }: Visiting = {},
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> => {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ viewport, javaScriptEnabled: script });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    if (who !== undefined) {
      await page.goto(`${origin}/sign-in`);
      await page.click(`button[value^="${who}"]`);
    }
    return { page, context, complaints };
  };

  /** Every page with who looks at it, in the state that the stories left it in. */
  const visits: readonly (readonly [who: string | undefined, path: string])[] = [
    [undefined, "/public"],
    [undefined, "/public/peterborough-2020"],
    [undefined, "/public/peterborough-2020/why/3.1"],
    [undefined, "/sign-in"],
    [undefined, "/api"],
    ["lead-inspector", "/"],
    ["lead-inspector", "/no-such-page"],
    ["inspector-1", "/my-cases"],
    ["auditor", "/events"],
    ["auditor", "/events/panel-peterborough-2020/0"],
    ["scheduler", "/programme"],
    ["auditor", "/inspections/peterborough-2020"],
    ["auditor", "/inspections/peterborough-2020/why/overall"],
    ["auditor", "/inspections/peterborough-2020/why/2.1"],
    ["auditor", "/inspections/peterborough-2020/sample"],
    ["auditor", "/inspections/peterborough-2020/cases"],
    ["auditor", "/inspections/peterborough-2020/cases/c0001"],
    ["auditor", "/inspections/peterborough-2020/history?at=400"],
    ["auditor", "/inspections/milton-keynes-2021/panel"],
    ["lead-inspector", "/inspections/assessing-2022"],
    ["inspector-1", "/inspections/assessing-2022/cases/c0001/assess"],
    ["panel-chair", "/inspections/sitting-2022/panel"],
    ["panel-chair", "/inspections/sitting-2022/panel/3.1"],
    ["panel-chair", "/inspections/sitting-2022/panel/1.1"],
    ["lead-inspector", "/inspections/shared-2022/report"],
    ["service-manager/provider-user/shared", "/inspections/shared-2022/service"],
    ["service-manager/provider-user/listing", "/inspections/listing-2022/service"],
  ];

  const looks = [
    ["at a desk", { width: 1100 }],
    ["on a phone", { width: 390 }],
    ["without JavaScript", { width: 1280, script: false }],
  ] as const;

  for (const [where, visiting] of looks)
    it(`offers every page to everyone ${where}: axe finds nothing, nothing spills`, async () => {
      const found: string[] = [];
      const visitors = new Map<string | undefined, Awaited<ReturnType<typeof signIn>>>();
      for (const [who, path] of visits) {
        const visitor = visitors.get(who) ?? (await signIn(who, visiting));
        visitors.set(who, visitor);
        const { page, complaints } = visitor;
        complaints.length = 0;
        const answer = await page.goto(origin + path);
        const expected = path === "/no-such-page" ? 404 : 200;
        if (answer?.status() !== expected) found.push(`${path}: ${answer?.status()}`);
        const name = `${where} ${path}`.replaceAll(/[^a-z0-9]+/gi, "-");
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
        if (where !== "without JavaScript") await page.evaluate(axeSource);
        const violations =
          where === "without JavaScript" ? [] : (await page.evaluate(() => axe.run({}))).violations;
        for (const { id, nodes } of violations)
          found.push(`${path}: ${id}: ${nodes.map(({ html }) => html).join(" | ")}`.slice(0, 400));
        const spilt = await page.evaluate<number>(
          "document.documentElement.scrollWidth - window.innerWidth",
        );
        if (spilt > 0) found.push(`${path}: ${spilt} pixels wider than the window`);
        if (expected === 200 && complaints.length > 0) found.push(`${path}: ${complaints.join()}`);
      }
      for (const { context } of visitors.values()) await context.close();
      expect(found).toEqual([]);
    }, 600_000);

  it("lets the chair consider a standard by keyboard alone, and the lead only look", async () => {
    const { page, context } = await signIn("panel-chair");
    await page.goto(`${origin}/inspections/sitting-2022/panel/3.1`);
    await page.getByRole("button", { name: /numbers were considered/ }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".govuk-notification-banner");
    for (const reason of ["Only two of nine say so.", "Two of five cases say the same."]) {
      await page.fill("#n-reason", reason);
      await page.locator("#n-reason").press("Tab");
      await page.getByRole("button", { name: "Keep Requires improvement" }).focus();
      await page.keyboard.press("Enter");
      if (!reason.includes("nine")) continue;
      await page.waitForSelector("#problems >> text=The reason says “two of nine”, but");
    }
    await page.waitForSelector("text=Discretion declined");
    expect(await page.textContent("tbody")).toContain("5 points below Good");
    await context.close();
    const lead = await signIn("lead-inspector");
    await lead.page.goto(`${origin}/inspections/sitting-2022/panel/3.1`);
    expect(await lead.page.locator("form[method=post][id]").count()).toBe(0);
    await lead.context.close();
  });

  it("keeps each member's score in their own browser until all are opened together", async () => {
    const names = ["panel-chair", "panel-member-1", "panel-member-2"];
    const members = await Promise.all(names.map((who) => signIn(who)));
    for (const deed of ["Seal", "Open"])
      for (const { page } of members) {
        await page.goto(`${origin}/inspections/sitting-2022/panel/3.2`);
        const button = page.getByRole("button", { name: `${deed} my score` });
        if (!(await button.isVisible())) await page.getByText("Scores before discussion").click();
        await button.click();
        await page.waitForSelector(".govuk-notification-banner >> text=Your score is");
      }
    expect(members.flatMap(({ complaints }) => complaints)).toEqual([]);
    for (const { context } of members) await context.close();
  });
});
