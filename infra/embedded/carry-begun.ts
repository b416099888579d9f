/**
 * Brings the made-up inspections into a data folder beside the examples. An interrupted attempt
 * goes on where it was, for the day for which it was begun; what people did since is left alone.
 */
import type { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { type Day, dayInEngland, type Instant, inEngland } from "@assay/domain/kernel/instants.ts";
import { inspectionOf, inspectionStream, programmeStream } from "@assay/domain/kernel/stream.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import type { EventStore } from "@assay/store/port.ts";

import { type Begun, begunAsOf, dayOf } from "./begun.ts";
import { madeUpProgramme, programmeLines } from "./begun-programme.ts";
import { carry, type Carrying, deliver } from "./carry.ts";
import type { Story } from "./carry-examples.ts";
import { factsOf } from "@assay/publication/told.ts";

export type TellingBegun = {
  /** What is in the store beside them on purpose. */
  readonly examples: readonly string[];
  readonly now: Instant;
  readonly onCommand?: Carrying["onCommand"];
};

/**
 * Into a store that holds the examples and nothing else, or one in which they were begun and not
 * finished; else nothing happens. Leaves the story's time at `now`.
 */
export const tellBegun = async (story: Story, telling: TellingBegun): Promise<void> => {
  const { engine, clock } = story;
  const { now, onCommand } = telling;
  const begun = await wanted(engine.store, telling);
  if (!begun) return;
  const scenes = new Map(begun.stories.map(({ plot, scenes: told }) => [plot.inspection, told]));
  await carry({
    ...story,
    plots: begun.stories.map(({ plot }) => plot),
    scenes: (plot, look) => scenes.get(plot.inspection)!(plot, look),
    ...(onCommand && { onCommand }),
  });
  const evening = inEngland(addWorkingDays(begun.today, -1), "17:00");
  if (evening > clock.now()) await clock.moveTo(evening, () => engine.idle());
  for (const envelope of programmeLines(begun.today, evening)) await deliver(engine.bus, envelope);
  if (now > clock.now()) await clock.moveTo(now, () => engine.idle());
  await engine.idle();
};

type Wanted = { readonly today: Day; readonly stories: readonly Begun[] };

const wanted = async (
  store: EventStore,
  { examples, now }: TellingBegun,
): Promise<Wanted | undefined> => {
  // The programme is told last.
  if (await isProposed(store)) return undefined;
  const ids = await inspectionsIn(store);
  const known = new Set([...examples, ...begunAsOf(dayInEngland(now)).map(idOf)]);
  const begunOn = await dayBegun(store, ids);
  if (begunOn === undefined) {
    const onlyExamples = ids.every((id) => known.has(id)) && ids.length === examples.length;
    const today = dayInEngland(now);
    return onlyExamples ? { today, stories: begunAsOf(today) } : undefined;
  }
  return { today: begunOn, stories: begunAsOf(begunOn) };
};

const idOf = ({ plot }: Begun): string => plot.inspection;

const inspectionsIn = async (store: EventStore): Promise<readonly string[]> => {
  const found = new Set<string>();
  for await (const page of store.readAll({ prefixes: ["inspection-"] }))
    for (const { stream } of page) found.add(inspectionOf(stream) ?? stream);
  return [...found];
};

/** The day for which they were begun, as the first that was scheduled tells. */
const dayBegun = async (store: EventStore, ids: readonly string[]): Promise<Day | undefined> => {
  for (const id of ids) {
    for await (const page of store.read(inspectionStream(id as never), { limit: 1 })) {
      const [first] = factsOf(page);
      if (first?.type !== "InspectionScheduled") continue;
      const day = dayOf(id, first.timetable.fieldworkStart);
      if (day !== undefined) return day;
    }
  }
  return undefined;
};

const isProposed = async (store: EventStore): Promise<boolean> => {
  const stream = programmeStream(madeUpProgramme as ProgrammeId);
  for await (const page of store.read(stream))
    if (page.some(({ type }) => type === "ScheduleProposed")) return true;
  return false;
};
