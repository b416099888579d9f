import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { expect, it } from "vitest";

import { storyOf } from "./golden/story.ts";
import { reportModelOf } from "./model.ts";
import { renderPdf } from "./pdf.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const model = reportModelOf(storyOf("peterborough-2020"), 2);

/** In mebibytes, once what reports left behind has been let go of. */
const residentAfter = async (reports: readonly string[]): Promise<number> => {
  for (const name of reports) {
    renderPdf(model, { name, url: "https://inspectorate.example/" });
    collect();
    await sleep(20);
  }
  return process.memoryUsage.rss() / 2 ** 20;
};

it("keeps nothing of a report that has been set", async () => {
  const before = await residentAfter(["First", "Second", "Third"]);
  const others = Array.from({ length: 12 }, (_, index) => `Inspectorate ${index}`);
  const after = await residentAfter(others);
  // Without letting go it is 10 to 16 for each.
  expect(after - before).toBeLessThan(4 * others.length);
}, 120_000);
