import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { openDatabase } from "@assay/host/database.ts";
import { createLog } from "@assay/host/log.ts";
import { storeOver } from "@assay/store/over.ts";
import type { Position } from "@assay/store/port.ts";
import { afterAll, expect, it } from "vitest";

import { startEngine } from "./engine.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("closes what it began where one of its services cannot start", async () => {
  const elsewhere = openDatabase(join(folder, "panel.sqlite"));
  const foreign = { stream: "panel-x", revision: 0, id: "0d5a3a0e-6a52-4b8c-9a53-6f1f5a0c0003" };
  elsewhere.keepPosition("reactor", "0" as Position, foreign);
  elsewhere.close();
  const [opened, closed] = [[] as string[], [] as string[]];
  const starting = startEngine({
    dataDir: folder,
    clock: createSteppedClock("2026-01-05T09:00:00.000Z" as Instant),
    log: createLog({ service: "engine", level: "silent" }),
    between: {
      disk: (store) => {
        opened.push("store");
        const close = (): Promise<void> => (closed.push("store"), store.close());
        return storeOver(store, { close });
      },
      store: (store) => store,
      bus: (bus) => ({ ...bus, close: () => (closed.push("bus"), bus.close()) }),
    },
  });
  await expect(starting).rejects.toMatchObject({ code: "other-store" });
  expect(closed).toEqual(["bus", ...opened]);
});
