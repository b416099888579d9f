import { PersonId } from "@assay/domain/kernel/ids.ts";
import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { openDatabase } from "@assay/host/database.ts";
import { createLog } from "@assay/host/log.ts";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createConsole } from "./console.ts";
import { feedChanges } from "./reading/feed-addresses.ts";

type Addresses = { readonly person: string; readonly programmes: Record<string, string> };

const accounts = openDatabase(":memory:");
const [lena, auditor] = ["lead-inspector/lead-inspector/", "auditor/auditor/"];
let server: Server;
let origin: string;

beforeAll(async () => {
  const { store, bus } = await openHistory();
  const clock = createSteppedClock(today);
  const log = createLog({ service: "console", level: "silent" });
  const people = [
    { id: PersonId.parse("lead-inspector"), role: "lead-inspector" },
    { id: PersonId.parse("auditor"), role: "auditor" },
  ] as const;
  const { handle } = createConsole({ store, bus, clock, log, people, accounts });
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const asks = (who: string, feed?: unknown): Promise<Response> =>
  fetch(`${origin}/api/v1/calendars${feed === undefined ? "" : "/change"}`, {
    headers: { authorization: `Bearer ${who}`, "content-type": "application/json" },
    ...(feed !== undefined && { method: "POST", body: JSON.stringify({ feed }) }),
  });
const addressesOf = async (who: string) => (await (await asks(who)).json()) as Addresses;
const status = async (path: string) => (await fetch(origin + path)).status;
const cycle = "made-up-cycle";

it("ends one calendar's address alone, and gives another for it", async () => {
  const [mine, theirs] = [await addressesOf(lena), await addressesOf(auditor)];
  const all = [mine.person, mine.programmes[cycle]!, theirs.person, theirs.programmes[cycle]!];
  expect(new Set(all).size).toBe(4);
  expect(await Promise.all(all.map(status))).toEqual([200, 200, 200, 200]);
  const changed = await asks(lena, mine.programmes[cycle]!.split("?")[0]);
  expect(changed.status).toBe(200);
  const after = (await changed.json()) as Addresses;
  expect(await Promise.all(all.map(status))).toEqual([200, 404, 200, 200]);
  expect(await status(after.programmes[cycle]!)).toBe(200);
  expect(after.person).toBe(mine.person);
  expect(await addressesOf(lena)).toEqual(after);
});

it("reads no address under another person's name, and changes nobody else's", async () => {
  const [mine, theirs] = [await addressesOf(lena), await addressesOf(auditor)];
  expect(await status(mine.programmes[cycle]!.replace("for=lead-inspector", "for=auditor"))).toBe(
    404,
  );
  expect((await asks(lena, theirs.person.split("?")[0])).status).toBe(404);
  for (const odd of ["", "/calendars/", "%", 7, null])
    expect([404, 422]).toContain((await asks(lena, odd)).status);
  expect(await status(theirs.person)).toBe(200);
});

it("ends every address of somebody who left", async () => {
  const mine = await addressesOf(auditor);
  feedChanges(accounts).changeAll(PersonId.parse("auditor"));
  expect(await status(mine.person)).toBe(404);
  expect(await status(mine.programmes[cycle]!)).toBe(404);
  expect(await status((await addressesOf(auditor)).person)).toBe(200);
  expect(await status((await addressesOf(lena)).person)).toBe(200);
});
