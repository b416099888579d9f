import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Instant } from "@assay/domain/kernel/instants.ts";
import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createConsole } from "./console.ts";
import { createLibrary } from "./reading/library.ts";

const [plot] = examplePlots();
const { inspection } = plot!;
const about = `/inspections/${inspection}`;

let engine: Engine;
let server: Server;
let origin: string;
let cookie = "";

beforeAll(async () => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2018-01-01T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: [plot!] });
  const { store, bus } = engine;
  const all = Object.values(people).flat();
  const { handle } = createConsole({ store, bus, clock, log, people: all });
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await engine.close();
});

const ask = async (path: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
  const answer = await fetch(`${origin}${path}`, {
    redirect: "manual",
    headers: { cookie, ...(form && { origin }) },
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  const set = answer.headers.getSetCookie().map((each) => each.split(";")[0]);
  if (set.length > 0) cookie = set.join("; ");
  return answer;
};

/** The value of a hidden field in the form that begins at `from`. */
const hidden = (page: string, name: string, from = ""): string => {
  const part = page.slice(Math.max(0, page.indexOf(from)));
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(part)?.[1] ?? "";
};

/** What was written about this case and about no other, as the store has it. */
const wordsAbout = async (id: string): Promise<readonly string[]> => {
  const [own, others] = [new Set<string>(), new Set<string>()];
  for (const { data } of await readInspection(engine.store, inspection))
    mapTexts(data, (text, place) => {
      for (const value of Object.values(text as object))
        if (typeof value === "string") (place.case === id ? own : others).add(value);
      return text;
    });
  return [...own].filter((value) => !others.has(value));
};

it("erases a case by its form, and then nobody is shown or holds a word about it", async () => {
  const begin = await (await ask("/sign-in")).text();
  const person = "head-of-programme/head-of-programme/";
  await ask("/sign-in", { _csrf: hidden(begin, "_csrf"), person });
  const own = await wordsAbout("c0001");
  expect(own.length).toBeGreaterThan(1);

  const library = createLibrary(engine.store);
  const holds = async (): Promise<string> => {
    const held = (await library.one(inspection))!;
    const plain = (_: string, value: unknown): unknown =>
      value instanceof Map || value instanceof Set ? [...value] : value;
    return JSON.stringify([held.announcement, held.fieldwork, held.panel, held.publication], plain);
  };
  const page = await (await ask(`${about}/cases/c0001`)).text();
  const before = await holds();
  expect(own.filter((each) => before.includes(JSON.stringify(each)))).toEqual(own);

  const answer = await ask(`${about}/cases/c0001`, {
    ...{ _csrf: hidden(page, "_csrf"), _type: "EraseCase", of: "c0001" },
    _command: hidden(page, "_command", "form-EraseCase"),
    ...{ ground: "objection-upheld", reason: "The family objected." },
  });
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    `${about}/cases/c0001?done=EraseCase`,
  ]);
  expect((await ask(`${about}/cases/c0001`)).status).toBe(200);
  expect(await (await ask(`${about}/cases/c0001`)).text()).toContain("[erased]");
  const after = await holds();
  expect(own.filter((each) => after.includes(JSON.stringify(each)))).toEqual([]);
});
