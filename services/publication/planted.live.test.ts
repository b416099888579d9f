import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import { readAsides } from "@assay/host/aside-book.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { whenIdle } from "@assay/host/idle.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { sealing, trustWithin } from "@assay/host/seal.ts";
import { type Service, startService } from "@assay/host/service.ts";
import { examine } from "@assay/report/examine.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { readPublishing } from "./config.ts";
import { openLedger, publishing, siteFolder } from "./publishing.ts";
import { publicationService } from "./service.ts";

const world = worldAt("published");
/** What is committed to in the ledger stands under a salt. */
const salt = "0".repeat(32);

/** The world's inspection under another id; the planted words stand in a section from the start. */
const tell = async (store: EventStore, inspection: string, planted?: string): Promise<void> => {
  const revisions = new Map<string, number>();
  for (const { stream: own, fact } of world.records) {
    const stream = own.replace(world.inspection, inspection);
    const said = JSON.stringify(fact).replaceAll(`-${world.inspection}`, `-${inspection}`);
    const { type, ...data } = JSON.parse(said) as typeof fact;
    if (planted !== undefined && type === "SectionDrafted")
      Object.assign(data, { text: { markdown: planted } });
    const revision = revisions.get(stream) ?? -1;
    const event = {
      id: randomUUID(),
      type,
      data,
      metadata: { version: currentVersion(type), salt },
    };
    await store.append(stream, [event], revision < 0 ? "none" : revision);
    revisions.set(stream, revision + 1);
  }
};

it("sets a published report that cannot be set aside alone, until a correction renders anew", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-planted-"));
  const store = createMemoryStore();
  const [within, trust] = [createMemoryBus(), trustWithin("test")];
  const clock = createSteppedClock(world.now);
  const log = createLog({ service: "publication", level: "silent" });
  let config = readPublishing({});
  const publisher = { name: config.PUBLISHER_NAME, url: config.PUBLISHER_URL };
  const start = async (): Promise<Service> => {
    const ledger = await openLedger(folder);
    const reactions = publishing(folder, ledger, config)(store);
    return startService(
      publicationService({
        reactions,
        examine: async (question) => examine(question, publisher),
      }),
      { store, bus: within, clock, trust, log, metrics: createMetrics(), dataDir: folder },
    );
  };
  const version = (inspection: string, number: number): string =>
    join(siteFolder(folder), "reports", inspection, String(number), "index.html");
  const asides = async () =>
    (await readAsides(store)).map(({ what, inspection }) => ({ what, inspection }));

  // A bullet from a private area: nobody can write it today, but a store may hold it.
  const planted = "\uf0b7 listened to";
  await tell(store, "sound-2021");
  await tell(store, "planted-2021", planted);
  await tell(store, "later-2021");
  let service = await start();
  await whenIdle(store, [service]);
  expect(
    ["sound-2021", "planted-2021", "later-2021"].map((id) => existsSync(version(id, 1))),
  ).toEqual([true, false, true]);
  expect(await asides()).toEqual([{ what: "reaction publisher", inspection: "planted-2021" }]);
  await service.close();

  service = await start();
  await whenIdle(store, [service]);
  expect(await asides()).toEqual([{ what: "reaction publisher", inspection: "planted-2021" }]);
  const health = await service.health();
  expect([health.ready, health.aside.length]).toEqual([true, 1]);

  const bus = sealing(within, trust.own);
  const ask = async (by: object, type: string, asked: object) => {
    const id = randomUUID();
    const command = { type, inspection: "planted-2021", at: clock.now(), by, ...asked };
    return bus.send("publication", {
      ...{ id, correlationId: id, causationId: id, command },
    } as never);
  };
  const sections = new Set(
    world.records.flatMap(({ fact }) => (fact.type === "SectionDrafted" ? [fact.section] : [])),
  );
  for (const section of sections)
    expect(
      await ask(people.lead, "DraftSection", { section, markdown: "It is small." }),
    ).toMatchObject({ accepted: true });
  const correction = { what: "Its lists.", why: "They could not be set." };
  expect(await ask(people.chief, "IssueCorrection", correction)).toMatchObject({ accepted: true });
  await whenIdle(store, [service]);
  expect(existsSync(version("planted-2021", 2))).toBe(true);
  const front = readFileSync(join(siteFolder(folder), "index.html"), "utf8");
  for (const id of ["sound-2021", "planted-2021", "later-2021"]) expect(front).toContain(id);
  await service.close();

  config = readPublishing({ PUBLISHER_URL: "https://moved.example/" });
  service = await start();
  const feed = () => readFileSync(join(siteFolder(folder), "feed.atom"), "utf8");
  await expect.poll(feed, { timeout: 30_000 }).toContain("https://moved.example/feed.atom");
  expect(feed()).toContain("https://moved.example/reports/planted-2021/2/");
  await service.close();
  await within.close();
  await store.close();
  rmSync(folder, { recursive: true });
}, 120_000);
