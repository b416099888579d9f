/**
 * Which inspections have to be looked at, and when: now, because something happened, or later,
 * because something falls due. Kept in the service's file, so that a crash forgets neither. What
 * becomes of one that was looked at is written when the agenda is read, or when the service stops:
 * after a crash it is looked at once more.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";

import type { Database } from "./database.ts";

export type Agenda = {
  note(inspection: InspectionId, wake: Instant): void;
  /**
   * To be looked at whatever the clock shows, now or when it starts again; in one transaction with
   * the work that is handed in.
   */
  noteAtOnce(inspections: Iterable<InspectionId>, work: () => void): void;
  /** Nothing is owed there any more. */
  strike(inspection: InspectionId): void;
  due(now: Instant): readonly InspectionId[];
  /** The first moment after `now` for which something is noted. */
  next(now: Instant): Instant | undefined;
  readonly size: number;
  /** Those whose time had come by then; without those that are looked at whatever the time. */
  late(by: Instant): readonly InspectionId[];
  /** Writes what has not been written yet. */
  settle(): void;
};

export const openAgenda = (database: Database): Agenda => {
  const { sqlite } = database;
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
  /** Those that the file says are to be looked at at once, with what became of them since. */
  const atOnce = new Map<InspectionId, Instant | "nothing" | undefined>();

  const settle = (): void => {
    const done = [...atOnce].filter(([, then]) => then !== undefined);
    if (done.length === 0) return;
    database.transaction(() => {
      for (const [inspection, then] of done) {
        if (then === "nothing") strike.run(inspection);
        else note.run(inspection, then!);
      }
    });
    for (const [inspection] of done) atOnce.delete(inspection);
  };
  const read = <Answer>(answer: () => Answer): Answer => {
    settle();
    return answer();
  };
  return {
    settle,
    note: (inspection, wake) => {
      if (atOnce.has(inspection)) atOnce.set(inspection, wake);
      else note.run(inspection, wake);
    },
    noteAtOnce: (inspections, work) => {
      const all = [...inspections];
      database.transaction(() => {
        // Sorts before every instant, and so is always due.
        for (const inspection of all) if (!atOnce.has(inspection)) note.run(inspection, "");
        work();
      });
      for (const inspection of all) atOnce.set(inspection, undefined);
    },
    strike: (inspection) => {
      if (atOnce.has(inspection)) atOnce.set(inspection, "nothing");
      else strike.run(inspection);
    },
    due: (now) => read(() => due.all(now).map(inspectionIn)),
    next: (now) => read(() => (next.get(now)?.["wake"] ?? undefined) as Instant | undefined),
    late: (by) => read(() => late.all(by).map(inspectionIn)),
    get size() {
      return read(() => Number(size.get()?.["size"] ?? 0));
    },
  };
};

const inspectionIn = (row: Readonly<Record<string, unknown>>): InspectionId =>
  String(row["inspection"]) as InspectionId;
