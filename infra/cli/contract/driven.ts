/**
 * What follows from the panel's chart, told by the code of the folder in which this runs: asked by
 * a test that changes the chart in a copy of the tree and nothing else.
 */
import { createMemoryBus } from "@assay/bus/memory.ts";
import { openDesk } from "@assay/console/contract/desk.ts";
import { eventsOfWorld } from "@assay/console/contract/events-of-world.ts";
import { definitionOf, drawnFrom } from "@assay/console/drawing/statechart.ts";
import { holding, nothingHeld } from "@assay/console/reading/held.ts";
import { offered } from "@assay/console/reading/offering.ts";
import { owedFor } from "@assay/console/reading/tracker.ts";
import { panelMachine } from "@assay/domain/panel/machine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { people } from "@assay/spec/people.ts";
import { askedOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { createMemoryStore } from "@assay/store/memory.ts";

import { atTerminal } from "./at-terminal.ts";

const type = "ConcludePanel";
const specimen = specimens[type];
const world = stageOf(specimen);
const events = eventsOfWorld(world);
const held = holding(nothingHeld(world.inspection), events);
const viewer = { kind: "person", actor: people.chair, name: "The chair" } as const;
const answer = world.weigh(people.chair, askedOf(specimen, world));

const store = createMemoryStore();
for (const { stream, revision, position: _, ...event } of events)
  await store.append(stream, [event], revision === 0 ? "none" : revision - 1);

/** As the API says it, and as the command line does. */
const told = async () => {
  const desk = await openDesk({ store, bus: createMemoryBus() }, createSteppedClock(world.now), [
    people.chair,
  ]);
  const as = `${people.chair.id}/${people.chair.role}`;
  const asked = await fetch(`${desk.origin}/api/v1/inspections/${world.inspection}`, {
    headers: { authorization: `Bearer ${as}/` },
  });
  const { possible } = (await asked.json()) as { readonly possible: object };
  const { out } = await atTerminal(["possible", world.inspection, "--as", as], {
    engine: { url: desk.origin },
    width: 200,
  });
  desk.close();
  return { api: possible, cli: out };
};

process.stdout.write(
  JSON.stringify({
    answer: answer.accepted ? "accepted" : answer.refusal.reason,
    form: offered({ held, now: world.now }, viewer, type).offered,
    duties: owedFor(held, world.now).map(({ key }) => key),
    drawn: drawnFrom(definitionOf(panelMachine)).edges.flatMap((edge) => edge.events),
    ...(await told()),
  }),
);
