/** Programmes as the console reads them: their own facts, and inspections scheduled by them. */
import type { ProgrammeKnown, ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { programmeState } from "@assay/domain/tracking/programme.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factOf, type Held } from "./held.ts";
import { isReadable } from "./vetted.ts";

const prefix = "programme-";

/** Adds what a page of the store says of programmes. */
export const keepPlanning = (
  page: readonly StoredEvent[],
  planned: Map<ProgrammeId, ProgrammeKnown[]>,
): void => {
  for (const event of page) {
    if (!event.stream.startsWith(prefix) || !isReadable(event)) continue;
    const id = event.stream.slice(prefix.length) as ProgrammeId;
    const own = planned.get(id) ?? [];
    own.push(factOf(event) as unknown as ProgrammeKnown);
    planned.set(id, own);
  }
};

export const programmesFrom = (
  planned: ReadonlyMap<ProgrammeId, readonly ProgrammeKnown[]>,
  inspections: Iterable<Held>,
): ReadonlyMap<ProgrammeId, ProgrammeState> => {
  const scheduled = [...inspections].flatMap(({ announcement }) => announcement.scheduled ?? []);
  return new Map(
    [...planned].map(([id, own]) => [
      id,
      programmeState([...own, ...scheduled.filter(({ programme }) => programme === id)]),
    ]),
  );
};
