/**
 * Holds this code against everything that is stored, before it may go on from there: a data folder
 * remembers by which code it was last used, and other code has to pass the check first.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  type Break,
  breaksIn,
  type CodeUnderCheck,
  type Stored,
} from "@assay/domain/audit/continuity.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { codeFingerprint } from "@assay/host/code.ts";
import type { EventStore } from "@assay/store/port.ts";

import { stepsToday } from "./code.ts";

/** An inspection, or a programme, with which this code cannot go on as it should. */
export type Stranded = { readonly name: string; readonly breaks: readonly Break[] };

export type UpgradeReport = {
  /** How many were replayed, inspections under way included. */
  readonly replayed: number;
  readonly events: number;
  readonly stranded: readonly Stranded[];
};

const nameOf = ({ stream }: { readonly stream: string }): string => inspectionOf(stream) ?? stream;

/** How many events each inspection, or programme, has. */
const sizes = async (store: Pick<EventStore, "readAll">): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  for await (const page of store.readAll())
    for (const event of page) found.set(nameOf(event), (found.get(nameOf(event)) ?? 0) + 1);
  return found;
};

/**
 * Replays everything in the store under this code. Reads, and changes nothing. All is read twice,
 * so that an inspection is let go with its last event: no more is held than was under way at once.
 */
export const checkUpgrade = async (
  store: Pick<EventStore, "readAll">,
  code: Partial<CodeUnderCheck> = {},
): Promise<UpgradeReport> => {
  const missing = await sizes(store);
  const replayed = missing.size;
  const begun = new Map<string, Stored[]>();
  const stranded: Stranded[] = [];
  let events = 0;
  for await (const page of store.readAll()) {
    for (const event of page) {
      const name = nameOf(event);
      const left = missing.get(name);
      // What came between the readings was recorded by this very code.
      if (left === undefined) continue;
      events += 1;
      const own = begun.get(name) ?? [];
      own.push(event);
      if (left > 1) {
        missing.set(name, left - 1);
        begun.set(name, own);
        continue;
      }
      missing.delete(name);
      begun.delete(name);
      const breaks = breaksIn(own, { steps: stepsToday, ...code });
      if (breaks.length > 0) stranded.push({ name, breaks });
    }
  }
  return { replayed, events, stranded };
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

/** Throws UpgradeRefused where other code used the folder last and this one cannot go on. */
export const assertProven = async (
  dataDir: string,
  store: Pick<EventStore, "readAll">,
): Promise<void> => {
  if (isKnownCode(dataDir)) return;
  const report = await checkUpgrade(store);
  if (report.stranded.length > 0) throw new UpgradeRefused(dataDir, report);
  rememberCode(dataDir);
};
