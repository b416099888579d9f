import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { chartsToday, docs } from "./chart-pages.ts";

const today = Object.entries(chartsToday());

it.each(today)("docs/%s is what the charts say (npm run fixtures -- charts)", (name, text) => {
  expect(readFileSync(join(docs, name), "utf8")).toBe(text);
});

it("has no picture of a chart that is gone", () => {
  const made = today.map(([name]) => name).filter((name) => name.endsWith(".svg"));
  const kept = readdirSync(join(docs, "charts")).map((name) => `charts/${name}`);
  expect(kept.toSorted()).toEqual(made.toSorted());
});
