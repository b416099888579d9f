import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { knownFrom } from "@assay/domain/framework/versions.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { carry, deliver } from "@assay/embedded/carry.ts";
import { inStory } from "@assay/embedded/carry-examples.ts";
import { adoptionOf } from "@assay/embedded/trial.ts";
import { createLog } from "@assay/host/log.ts";
import { careServices } from "@assay/spec/conformance/documents.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const dataDir = mkdtempSync(join(tmpdir(), "assay-what-if-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const even = Object.fromEntries(
  careServices.standards.flatMap(({ keyQuestions }) =>
    keyQuestions.map(({ code }) => [code, "good"]),
  ),
);
const made = (inspection: string, grades: Readonly<Record<string, string>>) =>
  madeUpPlot({
    ...{ inspection, service: inspection, framework: careServices, seed: 0 },
    ...{ start: "2021-03-01" as Day, grades: { ...even, ...grades } },
  });

beforeAll(async () => {
  const log = createLog({ service: "test", level: "silent" });
  await inStory({ dataDir, log }, async (story) => {
    await deliver(story.engine.bus, adoptionOf(knownFrom(careServices), story.clock.now()));
    await carry({ ...story, plots: [made("even", {}), made("uneven", { "Q1.2": "weak" })] });
  });
}, 60_000);

it("names the one inspection that another way of combining would change, and how", async () => {
  const grades = careServices.scales[0]!.grades.map(({ label }, at) => [label, at + 1]);
  const bands = Object.fromEntries(grades.map(([label, least], at) => [label, at ? least : 0]));
  const standards = careServices.standards.map((standard) => ({
    ...standard,
    combine: { by: "mean", rounding: "down", bands },
  }));
  writeFileSync(
    join(dataDir, "mean.json"),
    JSON.stringify({ ...careServices, id: "m", standards }),
  );
  const file = join(dataDir, "mean.json");
  const { status, out, err } = await atTerminal(["framework", "what-if", file, "--data", dataDir]);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toContain("Hypothetical: as m would rate them.");
  expect(out).toContain("even: nothing would change");
  expect(out).toContain("uneven: Q1 weak → adequate");
});
