/**
 * Which event store a command works on, and with which keys: those of a data folder, or those that
 * services of their own share.
 */
import { storePath } from "@assay/embedded/data-folder.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { dataKeysPath, openKeysToRead } from "@assay/vault/key-folder.ts";
import { openedReader, readerWithoutWords } from "@assay/vault/sealed-store.ts";
import { existsSync } from "node:fs";

import { Refused, WrongUsage } from "./failure.ts";
import { natsFor, withNatsKeys } from "./nats-keys.ts";
import type { Terminal } from "./terminal.ts";

export type FromData = { readonly data?: string; readonly store?: string };

export type Reading = Pick<EventStore, "read" | "readAll">;

export const folderOf = ({ data }: FromData, terminal: Terminal): string =>
  terminal.pathOf(data ?? terminal.dataDir);

/** Undefined for a folder's. A folder that is named goes before what the environment says. */
export const addressOf = ({ data, store }: FromData, { services }: Terminal): string | undefined =>
  store ?? (data === undefined ? services?.store : undefined);

export const remoteStore = (url: string): EventStore => {
  if (!/^(esdb|kurrentdb)(\+discover)?:\/\/./.test(url)) {
    throw new WrongUsage("--store (or EVENTSTORE_URL) takes esdb:// and where the event store is.");
  }
  return openEventStoreDb({ url, deadline: 30_000 });
};

/** Whether there is a store to read: one that was named counts, whatever it holds. */
export const hasStore = (options: FromData, terminal: Terminal): boolean =>
  options.data !== undefined ||
  addressOf(options, terminal) !== undefined ||
  existsSync(storePath(folderOf(options, terminal)));

type ToRead = Reading & { close(): Promise<void> | void };

/** The events as they are stored. Throws Refused where the folder holds none. */
export const openToRead = (options: FromData, terminal: Terminal): ToRead => {
  const url = addressOf(options, terminal);
  if (url !== undefined) return remoteStore(url);
  const path = storePath(folderOf(options, terminal));
  if (existsSync(path)) return openSqliteReader(path);
  throw new Refused(
    `There is nothing at ${path}. Start Assay with npm start, or name its folder with --data.`,
  );
};

export const openToWrite = (options: FromData, terminal: Terminal): EventStore => {
  const url = addressOf(options, terminal);
  return url === undefined
    ? openSqliteStore({ path: storePath(folderOf(options, terminal)) })
    : remoteStore(url);
};

/** The events with their words open, as far as there are keys. */
export const reading = async <Result>(
  options: FromData,
  terminal: Terminal,
  work: (reader: Reading) => Promise<Result>,
): Promise<Result> => {
  const stored = openToRead(options, terminal);
  try {
    const isRemote = addressOf(options, terminal) !== undefined;
    const place = isRemote ? terminal.services?.keys : undefined;
    if (place === "nats") {
      const nats = natsFor("KEYS_IN", terminal);
      return await withNatsKeys(nats, terminal, (keys) => work(openedReader(stored, keys)));
    }
    const folder = place === undefined ? folderOf(options, terminal) : terminal.pathOf(place);
    if (place === "none" || (isRemote && !existsSync(dataKeysPath(folder)))) {
      return await work(readerWithoutWords(stored));
    }
    const keys = openKeysToRead(folder, { secret: terminal.masterKey });
    try {
      return await work(openedReader(stored, keys));
    } finally {
      keys.close();
    }
  } finally {
    await stored.close();
  }
};
