import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Actor } from "@assay/domain/kernel/actor.ts";
import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { accessLogInMemory } from "@assay/host/access-log.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { StoreFault } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { createConsole } from "./console.ts";

it("tells what was carried out when there is no room for the access log, and shows nothing", async () => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2027-01-04T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const kept = accessLogInMemory();
  let full = false;
  const { handle } = createConsole({
    ...{ store: engine.store, bus: engine.bus, clock, log },
    people: [Actor.parse({ id: "scheduler", role: "scheduler" })],
    accessLog: {
      ...kept,
      note: async (entry) => {
        if (full) throw new StoreFault("disk-full", "access-log: no room", { retry: false });
        return kept.note(entry);
      },
    },
  });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const headers = { authorization: "Bearer scheduler/scheduler/" };
  const schedule = (inspection: string, framework = "yos-2021") =>
    fetch(`${base}/commands`, {
      method: "POST",
      headers: {
        ...{ ...headers, "content-type": "application/json" },
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({
        ...{ type: "ScheduleInspection", inspection, framework },
        service: { id: "north-vale", name: "North Vale Youth Justice Service" },
        fieldwork: { start: "2027-05-10", end: "2027-05-14" },
        team: [{ person: "lena", role: "lead-inspector" }],
      }),
    });
  try {
    expect((await schedule("first-2027")).status).toBe(200);
    full = true;
    const accepted = await schedule("second-2027");
    expect([accepted.status, await accepted.json()]).toMatchObject([200, { accepted: true }]);
    const recorded = await readInspection(engine.store, InspectionId.parse("second-2027"));
    expect(recorded.length).toBeGreaterThan(0);
    expect((await schedule("third-2027", "no-such-framework")).status).toBe(507);
    expect((await fetch(`${base}/inspections`, { headers })).status).toBe(507);
  } finally {
    server.closeAllConnections();
    server.close();
    await engine.close();
  }
});
