import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { outcomeOf } from "@assay/domain/reconstruction/outcome.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { carry } from "./carry.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots, plotFrom } from "./examples.ts";
import { factsOf } from "@assay/publication/told.ts";

const start = "2018-01-01T00:00:00.000Z" as Instant;
const log = createLog({ service: "test", level: "silent" });

let engine: Engine;
let clock: SteppedClock;
const plots = examplePlots();

const events = (plot: Plot): Promise<readonly StoredEvent[]> =>
  readInspection(engine.store, plot.inspection);

beforeAll(async () => {
  clock = createSteppedClock(start);
  engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots });
});

afterAll(() => engine.close());

describe("the two published inspections", () => {
  it("come out with exactly the published ratings", async () => {
    const found = [];
    for (const plot of plots) {
      const { score, overall, equal, standards } = outcomeOf(
        plot.file,
        plot.counts,
        factsOf(await events(plot)),
      );
      const moved = Object.entries(standards)
        .filter(([, { discretion }]) => discretion !== "none")
        .map(([code, { discretion }]) => `${code} ${discretion}`);
      found.push({ score, overall, equal, moved, standards: Object.keys(standards).length });
    }
    expect(found).toEqual([
      { score: 29, overall: "Good", equal: true, moved: ["3.1 unexplained"], standards: 12 },
      { score: 23, overall: "Good", equal: true, moved: ["3.3 recorded"], standards: 12 },
    ]);
  });

  it("publish by themselves at their moment, once, and never early", async () => {
    for (const plot of plots) {
      const published = (await events(plot)).filter(({ type }) => type === "ReportPublished");
      expect(published.map(({ data }) => data["by"])).toEqual([{ id: "assay", role: "system" }]);
      expect(published[0]?.data["at"]).toBe(published[0]?.data["publishAt"]);
    }
  });

  it("say who judged what and when, for every answer that counts", async () => {
    for (const plot of plots) {
      const judgements = (await events(plot)).filter(({ type }) => type === "JudgementRecorded");
      const answers = plot.counts.questions.reduce((sum, { relevant }) => sum + relevant, 0);
      const keyQuestions = judgements.filter(({ data }) => String(data["question"]).length === 5);
      expect(keyQuestions).toHaveLength(answers);
      for (const { data } of judgements)
        expect(data).toMatchObject({
          case: expect.any(String),
          question: expect.any(String),
          by: { id: expect.any(String) },
          at: expect.any(String),
        });
    }
  });

  it("change nothing when their story is told again", async () => {
    const before = await Promise.all(plots.map(events));
    for (const plot of plots) {
      const again = createSteppedClock(clock.now());
      await carry({ engine, clock: again, plots: [plot] });
    }
    expect(await Promise.all(plots.map(events))).toEqual(before);
  });
});

it("carries a service that prints percentages only", async () => {
  const [example] = plots;
  const standards = Object.fromEntries(
    Object.entries(example!.file.standards).map(([code, { keyQuestions = {} }]) => [
      code,
      {
        rating: "Good",
        keyQuestions: Object.fromEntries(
          Object.keys(keyQuestions).map((name) => [
            name,
            name === "policeWork" ? { relevant: 6, percent: 67 } : { percent: 70 },
          ]),
        ),
      },
    ]),
  );
  const read = plotFrom({
    id: "percent-2020",
    service: "Percent YOS",
    fieldwork: { start: "2020-02-03", end: "2020-02-07" },
    court: { cases: 10 },
    outOfCourt: { cases: 10 },
    domainOne: { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Good" },
    standards,
    score: 24,
    overall: "Good",
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const percents = createSteppedClock(start);
  const own = await startEngine({ dataDir: undefined, clock: percents, log });
  await carry({ engine: own, clock: percents, plots: [read.value] });
  const facts = factsOf(await readInspection(own.store, "percent-2020" as InspectionId));
  await own.close();
  expect(outcomeOf(read.value.file, read.value.counts, facts)).toMatchObject({
    score: 24,
    overall: "Good",
    equal: true,
  });
}, 600_000);
