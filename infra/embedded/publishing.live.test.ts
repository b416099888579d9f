import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { timetableFor } from "@assay/domain/framework/timetable.ts";
import { addDays, type Day, type Instant } from "@assay/domain/kernel/instants.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { openLedger, publishing, siteFolder } from "@assay/publication/publishing.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { carry } from "./carry.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots, plotFrom } from "./examples.ts";

const log = createLog({ service: "test", level: "silent" });
let dataDir: string;
beforeAll(() => (dataDir = mkdtempSync(join(tmpdir(), "assay-publishing-"))));
afterAll(() => rmSync(dataDir, { recursive: true }));

/** The example with its fieldwork moved, so that its report is due on this day. */
const publishedOn = (index: number, day: string): Plot => {
  const { file, counts } = examplePlots()[index]!;
  for (let start = addDays(day as Day, -110); start < day; start = addDays(start, 1)) {
    const fieldwork = { start, end: addWorkingDays(start, 3) };
    const { publication } = timetableFor(fieldwork, counts.framework);
    const moved = plotFrom({ ...file, fieldwork });
    if (publication === day && moved.ok) return moved.value;
  }
  throw new Error(`no fieldwork leads to ${day}`);
};

/** An engine that starts at that moment on the same folder, and what it leads to by itself. */
const running = async <Told>(
  at: string,
  tell: (engine: Engine, clock: SteppedClock) => Promise<Told>,
): Promise<Told> => {
  const clock = createSteppedClock(at as Instant);
  const reactions = publishing(dataDir, await openLedger(dataDir));
  const engine = await startEngine({ dataDir, clock, log, reactions });
  try {
    await engine.idle();
    return await tell(engine, clock);
  } finally {
    await engine.close();
  }
};

const eventsOf = async ({ store }: Engine, { inspection }: Plot, type: string) =>
  (await readInspection(store, inspection)).filter((event) => event.type === type);

const stopAt = "SetEmbargo";
class Stopped extends Error {}

/** Everything before the report's moment; then the power fails. */
const tellUntilEmbargo = (plot: Plot, from: string): Promise<void> =>
  running(from, async (engine, clock) => {
    const onCommand = (_: Plot, { command }: { readonly command: { readonly type: string } }) => {
      if (command.type === stopAt) throw new Stopped();
    };
    await expect(carry({ engine, clock, plots: [plot], onCommand })).rejects.toThrow(Stopped);
  });

const files = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, "latin1")]),
  );

it.each([
  {
    name: "after the clocks went forward and past Easter's bank holidays",
    plot: publishedOn(0, "2021-04-07"),
    begins: "2018-01-01T00:00:00.000Z",
    copiesFrom: "2021-03-30T23:01:00.000Z",
    publishAt: "2021-04-06T23:01:00.000Z",
  },
  {
    name: "after the clocks went back",
    plot: publishedOn(1, "2021-11-02"),
    begins: "2021-05-01T00:00:00.000Z",
    copiesFrom: "2021-10-27T23:01:00.000Z",
    publishAt: "2021-11-02T00:01:00.000Z",
  },
])(
  "a report appears by itself, once and late, when nothing ran at its moment: $name",
  async (told) => {
    const { plot, begins, copiesFrom, publishAt } = told;
    const site = siteFolder(dataDir);
    const version = join(site, "reports", plot.inspection, "1");
    await tellUntilEmbargo(plot, begins);

    const before = new Date(Date.parse(publishAt) - 60_000).toISOString();
    await running(before, async (engine) => {
      const [embargo] = await eventsOf(engine, plot, "EmbargoSet");
      expect(embargo?.data).toMatchObject({ publishAt, copiesFrom });
      expect(await eventsOf(engine, plot, "EmbargoedCopiesSent")).toMatchObject([
        { data: { at: before } },
      ]);
      expect(await eventsOf(engine, plot, "ReportPublished")).toEqual([]);
      expect(existsSync(version)).toBe(false);
    });

    const after = new Date(Date.parse(publishAt) + 3 * 3_600_000).toISOString();
    await running(after, async (engine) => {
      expect(await eventsOf(engine, plot, "ReportPublished")).toMatchObject([
        { data: { at: after, publishAt, by: { role: "system" } } },
      ]);
    });
    expect(readFileSync(join(site, "index.html"), "utf8")).toContain(
      `reports/${plot.inspection}/1/`,
    );
    expect(readFileSync(join(version, "report.pdf"), "latin1")).toMatch(/^%PDF/);

    const stood = files(site);
    await running(after, async (engine) => {
      expect(await eventsOf(engine, plot, "ReportPublished")).toHaveLength(1);
    });
    expect(files(site)).toEqual(stood);

    await running(after, async (engine, clock) => {
      await carry({ engine, clock, plots: [plot] });
      expect(await eventsOf(engine, plot, "ReportPublished")).toHaveLength(1);
      expect(await eventsOf(engine, plot, "InspectionClosed")).toHaveLength(1);
      expect(readFileSync(join(version, "why.html"), "utf8")).toContain("was rated");
      // What followed a report that others published is not known.
      expect(existsSync(join(version, "..", "actions"))).toBe(false);
    });
  },
);
