import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import type { EventStore } from "@assay/store/port.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk } from "../contract/desk.ts";
import { questions } from "../fixtures/questions.ts";

const eastvale = "/inspections/made-up-eastvale";
const marker = "quality-lead/quality-lead/";

let desk: Desk;

/** A completed case is to be marked again, blind. */
const assignSecondMarking = async (store: EventStore): Promise<void> => {
  const stream = "assessment-made-up-eastvale.c0002";
  const by = { id: "lead-inspector", role: "lead-inspector" };
  const told = { at: today, by, case: "c0002", to: "quality-lead" };
  const id = "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b21";
  const assigned = { id, type: "SecondMarkingAssigned", data: told, metadata: { version: 1 } };
  let last = -1;
  for await (const page of store.read(stream, { direction: "backwards", limit: 1 }))
    last = page[0]?.revision ?? last;
  expect(await store.append(stream, [assigned], last)).toMatchObject({ appended: true });
};

beforeAll(async () => {
  const { store, bus } = await openHistory();
  await assignSecondMarking(store);
  desk = await openDesk({ store, bus }, createSteppedClock(today));
});
afterAll(() => desk.close());

/** Whatever is asked of some inspection, asked of this one. */
const askedOf = (inspection: string): readonly string[] => [
  ...new Set(
    questions
      .filter(({ path, status }) => path.startsWith("/inspections/") && status === undefined)
      .map(({ path }) => path.replace(/^\/inspections\/[^/]+/, `/inspections/${inspection}`)),
  ),
];

const read = async (path: string): Promise<{ readonly status: number; readonly text: string }> =>
  desk.read(`/api/v1${path}`);

/** The parts of the inspection that whoever sits there may read. */
const open = async (inspection: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const path of askedOf(inspection))
    if ((await read(path)).status === 200) found.push(path.split("/").slice(3).join("/"));
  return found.toSorted();
};

const always = ["", "alerts", "letters", "plan", "requests"];

it("shows a service no judgement before its draft, and then ratings and the report", async () => {
  await desk.signIn("service-manager/provider-user/eastvale-made-up");
  expect(await open("made-up-eastvale")).toEqual(always);
  expect(await open("made-up-hexcombe")).toEqual([]);
  await desk.signIn("service-manager/provider-user/garrowby-made-up");
  expect(await open("made-up-garrowby")).toEqual(always);
  await desk.signIn("service-manager/provider-user/hexcombe-made-up");
  const informed = await open("made-up-hexcombe");
  expect(informed.filter((part) => !part.startsWith("ratings"))).toEqual(
    [...always, "report", "report/draft.pdf"].toSorted(),
  );
  expect(informed).toContain("ratings/2.1/why");
  expect(JSON.parse((await read("/inspections/made-up-hexcombe/report")).text)).not.toHaveProperty(
    "embargo",
  );
});

it("shows a service nothing of what is for staff alone", async () => {
  await desk.signIn("service-manager/provider-user/eastvale-made-up");
  const statuses = await Promise.all(
    ["/events", "/people", "/workload", "/agreement", "/programmes", "/my-cases"].map(
      async (path) => (await read(path)).status,
    ),
  );
  expect(new Set(statuses)).toEqual(new Set([404]));
  expect((await read("/events/panel-peterborough-2020/0")).status).toBe(404);
});

it("shows a service an alert only while it is told of it", async () => {
  await desk.signIn("service-manager/provider-user/eastvale-made-up");
  const alerts = JSON.parse((await read(`${eastvale}/alerts`)).text) as { alerts: object[] };
  expect(alerts.alerts).toMatchObject([{ alert: "alert-1", stage: "notified" }]);
});

it("shows whoever marks a case again nothing of its first marking, on no path", async () => {
  await desk.signIn(marker);
  const shown = await open("made-up-eastvale");
  const closed =
    /^(panel|ratings|report|history|what-if|events|proofs|domain-one|judged-by|quality|agree)/;
  expect(shown.filter((part) => closed.test(part))).toEqual([]);
  expect((await read("/agreement")).status).toBe(404);

  const one = JSON.parse((await read(`${eastvale}/cases/c0002`)).text) as object;
  expect(one).toMatchObject({ marking: "second", marks: [], tallies: {} });
  expect(answersIn(one)).toEqual([]);
  expect(one).not.toHaveProperty("sampled.noes");
  const other = JSON.parse((await read(`${eastvale}/cases/c0001`)).text) as object;
  expect(other).toMatchObject({ marking: "first", sampled: { noes: expect.any(Number) } });

  const found = JSON.parse((await read("/events?q=judgementrecorded%20eastvale")).text) as object;
  expect(found).toMatchObject({ events: [] });
  const event = "/events/assessment-made-up-eastvale.c0002/3";
  expect((await read(event)).status).toBe(404);
  await desk.signIn("auditor/auditor/");
  expect((await read(event)).status).toBe(200);
  const known = JSON.parse((await read(`${eastvale}/cases/c0002`)).text) as object;
  expect(answersIn(known).length).toBeGreaterThan(10);
});

/** Every answer that stands anywhere in it. */
const answersIn = (told: unknown): readonly unknown[] =>
  typeof told !== "object" || told === null
    ? []
    : Object.entries(told).flatMap(([name, value]) =>
        name === "answer" || (name === "told" && (value as unknown[]).length > 0)
          ? [value]
          : answersIn(value),
      );

it("hides a first marking on the pages, too", async () => {
  const pageOf = async (path: string): Promise<string> => (await desk.read(eastvale + path)).text;
  const row = async (): Promise<string> =>
    /cases\/c0002".*?<\/tr>/s.exec(await pageOf("/cases"))?.[0] ?? "";
  await desk.signIn("auditor/auditor/");
  expect(await row()).toMatch(/data-label="Not sufficient">\d/);
  expect(await pageOf("/cases/c0002")).toContain("Inspector 2");
  await desk.signIn(marker);
  expect(await row()).toContain('data-label="Not sufficient">–');
  const page = await pageOf("/cases/c0002");
  expect(page).toContain("You mark this case a second time");
  expect(page).not.toContain("History</h3>");
});

it("shows other fieldwork of a team to those who choose it, and to nobody else", async () => {
  const against = async (who: string): Promise<object> => {
    await desk.signIn(who);
    return JSON.parse((await read("/inspections/made-up-dunmere/conflicts")).text) as object;
  };
  const elsewhere = [expect.objectContaining({ person: "lead-inspector" })];
  expect(await against("scheduler/scheduler/")).toMatchObject({
    elsewhere: expect.arrayContaining(elsewhere),
  });
  expect(await against("inspector-1/inspector/")).toMatchObject({ elsewhere: [], tied: [] });
});

it("shows whoever plans whose the cases are, and nothing that was found in them", async () => {
  await desk.signIn("scheduler/scheduler/");
  const one = JSON.parse((await read(`${eastvale}/cases/c0002`)).text) as object;
  expect(one).toMatchObject({ marking: "none", words: null, standards: [], marks: [] });
  const { cases } = JSON.parse((await read(`${eastvale}/cases`)).text) as { cases: object[] };
  expect(cases.length).toBeGreaterThan(3);
  for (const line of cases) expect(line).not.toHaveProperty("noes");
  const told = JSON.parse((await read(`${eastvale}/alerts`)).text) as { alerts: object[] };
  expect(told.alerts).toMatchObject([{ alert: "alert-1", stage: "notified" }]);
  expect(told.alerts[0]).not.toHaveProperty("risk");
  const shown = async (): Promise<string> => (await desk.read(`${eastvale}/fieldwork`)).text;
  expect(await shown()).not.toContain("To be done:");
  await desk.signIn("lead-inspector/lead-inspector/");
  expect(await shown()).toContain("To be done:");
});
