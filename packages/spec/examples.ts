/** The published examples carried through in memory, and any world as the facts an audit reads. */
import { readFileSync } from "node:fs";

import { fold } from "@assay/domain/kernel/decider.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import { beforeFieldwork } from "@assay/domain/reconstruction/before-fieldwork.ts";
import { countsIn } from "@assay/domain/reconstruction/counts.ts";
import { fieldworkScenes } from "@assay/domain/reconstruction/fieldwork-scenes.ts";
import { panelScenes } from "@assay/domain/reconstruction/panel-scenes.ts";
import { publicationScenes } from "@assay/domain/reconstruction/publication-scenes.ts";
import { readPublished } from "@assay/domain/reconstruction/published-file.ts";
import { plotOf } from "@assay/domain/reconstruction/published-plot.ts";
import { placed, type Scene } from "@assay/domain/reconstruction/story.ts";
import { commitmentTo } from "@assay/domain/sampling/stream.ts";
import { isFact, type Recorded } from "@assay/domain/audit/recorded.ts";

import { createWorld, type World } from "./world.ts";

export const recordedIn = ({ records }: World): readonly Recorded[] =>
  records.flatMap(({ stream, revision, position, fact }) =>
    isFact(fact) ? [{ stream, revision, position: String(position), event: fact }] : [],
  );

export const exampleFile = (id: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../examples/${id}.json`, import.meta.url), "utf8"));

const nonce = "5a".repeat(32) as never;
const secrets = { AnnounceInspection: { commitment: commitmentTo(nonce) }, DrawSample: { nonce } };

const play = (world: World, scenes: readonly Scene[]): void => {
  for (const { at, lanes } of scenes) {
    if (at > world.now) world.moveTo(at);
    for (const { by, command } of lanes.flat()) {
      const secret = secrets[command.type as keyof typeof secrets] ?? {};
      world.tell(by, { ...command, ...secret });
    }
  }
};

const told = new Map<string, World>();

/** A published example carried through the whole lifecycle. */
export const toldExample = (id: string): readonly Recorded[] => {
  const world = told.get(id) ?? carried(id);
  told.set(id, world);
  return recordedIn(world);
};

const carried = (id: string): World => {
  const file = readPublished(exampleFile(id));
  const counts = file.ok ? countsIn(file.value) : file;
  if (!file.ok || !counts.ok) throw new Error(`${id} cannot be read`);
  const plot = plotOf(file.value, counts.value);
  const world = createWorld("2019-01-01T09:00:00.000Z", id);
  play(world, beforeFieldwork(plot));
  const known = () =>
    fold(
      panel,
      world.records.flatMap(({ fact }) => (isFact(fact) ? [fact] : [])),
    );
  play(world, fieldworkScenes(plot, placed([...known().briefing.sample.values()])));
  play(world, panelScenes(plot, known()));
  play(world, publicationScenes(plot));
  return world;
};
