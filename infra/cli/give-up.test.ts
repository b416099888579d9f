import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Instant } from "@assay/domain/kernel/instants.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { serve, type Serving } from "@assay/embedded/serve.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const dataDir = mkdtempSync(join(tmpdir(), "assay-give-up-"));
let engine: Engine;
let serving: Serving;

beforeAll(async () => {
  const clock = createSteppedClock(Instant.parse("2027-01-04T09:00:00.000Z"));
  const log = createLog({ service: "test", level: "silent" });
  engine = await startEngine({ dataDir, clock, log });
  serving = await serve({ engine, log, port: 0, plots: [], clock });
});
afterAll(async () => {
  await serving.close();
  await engine.close();
  rmSync(dataDir, { recursive: true });
});

const url = () => `http://127.0.0.1:${serving.port}`;
const head = "head-of-programme/head-of-programme/";

const asks = async (command: object, who = head) => {
  const answer = await fetch(`${url()}/api/v1/commands`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${who}`, "content-type": "application/json" },
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify(command),
  });
  return { status: answer.status, text: await answer.text() };
};

const vault = (...args: readonly string[]) =>
  atTerminal(["vault", ...args], { dataDir, engine: { url: url() } });
const giveUp = (who = head) => vault("give-up", "north-vale-2027", "--as", who);

it("lets an inspection whose key is lost be ended, and takes the key when it turns up", async () => {
  const inspection = "north-vale-2027";
  const scheduled = await asks(
    {
      ...{ type: "ScheduleInspection", inspection, framework: "yos-2021" },
      service: { id: "north-vale", name: "North Vale Youth Justice Service" },
      fieldwork: { start: "2027-05-10", end: "2027-05-14" },
      team: [{ person: "lena", role: "lead-inspector" }],
    },
    "scheduler/scheduler/",
  );
  expect(scheduled).toMatchObject({ status: 200 });
  const postponed = { type: "PostponeInspection", inspection, reason: "Floods in the valley." };
  expect(await asks(postponed)).toMatchObject({ status: 200 });
  expect((await giveUp()).err).toContain("Every word of this inspection opens");

  const keys = openKeys(dataDir);
  const row = keys.rows().find(({ owner }) => owner === inspection)!;
  keys.sqlite.prepare("delete from data_key where owner = ?").run(inspection);
  const cancelled = { type: "CancelInspection", inspection, reason: "The service was merged." };
  expect(await asks(cancelled)).toMatchObject({
    status: 409,
    text: expect.stringContaining("SetAside") as string,
  });
  expect(await giveUp("lena/lead-inspector/")).toMatchObject({ status: 1 });
  expect(await asks(cancelled)).toMatchObject({ status: 409 });
  expect(await giveUp()).toMatchObject({ status: 0, err: "" });
  expect(await asks(cancelled)).toMatchObject({ status: 200 });
  expect((await vault("lost")).out).toMatch(/^north-vale-2027: 1 text, inspection-/);

  keys.merge([row]);
  keys.close();
  expect(await vault("lost")).toMatchObject({ status: 0, out: "Every word opens.\n" });
});
