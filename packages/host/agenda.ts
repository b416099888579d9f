/**
 * Which inspections have to be looked at, and when: now, because something happened, or later,
 * because something falls due. Kept in the service's file, so that a crash forgets neither.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";

import type { Database } from "./database.ts";

export type Agenda = {
  note(inspection: InspectionId, wake: Instant): void;
  /** To be looked at whatever the clock shows, now or when it starts again. */
  noteAtOnce(inspection: InspectionId): void;
  /** Nothing is owed there any more. */
  strike(inspection: InspectionId): void;
  due(now: Instant): readonly InspectionId[];
  /** The first moment after `now` for which something is noted. */
  next(now: Instant): Instant | undefined;
  readonly size: number;
  /** Those whose time had come by then; without those that are looked at whatever the time. */
  late(by: Instant): readonly InspectionId[];
};

export const openAgenda = ({ sqlite }: Database): Agenda => {
  sqlite.exec(`
    create table if not exists agenda (inspection text primary key, wake text not null) strict;
    create index if not exists agenda_by_wake on agenda (wake);
  `);
  const note = sqlite.prepare("insert or replace into agenda (inspection, wake) values (?, ?)");
  const strike = sqlite.prepare("delete from agenda where inspection = ?");
  const due = sqlite.prepare(
    "select inspection from agenda where wake <= ? order by wake, inspection",
  );
  const next = sqlite.prepare("select min(wake) as wake from agenda where wake > ?");
  const size = sqlite.prepare("select count(*) as size from agenda");
  const late = sqlite.prepare("select inspection from agenda where wake > '' and wake <= ?");
  return {
    note: (inspection, wake) => void note.run(inspection, wake),
    // Sorts before every instant, and so is always due.
    noteAtOnce: (inspection) => void note.run(inspection, ""),
    strike: (inspection) => void strike.run(inspection),
    due: (now) => due.all(now).map(({ inspection }) => String(inspection) as InspectionId),
    next: (now) => (next.get(now)?.["wake"] ?? undefined) as Instant | undefined,
    late: (by) => late.all(by).map(({ inspection }) => String(inspection) as InspectionId),
    get size() {
      return Number(size.get()?.["size"] ?? 0);
    },
  };
};
