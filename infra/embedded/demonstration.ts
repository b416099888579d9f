/**
 * The demonstration's own time, which somebody moves on by days. Only where every inspection and
 * every service is made up or was brought as an example: what is real keeps to the machine's time.
 */
import { setTimeout } from "node:timers/promises";

import type { DemonstrationClock } from "@assay/console/pages/demonstration.ts";
import { type InspectionEvent, InspectionScheduled } from "@assay/domain/announcement/events.ts";
import {
  type ProgrammeEventOf,
  ServicesEnrolled,
} from "@assay/domain/announcement/programme/events.ts";
import { systemClock } from "@assay/host/clock.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import type { Log } from "@assay/host/log.ts";
import { createMovedClock, type MovedClock } from "@assay/host/moved-clock.ts";
import { factReader } from "@assay/host/schema.ts";
import { newestIn } from "@assay/host/timekeeper.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { storePath } from "./data-folder.ts";
import type { Engine } from "./engine.ts";

/**
 * Before an engine is started on the folder: its time goes on from the newest fact. Throws where
 * the folder holds anything real.
 */
export const demonstrationTime = async (dataDir: string): Promise<MovedClock> => {
  const store = openSqliteStore({ path: storePath(dataDir) });
  try {
    const real = await realIn(store);
    if (real !== undefined) throw new Misconfigured([`--demo-clock moves the time on. ${real}`]);
    const newest = Date.parse((await newestIn(store)) ?? systemClock.now());
    return createMovedClock(systemClock, Math.max(0, newest - Date.parse(systemClock.now())));
  } finally {
    await store.close();
  }
};

const day = 86_400_000;

/** So long somebody waits for an answer, in milliseconds; the rest is done meanwhile. */
const longest = 3_000;

/** What is real is looked for each time: it may have come meanwhile. */
export const demonstrationControl = (
  clock: MovedClock,
  { store, idle, log }: Pick<Engine, "store" | "idle"> & { readonly log: Log },
  answerWithin = longest,
): DemonstrationClock => {
  let isMoving = false;
  const move = async (days: number): Promise<string | undefined> => {
    isMoving = true;
    try {
      const real = await realIn(store);
      if (real === undefined) await clock.moveBy(days * day, idle);
      return real;
    } finally {
      isMoving = false;
    }
  };
  return {
    ahead: () => clock.ahead(),
    isMoving: () => isMoving,
    moveOn: async (days) => {
      if (isMoving) return "It is being moved on already. Wait until that is done.";
      const moved = move(days);
      moved.catch((error: unknown) => log.error({ err: error }, "time was not moved on"));
      return Promise.race([moved, setTimeout(answerWithin, undefined, { ref: false })]);
    },
  };
};

const madeUp = "(made up)";

/** The first that is neither made up nor an example, in a sentence. */
const realIn = async (store: Pick<EventStore, "readAll">): Promise<string | undefined> => {
  for await (const page of store.readAll({ prefixes: ["inspection-", "programme-"] }))
    for (const event of page) {
      const real = servicesIn(event).find(({ name }) => !name.endsWith(madeUp));
      if (real)
        return (
          `Here is an inspection or a programme of ${real.name}, which may be real. Time is moved ` +
          `only where the name of every service ends with “${madeUp}”.`
        );
    }
  return undefined;
};

/** The services that somebody inspects, or plans to, by this event. */
const servicesIn = (event: StoredEvent): readonly { readonly name: string }[] => {
  const fact = factOf(event);
  if (fact?.type === "ServicesEnrolled") return fact.services;
  return fact && !fact.reconstruction ? [fact.service] : [];
};

/** Other facts hold words, which are sealed before the engine is there. */
const factOf = factReader([InspectionScheduled, ServicesEnrolled]) as (
  event: StoredEvent,
) =>
  | Extract<InspectionEvent, { type: "InspectionScheduled" }>
  | ProgrammeEventOf<"ServicesEnrolled">
  | undefined;
