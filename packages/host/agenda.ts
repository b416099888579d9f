/**
 * Which inspections have to be looked at, and when: now, because something happened, or later,
 * because something falls due. Kept in the service's file, so that a crash forgets neither. What
 * becomes of one that was looked at is written later, with others or when the service stops: after
 * a crash it is looked at once more.
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

/** Sorts after every instant: nothing is owed there any more. */
const never = "~" as Instant;

/** So many that were looked at are kept in memory at most. */
const mostKept = 256;

export const openAgenda = (database: Database): Agenda => {
  const { note, strike, due, next, size, late } = statementsOf(database);
  /** Those of which the file says to look at them at once. */
  const atOnce = new Set<InspectionId>();
  /** What became of some of these since. */
  const since = new Map<InspectionId, Instant>();

  const become = (inspection: InspectionId, then: Instant): void => {
    if (atOnce.has(inspection)) since.set(inspection, then);
    else if (then === never) strike.run(inspection);
    else note.run(inspection, then);
  };
  const settle = (): void => {
    if (since.size === 0) return;
    database.transaction(() => {
      for (const [inspection, then] of since) {
        if (then === never) strike.run(inspection);
        else note.run(inspection, then);
      }
    });
    for (const inspection of since.keys()) atOnce.delete(inspection);
    since.clear();
  };
  return {
    settle,
    note: become,
    noteAtOnce: (inspections, work) => {
      if (since.size > mostKept) settle();
      const all = [...inspections];
      database.transaction(() => {
        // Sorts before every instant, and so is always due.
        for (const inspection of all) if (!atOnce.has(inspection)) note.run(inspection, "");
        work();
      });
      for (const inspection of all) {
        atOnce.add(inspection);
        since.delete(inspection);
      }
    },
    strike: (inspection) => become(inspection, never),
    due: (now) => {
      const isDone = (inspection: InspectionId): boolean => {
        const then = since.get(inspection);
        return then !== undefined && then > now;
      };
      return due
        .all(now)
        .map(inspectionIn)
        .filter((inspection) => !isDone(inspection));
    },
    next: (now) => {
      const inFile = (next.get(now)?.["wake"] ?? undefined) as Instant | undefined;
      const others = [...since.values()].filter((then) => then !== never && then > now);
      return [...others, ...(inFile ? [inFile] : [])].toSorted()[0];
    },
    late: (by) => [
      ...late.all(by).map(inspectionIn),
      ...[...since].flatMap(([inspection, then]) => (then <= by ? [inspection] : [])),
    ],
    get size() {
      const struck = [...since.values()].filter((then) => then === never).length;
      return Number(size.get()?.["size"] ?? 0) - struck;
    },
  };
};

const inspectionIn = (row: Readonly<Record<string, unknown>>): InspectionId =>
  String(row["inspection"]) as InspectionId;

const statementsOf = ({ sqlite }: Database) => {
  sqlite.exec(`
    create table if not exists agenda (inspection text primary key, wake text not null) strict;
    create index if not exists agenda_by_wake on agenda (wake);
  `);
  return {
    note: sqlite.prepare("insert or replace into agenda (inspection, wake) values (?, ?)"),
    strike: sqlite.prepare("delete from agenda where inspection = ?"),
    due: sqlite.prepare("select inspection from agenda where wake <= ? order by wake, inspection"),
    next: sqlite.prepare("select min(wake) as wake from agenda where wake > ?"),
    size: sqlite.prepare("select count(*) as size from agenda"),
    late: sqlite.prepare("select inspection from agenda where wake > '' and wake <= ?"),
  };
};
