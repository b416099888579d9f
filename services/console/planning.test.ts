import { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk } from "./contract/desk.ts";

const head = Actor.parse({ id: "head-of-programme", role: "head-of-programme" });

let engine: Engine;
let desk: Desk;

beforeAll(async () => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2026-01-05T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  desk = await openDesk(engine, clock, [head]);
  await desk.signIn("head-of-programme/head-of-programme/");
});
afterAll(async () => {
  desk.close();
  await engine.close();
});

const sheet = (...lines: readonly string[]): Blob => new Blob([lines.join("\n")]);

it("plans a cycle by forms alone: opened, enrolled, registered, its rules changed", async () => {
  const opened = await desk.send("/programme", "OpenProgramme", {
    ...{ name: "Fourth cycle", programme: "cycle-4" },
    ...{ "period.first": "2026-04-01", "period.last": "2028-03-31" },
  });
  expect([opened.status, opened.text.includes("Fourth cycle")]).toEqual([200, true]);

  const path = "/programmes/cycle-4";
  const header = "Service ID,Name,Region,Caseload,Performance";
  const wrong = await desk.send(path, "EnrolServices", {
    services: sheet(header, "northfield,Northfield,North,many,60"),
  });
  expect([wrong.status, /Line 2, Caseload: “many”; expected/.test(wrong.text)]).toEqual([
    422,
    true,
  ]);
  expect((await desk.send(path, "EnrolServices", {})).text).toContain("Choose the file");
  const services = sheet(
    header,
    "northfield,Northfield,North,120,60",
    "eastham,Eastham,East,80,40",
  );
  expect((await desk.send(path, "EnrolServices", { services })).status).toBe(200);
  const inspectors = sheet("Inspector ID,Can lead", "a-lead,yes", "one,no", "two,no", "three,no");
  expect((await desk.send(path, "RegisterInspectors", { inspectors })).status).toBe(200);

  expect((await desk.read(path)).text).toMatch(/name="rules\.restWeeks"[^>]* value="1"/);
  const changed = await desk.send(path, "ChangePlanningRules", {
    "rules.restWeeks": "2",
  });
  expect([changed.status, /name="rules\.restWeeks"[^>]* value="2"/.test(changed.text)]).toEqual([
    200,
    true,
  ]);
  const blackout = {
    "period.first": "2026-12-21",
    "period.last": "2027-01-01",
    reason: "Holidays.",
  };
  expect((await desk.send(path, "DeclareBlackout", blackout)).status).toBe(200);
  const lifted = await desk.send(path, "LiftBlackout-0", {});
  expect(lifted.status).toBe(200);
  expect(lifted.text).not.toContain("form-LiftBlackout");
  expect((await desk.send(path, "ProposeSchedule", {})).text).toContain("Each placement and why");

  const gone = { service: "eastham", reason: "It has merged with Northfield." };
  expect((await desk.send(path, "RemoveService", { ...gone, reason: "" })).status).toBe(422);
  const removed = await desk.send(path, "RemoveService", gone);
  expect([removed.status, removed.text.includes('value="eastham"')]).toEqual([200, false]);
  const released = await desk.send(path, "ReleaseInspector", { inspector: "three" });
  expect([released.status, released.text.includes('value="three"')]).toEqual([200, false]);
});

it("marks who has a conflict of interest where a team is chosen, and refuses them in words", async () => {
  const opened = await desk.send("/programme", "OpenProgramme", {
    ...{ name: "Fifth cycle", programme: "cycle-5" },
    ...{ "period.first": "2026-04-01", "period.last": "2028-03-31" },
  });
  expect(opened.status).toBe(200);
  const path = "/programmes/cycle-5";
  const services = sheet(
    "Service ID,Name,Region,Caseload,Performance",
    "eastham,Eastham,East,80,40",
  );
  await desk.send(path, "EnrolServices", { services });
  const people = sheet(
    "Inspector ID,Can lead,Home area,Former employers",
    ...["a-lead,yes,,", "one,no,,", "two,no,,", "three,no,,"],
    ...["nell,no,East,", "fred,no,West,eastham"],
  );
  await desk.send(path, "RegisterInspectors", { inspectors: people });
  await desk.send(path, "ProposeSchedule", {});
  const { text: confirmed } = await desk.send(path, "ConfirmSchedule", {});
  const marks = (text: string, name: string): readonly string[] =>
    text
      .slice(
        text.indexOf(`name="${name}"`),
        text.indexOf("</select>", text.indexOf(`name="${name}"`)),
      )
      .split("</option>")
      .filter((option) => option.includes("cannot inspect it"))
      .map((option) => option.slice(option.lastIndexOf(">") + 1).trim())
      .toSorted();
  const known = [
    "Fred – was employed there, so cannot inspect it",
    "Nell – lives in its area, so cannot inspect it",
  ];
  expect(marks(confirmed, "placement.team.1.person")).toEqual(known);

  const scheduled = await desk.send(path, "ScheduleInspection-eastham", {
    framework: "yos-2021/full",
  });
  expect([scheduled.status, scheduled.at.startsWith("/inspections/eastham-")]).toEqual([200, true]);
  expect(marks(scheduled.text, "team.1.person")).toEqual(known);
  const at = scheduled.at.split("?")[0]!;
  const team = (person: string) => ({
    ...{ "team.0.person": "a-lead", "team.1.person": person, "team.1.role": "inspector" },
  });
  const refused = await desk.send(at, "AssignTeam", team("fred"));
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(
    "Fred cannot inspect eastham: the programme says that they were employed there. Choose",
  );
  // It stands at the person whom it is about, and not at the lead.
  expect(/id="AssignTeam-team-(\d)-person-error"/.exec(refused.text)?.[1]).toBe("1");
  // Whoever is registered may be chosen, whether or not they have been on a team before.
  expect((await desk.send(at, "AssignTeam", team("one"))).status).toBe(200);
  const { text } = await desk.read(at);
  const lead = text.slice(text.indexOf('name="team.0.person"')).split("</select>")[0]!;
  expect([lead.includes('value="a-lead"'), lead.includes('value="two"')]).toEqual([true, false]);
});

it("shows again at once what somebody filled with spaces or line breaks", async () => {
  const opening = { programme: "cycle-5", name: "Fifth cycle" };
  const opened = (month: string) =>
    desk.send("/programme", "OpenProgramme", { ...opening, "period.first-month": month });
  const month = `1${" ".repeat(200_000)}2`;
  const again = await opened(month);
  expect([again.status, again.text.includes(month)]).toEqual([422, true]);
  const lines = await opened(`1${"\n".repeat(200_000)}2`);
  expect(lines.status).toBe(422);
  expect(lines.text).toMatch(/name="period\.first-month"[^>]* value="12"/);
});
