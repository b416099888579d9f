import { createMemoryBus } from "@assay/bus/memory.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";

import { createConsole } from "../console.ts";

type Row = { readonly text: object };

it("asks before a draw from a list in which many cases are repeated, unless one insists", async () => {
  const world = worldAt("listed");
  const store = createMemoryStore();
  for (const { stream, revision, id, type, data, metadata } of eventsOf(world)) {
    const child = "CH0000000001";
    const cases = data["cases"] as readonly Row[] | undefined;
    const alike = cases?.map((row) => ({ ...row, text: { ...row.text, child } }));
    const said = type === "CaseListSubmitted" ? { ...data, cases: alike } : data;
    const event = { id, type, data: said, metadata: { ...metadata } };
    await store.append(stream, [event], revision === 0 ? "none" : revision - 1);
  }
  const { handle } = createConsole({
    ...{ store, bus: createMemoryBus(), clock: createSteppedClock(world.now) },
    log: createLog({ service: "console", level: "silent" }),
    people: [people.analyst],
  });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const draw = (headers: object = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/commands`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${people.analyst.id}/research-analyst/`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
        ...headers,
      },
      body: JSON.stringify({ type: "DrawSample", inspection: world.inspection }),
    });
  try {
    const asked = await draw();
    expect([asked.status, await asked.json()]).toMatchObject([
      409,
      { detail: expect.stringContaining("repeat an earlier one") as string },
    ]);
    // It gets as far as the bus, on which nobody answers here.
    expect((await draw({ prefer: "handling=lenient" })).status).toBe(503);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
