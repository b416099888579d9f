/**
 * One publisher for one installation: the first that publishes records in the store who it is and
 * with which key it signs. Another one does not start, so that nobody signs a second record, and a
 * key that is missing is never replaced by a new one without being told to.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import { PublisherInstalled } from "@assay/host/office-facts.ts";
import { pause } from "@assay/host/fault.ts";
import { lockFor } from "@assay/store/engine/database.ts";
import { type EventStore, type StoredEvent, StoreFault } from "@assay/store/port.ts";

import type { Ledger } from "./ledger-keeper.ts";

const stream = "office-publisher";

export type Office = {
  readonly store: Pick<EventStore, "read" | "append">;
  /** The publisher's folder. */
  readonly folder: string;
  /** Somebody said that this one takes the office over, with a new key if it has none. */
  readonly begins: boolean;
  readonly now: () => Instant;
};

/** Opens the ledger for the publisher of this installation; throws `Misconfigured` for another. */
export const takeOffice = async (
  { store, folder, begins, now }: Office,
  open: (options: { readonly mayMakeKey: boolean }) => Promise<Ledger>,
): Promise<Ledger> => {
  const { found, revision } = await lastIn(store);
  const own = await publisherOf(folder);
  if (found && found.publisher !== own && !begins) throw taken(found, folder);
  const ledger = await open({ mayMakeKey: found === undefined || begins });
  const { keys } = ledger.keyring;
  if (found && !keys.includes(found.key) && !begins) throw otherKey(found);
  const key = keys.at(-1)!;
  if (found?.publisher === own && found.key === key) return ledger;
  const { type, ...data } = PublisherInstalled.parse({
    ...{ type: "PublisherInstalled", at: now(), by: assay },
    ...{ publisher: own, host: hostname(), key },
  });
  const event = { id: randomUUID(), type, data, metadata: { version: 1 } };
  const written = await store.append(stream, [event], revision);
  if (!written.appended) throw new Misconfigured(["another publisher began at the same moment"]);
  return ledger;
};

/** In milliseconds: a process that is being replaced has ended by then. */
const patience = 20_000;

/**
 * Holds the publisher's folder until it is released or this process ends: two at once would write
 * over each other's records. Throws `Misconfigured` where another process holds on to it.
 */
export const holdFolder = async (
  folder: string,
  longest = patience,
): Promise<{ readonly release: () => void }> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const until = performance.now() + longest;
  for (;;) {
    try {
      const lock = lockFor(join(folder, "publisher"));
      return { release: () => lock.close() };
    } catch (error) {
      if (!(error instanceof StoreFault) || error.code !== "locked") throw error;
      if (performance.now() >= until)
        throw new Misconfigured([
          `another process publishes from ${folder}.`,
          "Stop it, or set PUBLISHES=no here",
        ]);
      await pause(Math.min(250, longest));
    }
  }
};

const told = "PUBLISHER_BEGINS=yes says that this one takes its place, for good";

const taken = ({ host, key }: PublisherInstalled, folder: string): Misconfigured =>
  new Misconfigured([
    `another publisher signs for this installation: ${host}, with the key ${key}.`,
    `Set PUBLISHES=no here, or bring its folder back as ${folder};`,
    told,
  ]);

const otherKey = ({ key }: PublisherInstalled): Misconfigured =>
  new Misconfigured([
    `this installation is signed with the key ${key}, and this one has another.`,
    `Bring that key back, or name it among FORMER_KEYS; ${told}`,
  ]);

/** Who publishes for the installation, as far as anybody has. */
export const publisherIn = async (
  store: Pick<EventStore, "read">,
): Promise<PublisherInstalled | undefined> => (await lastIn(store)).found;

const lastIn = async (store: Pick<EventStore, "read">) => {
  let last: StoredEvent | undefined;
  for await (const [event] of store.read(stream, { direction: "backwards", limit: 1 }))
    last = event;
  const found = last && PublisherInstalled.parse({ type: last.type, ...last.data });
  return { found, revision: last?.revision ?? ("none" as const) };
};

/** The name of the folder's publisher, made at the first start. */
const publisherOf = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "publisher.txt");
  try {
    await writeFile(path, `${randomUUID()}\n`, { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(path, "utf8")).trim();
};
