import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import { createLibrary } from "@assay/console/reading/library.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { publishedBundles } from "@assay/console/reading/proofs-in.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { pause } from "@assay/host/fault.ts";
import { createLog } from "@assay/host/log.ts";
import { openLedger, publishing, siteFolder } from "@assay/publication/publishing.ts";
import { judge } from "@assay/verifier/judge.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { historyOf, violationsIn } from "./checks.ts";
import { keepSecret } from "./lives.ts";
import { scenarioOf } from "./scenario.ts";
import { openSmallDisk, type SmallDisk } from "./small-disk.ts";
import { undisturbed } from "./story.ts";

const disk = openSmallDisk(160);
const scenario = { ...scenarioOf(11), crashes: [], clock: [] };
const { plot } = scenario;

/** Of so many commands one finds the disk full, by turns to the last byte and nearly. */
const interval = 4;
const rooms = [0, 12_000, 400_000];

/** What was seen while an inspection was told on a disk that was filled again and again. */
const seen = {
  refused: 0,
  halfDone: [] as string[],
  acknowledged: new Set<string>(),
  health: new Set<string>(),
  failing: new Set<string>(),
};

const look = async ({ services }: Engine): Promise<void> => {
  for (const service of services) {
    const { disk: found, ready, subscriptions } = await service.health();
    seen.health.add(`${found}, ${ready ? "ready" : "not ready"}`);
    for (const { failing, name } of subscriptions)
      if (failing) seen.failing.add(`${name}: ${failing}`);
  }
};

/** Whether something waits for room. */
const waits = async ({ services }: Engine): Promise<boolean> => {
  const all = await Promise.all(services.map((service) => service.health()));
  return all.some(({ subscriptions }) => subscriptions.some(({ failing }) => failing));
};

const tellOn = async ({ folder, fill, empty }: SmallDisk) => {
  const dataDir = join(folder, "data");
  keepSecret(dataDir);
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const ledger = await openLedger(dataDir);
  const engine = await startEngine({
    ...{ dataDir, clock, reactions: publishing(dataDir, ledger) },
    log: createLog({ service: "faults", level: "silent" }),
  });
  const library = createLibrary(engine.store);
  const has = async (id: string): Promise<boolean> =>
    (await historyOf(engine.store, plot)).some(({ metadata }) => metadata["commandId"] === id);
  let sent = 0;
  const send: CommandBus["send"] = async (step, envelope, options) => {
    sent += 1;
    if (sent % interval === 0) fill(rooms[(sent / interval) % rooms.length]);
    try {
      const reply = await engine.bus.send(step, envelope, options);
      if (reply.accepted && reply.events > 0) seen.acknowledged.add(envelope.id);
      library.all().catch(() => undefined);
      return reply;
    } catch (error) {
      if (!(error instanceof BusFault) || error.code !== "no-room") throw error;
      seen.refused += 1;
      if (await has(envelope.id)) seen.halfDone.push(envelope.command.type);
      empty();
      throw new BusFault(error.code, error.message, { retry: true, cause: error });
    }
  };
  /** What Assay does by itself has to wait too, and goes on when there is room. */
  const idle = async (): Promise<void> => {
    let emptied = false;
    const idle = engine.idle().then(() => "idle" as const);
    while ((await Promise.race([idle, pause(20)])) !== "idle") {
      if (emptied || !(await waits(engine))) continue;
      await look(engine);
      empty();
      emptied = true;
    }
    await look(engine);
  };
  try {
    await carry({ engine: { bus: { send }, store: engine.store, idle }, clock, plots: [plot] });
    empty();
    await engine.idle();
    await look(engine);
    return { folder: dataDir, followed: await library.one(plot.inspection) };
  } finally {
    await engine.close();
  }
};

describe.skipIf(disk === undefined)("a disk that is full (where root may mount one)", () => {
  let found: Awaited<ReturnType<typeof tellOn>>;
  beforeAll(async () => (found = await tellOn(disk!)));
  afterAll(() => disk!.remove());

  it("refuses what it has no room for, as a whole", () => {
    expect(seen.refused).toBeGreaterThan(20);
    expect(seen.halfDone).toEqual([]);
  });

  it("is what the services say of themselves, until there is room", () => {
    expect(seen.health).toEqual(new Set(["ok, ready", "disk-full, not ready"]));
    expect(seen.failing.size).toBeGreaterThan(0);
    expect([...seen.failing].filter((each) => !each.endsWith(": disk-full"))).toEqual([]);
  });

  it("loses nothing that was acknowledged, and every view and rating is as without it", async () => {
    const { acknowledged } = seen;
    const expected = await undisturbed(scenario);
    expect(
      await violationsIn({ ...found, acknowledged, wrong: [] }, { scenario, expected }),
    ).toEqual([]);
  });

  it("has published the report whole, with proofs that hold, and left nothing aside", async () => {
    const names = readdirSync(found.folder, { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => /\.draft$|\.new$|\.partial$|\.aside-/.test(name))).toEqual([]);
    const [bundle] = await publishedBundles(siteFolder(found.folder), plot.inspection);
    expect(judge(readFileSync(bundle!.path))).toMatchObject({ holds: true });
    expect(readdirSync(join(bundle!.path, ".."))).toContain("report.pdf");
  });
});
