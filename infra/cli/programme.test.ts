import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkSchedule } from "@assay/domain/planning/check.ts";
import { madeUpProblem, wholeCountry } from "@assay/domain/planning/made-up-problem.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { readSettings } from "@assay/console/config.ts";
import { serve, type Serving } from "@assay/embedded/serve.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

let dataDir: string;
let engine: Engine;
let serving: Serving;
let clock: SteppedClock;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-cli-programme-"));
  clock = createSteppedClock("2026-01-05T09:00:00.000Z" as Instant);
  const log = createLog({ service: "test", level: "silent" });
  engine = await startEngine({ dataDir, clock, log });
  serving = await serve({ engine, log, port: 0, plots: [], clock });
});

afterAll(async () => {
  await serving.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const assay = (line: string, typed = "", calendarDomain?: string) =>
  atTerminal(
    line.match(/'[^']*'|\S+/g)!.map((word) => word.replaceAll("'", "")),
    {
      ...{ typed, calendarDomain, dataDir: "." },
      pathOf: (name) => join(dataDir, name),
      engine: { url: `http://127.0.0.1:${serving.port}` },
      now: () => clock.now(),
    },
  );

const done = async (line: string, input = ""): Promise<string> => {
  const { status, out, err } = await assay(line, input);
  expect({ line, status, err }).toEqual({ line, status: 0, err: "" });
  return out;
};

/** Every entry's UID, its folded lines joined. */
const namesIn = (feed: string): readonly string[] =>
  [...feed.replaceAll("\r\n ", "").matchAll(/^UID:(.*)\r$/gm)].map(([, name = ""]) => name);

/** The programme's feed as a calendar subscribes to it, at the address that the console names. */
const feedAt = async (port: number, more: Record<string, string> = {}): Promise<Response> => {
  const base = `http://127.0.0.1:${port}`;
  const headers = { authorization: "Bearer scheduler/scheduler/" };
  const found = await fetch(`${base}/api/v1/calendars`, { headers });
  const { programmes } = (await found.json()) as { programmes: Record<string, string> };
  return fetch(`${base}${programmes["cycle-4"]}`, { headers: more });
};

const period = "--from 2026-04-01 --to 2030-03-31";

describe("a programme planned from the command line", () => {
  it("refuses a sheet with every problem at its place, and sends nothing", async () => {
    const sheet = [
      "Service ID,Name,Region,Caseload,Performance,Last inspected",
      "north vale,North Vale,north,many,101,01/02/20",
      "south-vale,,south,10,50,2020-02-01",
      "south-vale,South Vale,south,10,50,2020-02-01",
    ].join("\n");
    writeFileSync(join(dataDir, "wrong.csv"), sheet);
    const { status, err } = await assay("programme enrol cycle-4 wrong.csv --as scheduler");
    expect(status).toBe(1);
    for (const place of [
      'line 2, column 1 (Service ID): "north vale"',
      'line 2, column 4 (Caseload): "many"',
      'line 2, column 5 (Performance): "101"',
      "line 2, column 6 (Last inspected)",
      "line 3, column 2 (Name): required",
      'line 4, column 1 (Service ID): "south-vale": repeated reference',
    ])
      expect(err).toContain(place);
    expect(err).toContain("6 problems");
    const people = "Inspector ID,Can lead,Away\nann,perhaps,soon\n";
    const wrong = await assay("programme check inspectors - --json", people);
    expect(JSON.parse(wrong.out).problems).toHaveLength(2);
    expect(await done("programme list")).toBe("No programme has been opened.\n");
  });

  it("plans the whole country from the template, changes a placement, and confirms", async () => {
    const head = "--as head-of-programme";
    await done(`programme open cycle-4 --name 'Fourth cycle' ${period} ${head}`);
    for (const [command, sheet] of [
      ["enrol", "services"],
      ["register", "inspectors"],
    ]) {
      writeFileSync(join(dataDir, "sheet.csv"), await done(`programme template ${sheet}`));
      await done(`programme ${command} cycle-4 sheet.csv --as scheduler`);
      const again = await done(`programme ${command} cycle-4 sheet.csv --as scheduler`);
      expect(again).toContain("nothing had to change");
    }
    await done("programme propose cycle-4 --as scheduler");
    const told = JSON.parse(await done("programme show cycle-4 --json"));
    expect(told).toMatchObject({ phase: "proposed", services: 155, inspectors: 60, leftOut: [] });
    const { services, ...rest } = madeUpProblem(wholeCountry);
    // Under the framework in force, whose usual kind of inspection takes two weeks.
    const lasting = services.map((service) => ({ ...service, fieldworkWeeks: 2 }));
    const country = { ...rest, services: lasting, period: told.period, blackouts: [] };
    expect(checkSchedule(country, { placements: told.placements, unplaced: [] })).toEqual([]);

    const [first, second] = told.placements;
    expect(await done(`programme why cycle-4 ${first.service}`)).toContain("The riskiest of 155");
    const clash = `--team ${second.team.map((seat: { person: string }) => seat.person).join(",")}`;
    const days = `--start ${second.start} --end ${second.end}`;
    const twice = await assay(
      `programme change cycle-4 ${first.service} ${days} ${clash} --reason Asked --as scheduler`,
    );
    expect(twice.status).toBe(1);
    expect(twice.err).toContain("No reason could justify this placement: two fieldworks at once");
    const shorter = `--end ${first.start} --reason 'One day is enough' --as scheduler`;
    await done(`programme change cycle-4 ${first.service} ${shorter}`);
    await done(`programme confirm cycle-4 ${head}`);
    const changed = JSON.parse(await done(`programme why cycle-4 ${first.service} --json`));
    expect(changed).toMatchObject({ decided: "by-a-person", end: first.start, scheduled: false });
  });

  it("schedules what is due, once, and shows it", async () => {
    expect(await done("programme schedule cycle-4 --due --as scheduler")).toContain("Nothing is");
    await clock.moveTo("2026-05-01T09:00:00.000Z" as Instant, () => engine.idle());
    const out = await done("programme schedule cycle-4 --due --as scheduler --json");
    const scheduled = JSON.parse(out) as { inspection: string; accepted: boolean }[];
    expect(scheduled.length).toBeGreaterThan(0);
    expect(scheduled.every(({ accepted }) => accepted)).toBe(true);
    expect(
      JSON.parse(await done("programme schedule cycle-4 --due --as scheduler --json")),
    ).toEqual([]);
    const [listed] = JSON.parse(await done("programme list --json"));
    expect(listed).toMatchObject({ programme: "cycle-4", phase: "confirmed" });
    expect(await done("inspections")).toContain(scheduled[0]!.inspection);
  });

  it("names what stands in its calendar alike, printed or served, under the domain that is set", async () => {
    const served = namesIn(await (await feedAt(serving.port)).text());
    expect(served).toHaveLength(155);
    expect(served.every((name) => name.endsWith("@assay.invalid"))).toBe(true);
    expect(namesIn(await done("calendar programme cycle-4"))).toEqual(served);
    const { out } = await assay("calendar programme cycle-4", "", "inspections.example");
    expect(namesIn(out)).toEqual(
      served.map((name) => name.replace("assay.invalid", "inspections.example")),
    );
    const wrong = await assay("calendar programme cycle-4", "", "https://inspections.example");
    expect(wrong).toMatchObject({ status: 1, out: "" });
    expect(wrong.err).toContain("CALENDAR_DOMAIN must be a domain of yours");
  });
});

it("serves calendars under the domain that is set, as Outlook and Google want them", async () => {
  const log = createLog({ service: "test", level: "silent" });
  const settings = readSettings({ CALENDAR_DOMAIN: "inspections.example" });
  const named = await serve({ engine, log, port: 0, plots: [], clock, settings });
  try {
    const answer = await feedAt(named.port);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const feed = await answer.text();
    const { out: printed } = await assay("calendar programme cycle-4", "", "inspections.example");
    expect(feed).toBe(printed);
    const lines = feed.split("\r\n");
    expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual([
      "BEGIN:VCALENDAR",
      "END:VCALENDAR",
      "",
    ]);
    expect(feed.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const names = namesIn(feed);
    expect(new Set(names).size).toBe(155);
    expect(names.every((name) => name.endsWith("@inspections.example"))).toBe(true);
    const starts = lines.filter((line) => /^DT(START|END)/.test(line));
    expect(starts).toHaveLength(310);
    expect(starts.filter((line) => !/^DT(START|END);VALUE=DATE:\d{8}$/.test(line))).toEqual([]);
    const etag = answer.headers.get("etag")!;
    expect((await feedAt(named.port, { "if-none-match": etag })).status).toBe(304);

    // A placement changes: the same name, another last day, a higher number.
    const told = JSON.parse(await done("programme show cycle-4 --json"));
    const last = told.placements.at(-1);
    const shorter = `--end ${last.start} --reason 'One day is enough' --as scheduler`;
    await clock.moveTo("2026-05-04T09:00:00.000Z" as Instant, () => engine.idle());
    await done(`programme change cycle-4 ${last.service} ${shorter}`);
    const changed = await (await feedAt(named.port, { "if-none-match": etag })).text();
    const entryOf = (text: string): string =>
      text.slice(text.indexOf(`UID:cycle-4/${last.service}@`)).split("END:VEVENT")[0]!;
    const sequence = (entry: string): number => Number(/SEQUENCE:(\d+)/.exec(entry)![1]);
    expect(namesIn(changed)).toHaveLength(155);
    expect(new Set(namesIn(changed))).toEqual(new Set(names));
    expect(/DTEND.*/.exec(entryOf(changed))![0]).not.toBe(/DTEND.*/.exec(entryOf(feed))![0]);
    expect(sequence(entryOf(changed))).toBeGreaterThan(sequence(entryOf(feed)));
  } finally {
    await named.close();
  }
});

describe("any command", () => {
  it("is sent by its name, and a refusal says why and ends with 1", async () => {
    const { status, out } = await assay("do cycle-4 ProposeSchedule --as scheduler");
    expect({ status, out }).toEqual({
      status: 1,
      out: "ProposeSchedule: refused. The schedule is confirmed. This can no longer be done.\n",
    });
    expect((await assay("do cycle-4 Nonsense --as scheduler")).status).toBe(2);
    expect((await assay("do cycle-4 ConfirmSchedule")).err).toContain("in whose name");
    expect((await assay("do cycle-4 ConfirmSchedule --as nobody")).status).toBe(2);
    const wrong = await assay("do cycle-4 ReleaseInspector --as scheduler");
    expect({ status: wrong.status, at: wrong.err.includes("inspector") }).toEqual({
      status: 1,
      at: true,
    });
  });

  it("is sent from a file, in order, once under its id", async () => {
    const id = "6a1c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b13";
    const release = { type: "ReleaseInspector", programme: "cycle-4", inspector: "inspector-60" };
    const propose = { type: "ProposeSchedule", programme: "cycle-4" };
    const list = JSON.stringify([{ ...release, id }, propose]);
    const first = await assay("send - --as scheduler --json", list);
    expect(first.status).toBe(1);
    expect(JSON.parse(first.out)).toMatchObject([
      { type: "ReleaseInspector", accepted: true, events: 1 },
      { accepted: false, refusal: { reason: "NotInThisPhase" } },
    ]);
    expect(JSON.parse((await assay("send - --as scheduler --json", list)).out)[0]).toEqual(
      JSON.parse(first.out)[0],
    );
  });

  it("says how to reach an engine where none answers", async () => {
    const { status, err } = await assay(
      "do cycle-4 ConfirmSchedule --as head-of-programme --engine http://127.0.0.1:1",
    );
    expect({ status, said: err.includes("npm start") }).toEqual({ status: 1, said: true });
  });
});
