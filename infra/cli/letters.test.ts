import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { lettersPath, openLetters } from "@assay/announcement/letters.ts";
import { accessLogPath } from "@assay/console/kept.ts";
import { openAccessLog } from "@assay/host/access-log.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), "assay-letters-"))));
afterEach(() => rmSync(dataDir, { recursive: true }));

const assay = (...args: string[]) => atTerminal(args, { dataDir });

it("lists the letters that wait, and lets them go out", async () => {
  expect((await assay("letters", "list")).out).toBe("No letter waits.\n");
  const database = openLetters(lettersPath(dataDir));
  const add = database.sqlite.prepare("insert into letter values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const next = Date.parse("2030-01-01");
  add.run("one", "reminders-sandford-2026", "e", "sami", "waiting", 3, next, "not now", "");
  add.run("two", "reminders-sandford-2026", "e", "lena", "failed", 0, 0, "refused", "refused");
  const { out } = await assay("letters", "list", "--json");
  expect(JSON.parse(out)).toMatchObject([
    { letter: "two", state: "failed", why: "refused", next: null },
    { letter: "one", about: "sandford-2026", attempts: 3, next: "2030-01-01T00:00:00.000Z" },
  ]);
  expect((await assay("letters", "list")).out).toContain("given up");
  expect((await assay("letters", "resend")).out).toBe("1 letter goes out at once.\n");
  expect((await assay("letters", "resend", "two")).out).toBe("1 letter goes out at once.\n");
  expect(await assay("letters", "resend", "three")).toMatchObject({ status: 1 });
  const rows = database.sqlite.prepare("select id, state, next from letter order by id").all();
  database.close();
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { id: "one", state: "waiting", next: 0 },
    { id: "two", state: "waiting", next: 0 },
  ]);
});

it("shows why a sign-in was refused, by the reference that was shown", async () => {
  const signer = signerFrom("access-log", Buffer.alloc(32, 7).toString("base64"));
  const log = openAccessLog({ file: accessLogPath(dataDir), signer });
  const reference = "0b7c2f6e-6a29-4a53-9a3e-0f3c1a5f7d10";
  await log.note({
    ...{ at: "2026-01-01T09:00:00.000Z" as Instant, act: "sign-in-refused" },
    ...{ what: "claim: roles holds nothing", status: 401, correlationId: reference },
    from: "203.0.113.9",
  });
  log.close();
  const shown = await assay("access", "show", reference);
  expect(shown).toMatchObject({ status: 0, out: expect.stringContaining("roles holds nothing") });
  const [entry] = JSON.parse((await assay("access", "show", reference, "--json")).out) as object[];
  expect(entry).toMatchObject({ act: "sign-in-refused", from: "203.0.113.9" });
  expect(await assay("access", "show", "another")).toMatchObject({ status: 1 });
});
