/**
 * The store held against what was signed over it: what was signed since the last time before
 * anything is served, and everything beside the work, by a process of its own.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { inspectionStream } from "@assay/domain/kernel/stream.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { recordState } from "@assay/ledger/record-folder.ts";
import { type Evidence, type Watched, watchOne } from "@assay/publication/integrity-watch.ts";
import { recordsFolder } from "@assay/publication/publishing.ts";
import type { EventStore } from "@assay/store/port.ts";

import { openCheckBook } from "./check-book.ts";

/** What differs among the inspections that were signed for since the store was held against all. */
export const watchNew = async (
  dataDir: string,
  store: Pick<EventStore, "read">,
  evidence: Evidence,
): Promise<readonly Watched[]> => {
  const book = openCheckBook(dataDir);
  const differing: Watched[] = [];
  try {
    const held = new Map(book.all().flatMap(({ name, held }) => (held ? [[name, held]] : [])));
    // Where nothing was held yet, nothing is newer than the rest.
    const known = held.size > 0 ? await evidence.records.inspections() : [];
    for (const inspection of known) {
      const name = inspectionStream(inspection as InspectionId);
      const state = await recordState(recordsFolder(dataDir), inspection);
      if (held.get(name) === state) continue;
      const watched = await watchOne(inspection, store, evidence);
      if (watched.tampering.length > 0) differing.push(watched);
      else book.keepHeld(name, state);
    }
  } finally {
    book.close();
  }
  return differing;
};

export type LookingBack = {
  /** Resolves once it has begun. */
  begin(): Promise<void>;
  /** Resolves once everything was looked at. */
  ended(): Promise<void>;
  close(): Promise<void>;
};

const program = join(import.meta.dirname, "looking-back/main.ts");

/** Tells in words how far it has come, and what it found. It ends with this process. */
export const lookBack = (
  dataDir: string,
  { keyring }: Pick<Evidence, "keyring">,
  say: (text: string) => void,
): LookingBack => {
  let child: ChildProcess | undefined;
  let closed = false;
  const ended = async (): Promise<void> => {
    if (child?.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    begin: async () => {
      if (closed) return;
      child = fork(program, [dataDir, ...keyring.keys], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      child.on("message", (message) => {
        if (typeof message === "string") say(message);
      });
      await once(child, "spawn");
    },
    ended,
    close: async () => {
      closed = true;
      child?.kill();
      await ended();
    },
  };
};
