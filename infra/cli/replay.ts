/**
 * A published inspection carried through its whole lifecycle on a throwaway engine, in memory, by
 * a clock that only the story moves; then its ratings are computed again from what was stored.
 */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { type Outcome, outcomeOf } from "@assay/domain/reconstruction/outcome.ts";
import { plotOf } from "@assay/domain/reconstruction/published-plot.ts";
import { carry, StoryRefused } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { factsOf } from "@assay/publication/told.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { Refused } from "./failure.ts";
import type { Published } from "./published.ts";

export type Replayed = { readonly outcome: Outcome; readonly events: readonly StoredEvent[] };

/** Before every inspection that there can be: commands bring their own days. */
const longAgo = "2000-01-01T00:00:00.000Z" as Instant;

/** Throws Refused where the engine refuses a step of the story. */
export const replay = async (
  { file, counts }: Published,
  onCommand: (at: Instant, sent: number) => void = () => {},
): Promise<Replayed> => {
  const clock = createSteppedClock(longAgo);
  const log = createLog({ service: "assay", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const plot = plotOf(file, counts);
  let sent = 0;
  try {
    await carry({
      engine,
      clock,
      plots: [plot],
      onCommand: () => onCommand(clock.now(), (sent += 1)),
    });
    const events = await readInspection(engine.store, plot.inspection);
    return { outcome: outcomeOf(file, counts, factsOf(events)), events };
  } catch (error) {
    if (!(error instanceof StoryRefused)) throw error;
    const problem = `${error.message}. The file asks for what the rules forbid.`;
    throw new Refused(`${file.id} cannot be carried through.`, [{ place: clock.now(), problem }]);
  } finally {
    await engine.close();
  }
};
