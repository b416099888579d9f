/** The whole story, scene by scene. Later scenes depend on what the earlier ones led to. */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { PanelState } from "@assay/domain/panel/state.ts";
import { beforeFieldwork } from "@assay/domain/reconstruction/before-fieldwork.ts";
import { fieldworkScenes } from "@assay/domain/reconstruction/fieldwork-scenes.ts";
import { overallScenes, panelScenes } from "@assay/domain/reconstruction/panel-scenes.ts";
import { publicationScenes } from "@assay/domain/reconstruction/publication-scenes.ts";
import { placed, type Plot, type Scene } from "@assay/domain/reconstruction/story.ts";

/** What the panel's rules know of the inspection now, folded from its stored facts. */
export type Look = (inspection: InspectionId) => PromiseLike<PanelState>;

/** The scenes of a plot, each asked for when those before it have been played. */
export type Scenes = (plot: Plot, look: Look) => AsyncGenerator<Scene, void, void>;

/** It waits for the facts, because the sample is drawn and nobody knows it before. */
export async function* scenesOf(plot: Plot, look: Look): AsyncGenerator<Scene, void, void> {
  yield* beforeFieldwork(plot);
  const { briefing } = await look(plot.inspection);
  yield* fieldworkScenes(plot, placed([...briefing.sample.values()]));
  yield* panelScenes(plot, await look(plot.inspection));
  yield* overallScenes(plot, await look(plot.inspection));
  yield* publicationScenes(plot);
}
