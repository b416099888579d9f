import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createSessions } from "@assay/console/http/session.ts";
import { openDirectory } from "@assay/console/identity/people.ts";
import { Actor } from "@assay/domain/kernel/actor.ts";
import { peoplePath, sessionsPath } from "@assay/console/kept.ts";
import { openDatabase } from "@assay/host/database.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), "assay-signed-in-"))));
afterEach(() => rmSync(dataDir, { recursive: true }));

const assay = (...args: string[]) => atTerminal(args, { dataDir });
const iris = Actor.parse({ id: "iris", role: "inspector" });

it("lists who is signed in, and ends somebody's sessions under a running console", async () => {
  expect(await assay("sessions", "list")).toMatchObject({ status: 1 });
  const database = openDatabase(sessionsPath(dataDir));
  const limits = { idle: 60_000, most: 60_000, roles: 60_000 };
  const sessions = createSessions({ database, secure: false, limits, now: () => 1_000 });
  const session = sessions.begin({ actor: iris, name: "Iris Ö.", roles: [iris] });
  const listed = await assay("sessions", "list", "--json");
  expect(JSON.parse(listed.out)).toMatchObject([
    { person: "iris", name: "Iris Ö.", role: "inspector", begun: "1970-01-01T00:00:01.000Z" },
  ]);
  expect((await assay("sessions", "list")).out).toContain("iris");
  expect(await assay("sessions", "end", "ivan")).toMatchObject({ status: 1 });
  expect(sessions.lasts(session)).toBe(true);
  expect((await assay("sessions", "end", "iris")).out).toBe("1 session of iris ended.\n");
  expect(sessions.lasts(session)).toBe(false);
  database.close();
});

it("tells, links and unlinks which account is whom", async () => {
  const { out: id } = await assay("people", "id", "Hanna@x.example");
  expect(id).toMatch(/^hanna-x-example-[0-9a-f]{6}\n$/);
  await assay("people", "link", "hanna", "Hanna@x.example");
  const database = openDatabase(peoplePath(dataDir));
  const account = { issuer: "https://one.example", called: "hanna@x.example", name: "Hanna" };
  expect(openDirectory(database).personOf({ ...account, subject: "1" }).person).toBe("hanna");
  database.close();
  expect((await assay("people", "list")).out).toContain("1 at https://one.example");
  expect((await assay("people", "unlink", "hanna")).out).toBe("1 account forgotten.\n");
  expect(await assay("people", "unlink", "hanna")).toMatchObject({ status: 1 });
  expect((await assay("people", "end-calendars", "hanna")).out).toContain("no longer served");
  expect(await assay("people", "link", "Hanna", "x")).toMatchObject({ status: 2 });
});

it("checks no provider where none is named, or the settings are wrong", async () => {
  const none = await assay("identity", "check");
  expect([none.status, none.err]).toEqual([1, expect.stringContaining("OIDC_ISSUER is not set")]);
  const identity = () => {
    throw new Misconfigured(["CONSOLE_URL is needed with OIDC_ISSUER"]);
  };
  const wrong = await atTerminal(["identity", "check"], { dataDir, identity });
  expect([wrong.status, wrong.err]).toEqual([1, expect.stringContaining("CONSOLE_URL is needed")]);
});
