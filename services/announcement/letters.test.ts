import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createLog } from "@assay/host/log.ts";
import { expect, it } from "vitest";

import { deliveryTo, openMailServer } from "./contract/mail-server.ts";
import { scheduledWith } from "./contract/reminded.ts";

it("announces an inspection by mail, to each recipient, with the list to fill in", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-letters-"));
  const { letters, url, close } = await openMailServer();
  const log = createLog({ service: "announcement", level: "silent" });
  const { service, facts, announce, posted } = await scheduledWith(deliveryTo(folder, url), log);
  await announce();
  await service.settled();
  await posted();
  const sent = (await facts()).map(({ type }) => type);
  expect(sent.toSorted()).toEqual([
    ...["LetterCalled", "LetterCalled", "ReminderDelivered", "ReminderDelivered"],
  ]);
  expect(letters.map(({ to }) => to)).toEqual(Array(2).fill("inspection@sandford.example"));
  const [first, second] = letters
    .map(({ text }) => text.replaceAll("=\r\n", ""))
    .toSorted((a, b) => b.length - a.length);
  expect(first).toContain("Subject: Inspection of Sandford Youth Justice Service");
  expect(first).toContain("Dear Maya Ward,");
  expect(first).toContain("The lead inspector is Lena.");
  expect(first).toMatch(/Content-Disposition: attachment; filename="?case-list.csv/);
  expect(second).toContain("Dear Ola Brand,");
  expect(second).not.toContain("attachment");
  await service.close();
  await close();
  rmSync(folder, { recursive: true });
});
