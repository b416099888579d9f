/** A published inspection told anew, up to where a test goes on by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { countsIn } from "@assay/domain/reconstruction/counts.ts";
import { readPublished } from "@assay/domain/reconstruction/published-file.ts";
import { plotOf } from "@assay/domain/reconstruction/published-plot.ts";
import { envelopeFor, type Line, type Plot } from "@assay/domain/reconstruction/story.ts";
import { deliver } from "@assay/embedded/carry.ts";
import type { Engine } from "@assay/embedded/engine.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { scenesOf } from "@assay/embedded/scenes.ts";
import type { SteppedClock } from "@assay/host/clock.ts";

const example = join(import.meta.dirname, "../../../examples/peterborough-2020.json");

type Told = { readonly standards: Readonly<Record<string, object>> };

/** A published inspection begun anew in another year under another name, with these standards. */
export const begunIn = (name: string, standards: Told["standards"] = {}): Plot => {
  const source = readFileSync(example, "utf8").replaceAll("2020-", "2022-");
  const fieldwork = { start: "2022-08-16", end: "2022-08-19" };
  const told = JSON.parse(source) as Told;
  const about = { id: `${name}-2022`, service: name, fieldwork };
  const file = { ...told, ...about, standards: { ...told.standards, ...standards } };
  const read = readPublished({ ...file, framework: "yos-2018" });
  // The rule rates every standard, also one that the file leaves without a rating.
  const counts = read.ok ? countsIn(read.value, undefined, "all") : read;
  if (!read.ok || !counts.ok) throw new Error(JSON.stringify(counts));
  return plotOf(read.value, counts.value);
};

/** Tells the story up to the first line of which `stop` says so. */
export const tellUntil = async (
  engine: Engine,
  clock: SteppedClock,
  plot: Plot,
  stop: (line: Line) => boolean,
): Promise<void> => {
  for await (const { at, lanes } of scenesOf(plot, (id) => lookAt(engine.store, id))) {
    if (at > clock.now()) await clock.moveTo(at, () => engine.idle());
    for (const [index, lane] of lanes.entries())
      for (const [place, line] of lane.entries()) {
        if (stop(line)) return engine.idle();
        await deliver(engine.bus, envelopeFor(plot, line, { at, place: `${index}.${place}` }));
      }
    await engine.idle();
  }
};
