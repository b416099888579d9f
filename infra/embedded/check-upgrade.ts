/**
 * Holds this code against what is stored, before it may go on from there: a data folder remembers
 * by which code it was last used. Other code has to replay what is under way before it starts;
 * what is over it replays afterwards, once for each version of the code.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  type Break,
  breaksIn,
  type CodeUnderCheck,
  type Stored,
} from "@assay/domain/audit/continuity.ts";
import { inspectionOf, remindersStream } from "@assay/domain/kernel/stream.ts";
import { codeFingerprint } from "@assay/host/code.ts";
import { readInspection, readStream } from "@assay/host/read-inspection.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { openCheckBook } from "./check-book.ts";
import { stepsToday } from "./code.ts";

/** An inspection, or a programme, with which this code cannot go on as it should. */
export type Stranded = { readonly name: string; readonly breaks: readonly Break[] };

export type UpgradeReport = {
  /** How many were replayed, inspections under way included. */
  readonly replayed: number;
  readonly events: number;
  readonly stranded: readonly Stranded[];
};

type Reading = Pick<EventStore, "read" | "readAll">;

/** Replays everything in the store under this code, one after another. Changes nothing. */
export const checkUpgrade = async (
  store: Reading,
  code: Partial<CodeUnderCheck> = {},
): Promise<UpgradeReport> => {
  const book = openCheckBook();
  await book.hear(store);
  const names = book.all().map(({ name }) => name);
  book.close();
  return replayed(store, names, code);
};

const replayed = async (
  store: Reading,
  names: readonly string[],
  code: Partial<CodeUnderCheck> = {},
): Promise<UpgradeReport> => {
  const stranded: Stranded[] = [];
  let events = 0;
  for (const name of names) {
    const own = await eventsOf(store, name);
    events += own.length;
    const breaks = breaksUnder(own, code);
    if (breaks.length > 0) stranded.push({ name: inspectionOf(name) ?? name, breaks });
  }
  return { replayed: names.length, events, stranded };
};

/** What this code makes of the events of one. */
export const breaksUnder = (
  events: readonly Stored[],
  code: Partial<CodeUnderCheck> = {},
): readonly Break[] => breaksIn(events, { steps: stepsToday, ...code });

/** Every event of an inspection, with its reminders; or of a programme or a framework. */
export const eventsOf = (
  store: Pick<EventStore, "read">,
  name: string,
): Promise<readonly StoredEvent[]> => {
  const inspection = inspectionOf(name);
  return inspection === undefined
    ? readStream(store, name)
    : readInspection(store, inspection, [remindersStream(inspection)]);
};

/** The code that used a data folder last would leave some of its inspections stranded. */
export class UpgradeRefused extends Error {
  readonly report: UpgradeReport;

  constructor(dataDir: string, report: UpgradeReport) {
    const names = report.stranded.map(({ name }) => name).join(", ");
    super(
      `${dataDir} was last used by other code, and this code cannot go on from there: ${names}.\n` +
        "Ask `assay check-upgrade` what exactly would break, and use the former code until then.",
    );
    this.name = "UpgradeRefused";
    this.report = report;
  }
}

const codePath = (dataDir: string): string => join(dataDir, "code.json");

/** Whether this very code used the folder last, so that nothing has to be checked. */
export const isKnownCode = (dataDir: string): boolean => {
  const path = codePath(dataDir);
  if (!existsSync(path)) return false;
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as { readonly fingerprint?: unknown };
    return kept.fingerprint === codeFingerprint();
  } catch {
    return false;
  }
};

/** Remembers that this code may use the folder. */
export const rememberCode = (dataDir: string): void => {
  const draft = `${codePath(dataDir)}.draft`;
  writeFileSync(draft, `${JSON.stringify({ fingerprint: codeFingerprint() })}\n`);
  renameSync(draft, codePath(dataDir));
};

/**
 * Throws UpgradeRefused where other code used the folder last and this one would go on otherwise
 * with what is under way. What it cannot read it does not go on with: that is set aside, alone, and
 * told. What is over owes nothing to anybody: it is replayed beside the work.
 */
export const assertProven = async (dataDir: string, store: Reading): Promise<void> => {
  if (isKnownCode(dataDir)) return;
  const book = openCheckBook(dataDir);
  try {
    await book.hear(store);
    const underWay = book.all().filter(({ over }) => !over);
    const report = await replayed(
      store,
      underWay.map(({ name }) => name),
    );
    const stranded = report.stranded.filter(({ breaks }) =>
      breaks.some(({ kind }) => kind !== "unreadable"),
    );
    if (stranded.length > 0) throw new UpgradeRefused(dataDir, { ...report, stranded });
  } finally {
    book.close();
  }
  rememberCode(dataDir);
};
