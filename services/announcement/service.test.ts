import { randomUUID } from "node:crypto";

import { CommandEnvelope, type Reply } from "@assay/domain/kernel/envelope.ts";
import { madeUpProblem } from "@assay/domain/planning/made-up-problem.ts";
import { createHandling } from "@assay/host/handle.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { expect, it } from "vitest";

import { announcementService } from "./service.ts";

const at = "2026-01-05T09:00:00.000Z";
const by = { id: "hugo", role: "head-of-programme" };
const madeUp = madeUpProblem({ seed: 7, services: 6, inspectors: 12, years: 1 });
/** None of them was inspected so lately that a year is too soon. */
const services = madeUp.services.map((each) => ({ ...each, lastInspected: "2021-06-11" }));

it("plans a programme, schedules an inspection by it, keeps people from services they are tied to, and holds its placement", async () => {
  const store = createMemoryStore();
  const { handle } = createHandling({
    service: "announcement",
    store,
    rules: announcementService({ secret: new Uint8Array(32) }).rules ?? [],
    log: createLog({ service: "announcement", level: "silent" }),
    metrics: createMetrics(),
  });
  const ask = async (type: string, asked: object = {}): Promise<Reply> => {
    const id = randomUUID();
    const command = { type, at, by, ...asked };
    return handle(CommandEnvelope.parse({ id, correlationId: id, causationId: id, command }));
  };
  const programme = { programme: "cycle-4" };
  const period = madeUp.period;
  for (const [type, asked] of [
    ["OpenProgramme", { name: "Fourth cycle", period }],
    ["EnrolServices", { services }],
    ["RegisterInspectors", { inspectors: madeUp.inspectors }],
    ["ProposeSchedule", {}],
    ["ConfirmSchedule", {}],
  ] as const) {
    expect([type, await ask(type, { ...programme, ...asked })]).toMatchObject([
      type,
      { accepted: true, stream: "programme-cycle-4", events: 1 },
    ]);
  }

  const facts = [];
  for await (const page of store.read("programme-cycle-4")) facts.push(...page);
  const { placements } = facts.at(-1)!.data as {
    placements: {
      service: string;
      start: string;
      end: string;
      team: { person: string; lead: boolean }[];
    }[];
  };
  const placement = placements[0]!;
  const moved = { ...placement, start: "2027-03-22", end: "2027-03-25" };
  const { service, start, end } = placement;
  const inspection = `${service}-${start.slice(0, 4)}`;
  const team = placement.team.map(({ person, lead }) => ({
    person,
    role: lead ? "lead-inspector" : "inspector",
  }));
  const scheduling = {
    ...programme,
    inspection,
    service: { id: service, name: "A service" },
    framework: "yos-2018",
    fieldwork: { start, end },
  };
  const person = "newcomer";
  const tied = [...team, { person, role: "inspector" }];
  const register = async (tie: object) =>
    ask("RegisterInspectors", {
      ...programme,
      inspectors: [{ id: person, canLead: false, away: [], employers: [], ...tie }],
    });
  const tie = (because: string) => ({
    accepted: false,
    refusal: { reason: "TiedToTheService", person, service, because },
  });

  await register({ employers: [service] });
  expect(await ask("ScheduleInspection", { ...scheduling, team: tied })).toEqual(
    tie("former-employer"),
  );
  expect(await ask("ScheduleInspection", { ...scheduling, team })).toMatchObject({
    accepted: true,
  });
  await register({ homeArea: services.find(({ id }) => id === service)!.region });
  expect(await ask("AssignTeam", { inspection, team: tied })).toEqual(tie("home-area"));
  await register({});
  expect(await ask("AssignTeam", { inspection, team: tied })).toMatchObject({ accepted: true });

  expect(
    await ask("ChangePlacement", { ...programme, placement: moved, reason: "Too late" }),
  ).toMatchObject({
    accepted: false,
    refusal: { reason: "InspectionAlreadyScheduled", service },
  });
});
