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
import type { EventStore } from "@assay/store/port.ts";

import { codeFingerprint, stepsToday } from "./code.ts";

/** An inspection, or a programme, with which this code cannot go on as it should. */
export type Stranded = { readonly name: string; readonly breaks: readonly Break[] };

export type UpgradeReport = {
  /** How many were replayed, inspections under way included. */
  readonly replayed: number;
  readonly events: number;
  readonly stranded: readonly Stranded[];
};

/** Replays everything in the store under this code. Reads, and changes nothing. */
export const checkUpgrade = async (
  store: Pick<EventStore, "readAll">,
  code: Partial<CodeUnderCheck> = {},
): Promise<UpgradeReport> => {
  const groups = new Map<string, Stored[]>();
  let events = 0;
  for await (const page of store.readAll()) {
    for (const event of page) {
      const name = inspectionOf(event.stream) ?? event.stream;
      const own = groups.get(name);
      if (own) own.push(event);
      else groups.set(name, [event]);
      events += 1;
    }
  }
  const stranded = [...groups].flatMap(([name, own]) => {
    const breaks = breaksIn(own, { steps: stepsToday, ...code });
    return breaks.length > 0 ? [{ name, breaks }] : [];
  });
  return { replayed: groups.size, events, stranded };
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
