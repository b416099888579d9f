/**
 * What follows from the panel's chart, told by the code of the folder in which this runs: asked by
 * a test that changes the chart in a copy of the tree and nothing else.
 */
import { panelMachine } from "@assay/domain/panel/machine.ts";
import { people } from "@assay/spec/people.ts";
import { askedOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import type { Position, StoredEvent } from "@assay/store/port.ts";

import { definitionOf, drawnFrom } from "../drawing/statechart.ts";
import { holding, nothingHeld } from "../reading/held.ts";
import { offered } from "../reading/offering.ts";
import { owedFor } from "../reading/tracker.ts";

const specimen = specimens.ConcludePanel;
const world = stageOf(specimen);
const events = world.records.map(({ fact, position, ...place }): StoredEvent => {
  const { type, ...data } = fact;
  const metadata = { version: 1 };
  return { ...place, type, data, metadata, position: String(position) as Position };
});
const held = holding(nothingHeld(world.inspection), events);
const viewer = { kind: "person", actor: people.chair, name: "The chair" } as const;
const answer = world.weigh(people.chair, askedOf(specimen, world));

process.stdout.write(
  JSON.stringify({
    answer: answer.accepted ? "accepted" : answer.refusal.reason,
    form: offered({ held, now: world.now }, viewer, "ConcludePanel").offered,
    duties: owedFor(held, world.now).map(({ key }) => key),
    drawn: drawnFrom(definitionOf(panelMachine)).edges.flatMap((edge) => edge.events),
  }),
);
