/** What a console is made of: given by whoever runs it, in one process or in a cluster. */
import type { IncomingMessage, ServerResponse } from "node:http";

import type { CommandBus } from "@assay/bus/port.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { AccessLog } from "@assay/host/access-log.ts";
import type { Clock } from "@assay/host/clock.ts";
import type { Database } from "@assay/host/database.ts";
import type { Files } from "@assay/host/files.ts";
import type { Log } from "@assay/host/log.ts";
import type { Metrics } from "@assay/host/metrics.ts";
import type { SharedRows } from "@assay/host/shared-rows.ts";
import type { Typesetter } from "@assay/report/typesetter.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { ConsoleSettings } from "./config.ts";
import type { DemonstrationClock } from "./pages/demonstration.ts";
import type { Proofs } from "./reading/proofs.ts";

export type ConsoleOptions = {
  readonly store: EventStore;
  /** Seals what is sent: the console knows who sends it. */
  readonly bus: CommandBus;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked before anything else: health, metrics; true when it has answered. */
  readonly operations?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Whom the demonstration sign-in offers besides those found on teams and panels. */
  readonly people: readonly Actor[];
  /** What people are called in the demonstration, by their ids. */
  readonly names?: Readonly<Record<string, string>>;
  /** What moves its time on, where every inspection is made up. */
  readonly demonstrationClock?: DemonstrationClock;
  /** Where files that services send are kept; by default in memory. */
  readonly files?: Files;
  /** The ledger and the published bundles; by default there are none. */
  readonly proofs?: Proofs;
  /** What sets drafts and copies; by default one that publishes nothing itself. */
  readonly typesetter?: Typesetter;
  /** The folder of the published site, which is served under `/site/`. */
  readonly siteFolder?: string;
  /** In a container whose port is published on this machine alone, requests come through it. */
  readonly behindPublishedPort?: boolean;
  /** Makes calendar feeds' addresses; by default made anew, so that a restart ends them. */
  readonly feedSecret?: Uint8Array;
  /** Who can sign in, and for how long; the demonstration where nothing is said. */
  readonly settings?: ConsoleSettings;
  /** Where sessions are kept; by default in memory, so that a restart signs everyone out. */
  readonly database?: Database;
  /** Which account is which person's, and calendars' addresses; by default in memory. */
  readonly accounts?: Database;
  /** Where other replicas have the same sessions and accounts. */
  readonly shared?: Pick<SharedRows, "fresh" | "told"> | undefined;
  /** Inspections in outline, which are made again where they are missing; by default in memory. */
  readonly views?: Database;
  /** By default in memory. */
  readonly accessLog?: AccessLog;
  readonly metrics?: Metrics;
};
