/** The published inspections that come with Assay, read and ready to be carried through. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { countsIn } from "@assay/domain/reconstruction/counts.ts";
import { type FileProblem, readPublished } from "@assay/domain/reconstruction/published-file.ts";
import { plotOf, type PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";

const folder = join(import.meta.dirname, "../../examples");

export const exampleFiles = ["peterborough-2020.json", "milton-keynes-2021.json"] as const;

/** In the order of time. Throws when a file that comes with Assay is not what it should be. */
export const examplePlots = (): readonly PublishedPlot[] =>
  exampleFiles.map((name) => {
    const plot = plotFrom(JSON.parse(readFileSync(join(folder, name), "utf8")));
    if (!plot.ok) throw new TypeError(`${name}: ${plot.problems.map(said).join("; ")}`);
    return plot.value;
  });

const said = ({ place, problem }: FileProblem): string => `${place}: ${problem}`;

/** The story of a published inspection, or everything that is wrong with its file. */
export const plotFrom = (
  input: unknown,
):
  | { readonly ok: true; readonly value: PublishedPlot }
  | { readonly ok: false; readonly problems: readonly FileProblem[] } => {
  const file = readPublished(input);
  if (!file.ok) return file;
  const counts = countsIn(file.value);
  return counts.ok ? { ok: true, value: plotOf(file.value, counts.value) } : counts;
};
