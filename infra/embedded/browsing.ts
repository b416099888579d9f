/**
 * The console in a real browser, for page tests and for the pictures in the guides: an engine in
 * memory on a fixed day, with one published inspection and made-up ones in every stage.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { createConsole } from "@assay/console/console.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import type { Clock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import packed from "@sparticuz/chromium";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

import type { Engine } from "./engine.ts";
import { tellHistory } from "./recorded-history.ts";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Where every page's picture is kept, apart from what is committed. */
export const pictures = join(import.meta.dirname, "../../.cache/screenshots");

export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page wrote to the browser's console, and its errors. */
  readonly complaints: string[];
};

export type Visiting = { readonly width?: number; readonly script?: boolean };

export type Served = {
  readonly origin: string;
  /** Somebody signed in, by the beginning of `id/role/service`; undefined: nobody. */
  readonly visitor: (who: string | undefined, visiting?: Visiting) => Promise<Visitor>;
  readonly close: () => Promise<void>;
};

export type House = Served & { readonly engine: Engine };

export const openHouse = async (): Promise<House> => {
  const { engine, clock } = await tellHistory();
  const served = await serve(engine, clock);
  return {
    ...served,
    engine,
    close: async () => {
      await served.close();
      await engine.close();
    },
  };
};

/** The console of whatever is in that store, and a browser at it. */
export const serve = async (
  { store, bus }: Pick<Engine, "store" | "bus">,
  clock: Clock,
): Promise<Served> => {
  mkdirSync(pictures, { recursive: true });
  const log = createLog({ service: "console", level: "silent" });
  const known = Object.values(people).flat();
  const { handle } = createConsole({ store, bus, clock, log, people: known });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launched();
  return {
    origin,
    visitor: (who, visiting) => signIn(browser, origin, { who, ...visiting }),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
};

const launched = async (): Promise<Browser> => {
  // The browser is packed for a place where it may have one process only; here one would end it.
  const args = packed.args.filter((each) => !/^--(single-process|no-zygote)$/.test(each));
  return chromium.launch({ executablePath: await packed.executablePath(), args, headless: true });
};

const signIn = async (
  browser: Browser,
  origin: string,
  { who, width = 1280, script = true }: Visiting & { readonly who: string | undefined },
): Promise<Visitor> => {
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

declare const axe: { run: (options: object) => Promise<AxeResults> };

/** What is wrong with the page as it stands: accessibility, and width. */
export const faultsOf = async (page: Page, withAxe = true): Promise<readonly string[]> => {
  const spilt = await page.evaluate<number>(
    "document.documentElement.scrollWidth - window.innerWidth",
  );
  const wide = spilt > 0 ? [`${spilt} pixels wider than the window`] : [];
  if (!withAxe) return wide;
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run({}));
  return [
    ...wide,
    ...violations.map(({ id, nodes }) =>
      `${id}: ${nodes.map(({ html }) => html).join(" | ")}`.slice(0, 400),
    ),
  ];
};
