/** Programmes as the console reads them: folded from the store each time somebody asks. */
import type { ProgrammeKnown, ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { programmeState } from "@assay/domain/tracking/programme.ts";
import type { EventStore } from "@assay/store/port.ts";

import { factOf } from "./held.ts";
import type { Library } from "./library.ts";

/** Each programme with what became of its placements: the inspections that were scheduled by it. */
export const programmesIn = async (
  store: Pick<EventStore, "readAll">,
  library: Library,
): Promise<ReadonlyMap<ProgrammeId, ProgrammeState>> => {
  const facts = new Map<ProgrammeId, ProgrammeKnown[]>();
  for await (const page of store.readAll({ prefixes: ["programme-"] })) {
    for (const event of page) {
      const id = event.stream.slice("programme-".length) as ProgrammeId;
      const own = facts.get(id) ?? [];
      own.push(factOf(event) as unknown as ProgrammeKnown);
      facts.set(id, own);
    }
  }
  for (const { announcement } of (await library.all()).values()) {
    const { scheduled } = announcement;
    if (scheduled?.programme) facts.get(scheduled.programme)?.push(scheduled);
  }
  return new Map([...facts].map(([id, own]) => [id, programmeState(own)]));
};
