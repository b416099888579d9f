import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createConsole } from "./console.ts";

let engine: Engine;
let server: Server;
let origin: string;
let cookie: string;

const head = Actor.parse({ id: "head-of-programme", role: "head-of-programme" });

beforeAll(async () => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2026-01-05T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  const { handle } = createConsole({
    ...{ store: engine.store, bus: engine.bus, clock, log, people: [head] },
  });
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cookie = await signedIn();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await engine.close();
});

const cookieIn = (answer: Response): string => answer.headers.get("set-cookie")!.split(";")[0]!;
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page)![1]!;

const signedIn = async (): Promise<string> => {
  const page = await fetch(`${origin}/sign-in`);
  const body = new URLSearchParams({
    _csrf: hidden(await page.text(), "_csrf"),
    person: "head-of-programme/head-of-programme/",
  });
  const headers = { cookie: cookieIn(page) };
  const options = { method: "POST", headers, body, redirect: "manual" } as const;
  return cookieIn(await fetch(`${origin}/sign-in`, options));
};

/** Sends a form as a browser would, with what its page holds; tells the page that follows. */
const sent = async (path: string, type: string, values: Record<string, string | Blob>) => {
  const page = await (await fetch(origin + path, { headers: { cookie } })).text();
  const form = page.slice(page.indexOf(`id="form-${type}"`));
  const body = new FormData();
  for (const name of ["_csrf", "_command"]) body.set(name, hidden(form, name));
  body.set("_type", type);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const answer = await fetch(origin + path, { method: "POST", headers: { cookie }, body });
  return { status: answer.status, text: await answer.text() };
};

const sheet = (...lines: readonly string[]): Blob => new Blob([lines.join("\n")]);

it("plans a cycle by forms alone: opened, enrolled, registered, its rules changed", async () => {
  const opened = await sent("/programme", "OpenProgramme", {
    ...{ name: "Fourth cycle", programme: "cycle-4" },
    ...{ "period.first": "2026-04-01", "period.last": "2028-03-31" },
  });
  expect([opened.status, opened.text.includes("Fourth cycle")]).toEqual([200, true]);

  const path = "/programmes/cycle-4";
  const header = "Service ID,Name,Region,Caseload,Performance";
  const wrong = await sent(path, "EnrolServices", {
    sheet: sheet(header, "northfield,Northfield,North,many,60"),
  });
  expect([wrong.status, /Line 2, Caseload: “many”; expected/.test(wrong.text)]).toEqual([
    422,
    true,
  ]);
  expect((await sent(path, "EnrolServices", {})).text).toContain("Choose the file");
  const services = sheet(
    header,
    "northfield,Northfield,North,120,60",
    "eastham,Eastham,East,80,40",
  );
  expect((await sent(path, "EnrolServices", { sheet: services })).status).toBe(200);
  const inspectors = sheet("Inspector ID,Can lead", "a-lead,yes", "one,no", "two,no", "three,no");
  expect((await sent(path, "RegisterInspectors", { sheet: inspectors })).status).toBe(200);

  const page = await (await fetch(origin + path, { headers: { cookie } })).text();
  const rules = Object.fromEntries(
    [...page.matchAll(/name="(rules\.[^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
  expect(rules["rules.restWeeks"]).toBe("1");
  const changed = await sent(path, "ChangePlanningRules", { ...rules, "rules.restWeeks": "2" });
  expect([changed.status, changed.text.includes('name="rules.restWeeks" value="2"')]).toEqual([
    200,
    true,
  ]);
  const blackout = {
    "period.first": "2026-12-21",
    "period.last": "2027-01-01",
    reason: "Holidays.",
  };
  expect((await sent(path, "DeclareBlackout", blackout)).status).toBe(200);
  const lifted = await sent(path, "LiftBlackout-0", {
    _type: "LiftBlackout",
    ...{ "period.first": "2026-12-21", "period.last": "2027-01-01" },
  });
  expect(lifted.status).toBe(200);
  expect(lifted.text).not.toContain("form-LiftBlackout");
  expect((await sent(path, "ProposeSchedule", {})).text).toContain("Each placement and why");
});
