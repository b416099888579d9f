/** The charts' page and pictures in `docs`: `npm run fixtures -- charts`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chartPages, type Pages } from "@assay/console/drawing/charts-page.ts";

const root = join(import.meta.dirname, "../..");

export const docs = join(root, "docs");

export const chartsToday = (): Pages =>
  chartPages(readFileSync(join(root, "services/console/assets/console.css"), "utf8"));

export const writeCharts = (): number => {
  mkdirSync(join(docs, "charts"), { recursive: true });
  const pages = Object.entries(chartsToday());
  for (const [name, text] of pages) writeFileSync(join(docs, name), text);
  return pages.length;
};
