/** Programmes as the console reads them: their own facts, and inspections scheduled by them. */
import type { ProgrammeKnown, ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { keyOf } from "@assay/domain/announcement/programme/state.ts";
import type { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { programmeStream } from "@assay/domain/kernel/stream.ts";
import { programmeState } from "@assay/domain/tracking/programme.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { factOf, type Listed } from "./held.ts";
import { isReadable } from "./vetted.ts";

const prefix = "programme-";

export const programmesAmong = (events: readonly StoredEvent[]): readonly ProgrammeId[] => [
  ...new Set(
    events
      .filter((event) => event.stream.startsWith(prefix) && isReadable(event))
      .map(({ stream }) => stream.slice(prefix.length) as ProgrammeId),
  ),
];

/** What is recorded of a programme, and which of its services have their inspection. */
export const readProgramme = async (
  store: Pick<EventStore, "read">,
  id: ProgrammeId,
): Promise<ProgrammeState> => {
  const events = await readStream(store, programmeStream(id));
  return programmeState(
    events.filter(isReadable).map((event) => factOf(event) as unknown as ProgrammeKnown),
  );
};

export const withScheduled = (
  id: ProgrammeId,
  state: ProgrammeState,
  inspections: Iterable<Listed>,
): ProgrammeState => {
  const own = [...inspections].filter(({ programme, service }) => programme === id && service);
  return { ...state, scheduled: new Set(own.map(({ service }) => keyOf(id, service!.id))) };
};
