import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createLibrary } from "@assay/console/reading/library.ts";
import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { openHistory } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const dataDir = mkdtempSync(join(tmpdir(), "assay-lost-"));
const inspection = InspectionId.parse("peterborough-2020");
const owner = `${inspection}.words.c0001`;

beforeAll(async () => {
  const keys = openKeys(dataDir);
  const store = sealedStore(openSqliteStore({ path: storePath(dataDir) }), keys);
  const history = await openHistory();
  const told = await readInspection(history.store, inspection);
  for (const { stream, revision, id, type, data, metadata } of told) {
    const expected = revision === 0 ? "none" : revision - 1;
    await store.append(stream, [{ id, type, data, metadata }], expected);
  }
  await store.close();
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const lost = () => atTerminal(["vault", "lost"], { dataDir });

it("tells nothing while every word opens", async () => {
  expect(await lost()).toMatchObject({ status: 0, out: "Every word opens.\n" });
});

it("is one missing key: named with its words, while every service is ready and pages are read", async () => {
  const keys = openKeys(dataDir);
  keys.sqlite.prepare("delete from data_key where owner = ?").run(owner);
  keys.close();
  const told = await lost();
  expect(told.status).toBe(1);
  expect(told.out).toMatch(new RegExp(`^${owner}: \\d+ texts?, assessment-`));
  const engine = await startEngine({
    dataDir,
    clock: createSteppedClock(Instant.parse("2030-01-01T00:00:00.000Z")),
    log: createLog({ service: "assay", level: "silent" }),
  });
  await engine.idle();
  for (const service of engine.services)
    expect(await service.health()).toMatchObject({ ready: true, aside: [] });
  const held = await createLibrary(engine.store).one(inspection);
  expect(held?.events).toBeGreaterThan(20);
  await engine.close();
});
