/** The official client for a connection string, set up so that what fails ends nothing else. */
import { existsSync } from "node:fs";
import type { Duplex } from "node:stream";

import { EventStoreDBClient } from "@eventstore/db-client";

import { StoreFault } from "../port.ts";
import type { Client } from "./either-client.ts";
import { kurrentClient } from "./kurrent.ts";

/** `esdb://` is for `@eventstore/db-client`, `kurrentdb://` for `@kurrent/kurrentdb-client`. */
export const connectTo = (url: string): Client => {
  refuseHalfDiscovery(url);
  const kind = url.startsWith("esdb") ? "esdb" : "kurrentdb";
  refuseOther(kind);
  return withItsFiles(url, kind === "esdb" ? namedClient : kurrentClient);
};

let chosen: string | undefined;

/** Both clients give their messages the same global names: the second breaks the first. */
const refuseOther = (kind: string): void => {
  chosen ??= kind;
  if (chosen === kind) return;
  const message = `event store: this process has connected by ${chosen}://, which rules ${kind}:// out`;
  throw new StoreFault("unsupported", message, { retry: false });
};

const namedClient = (url: string): Client => {
  const client = EventStoreDBClient.connectionString(url);
  tolerateLateAnswers(client);
  return client as unknown as Client;
};

/** A client reads the files that the address names, and does not say which is missing. */
const withItsFiles = (url: string, connect: (url: string) => Client): Client => {
  try {
    return connect(url);
  } catch (cause) {
    const [, file] = /[?&]tlsCaFile=([^&]*)/i.exec(url) ?? [];
    if (file === undefined || existsSync(decodeURIComponent(file))) throw cause;
    const message = `event store: tlsCaFile names ${decodeURIComponent(file)}, which is missing`;
    throw new StoreFault("unavailable", message, { retry: false, cause });
  }
};

/** With several hosts both clients ask the first only, and are lost with it. */
const refuseHalfDiscovery = (url: string): void => {
  const [, scheme, hosts = ""] = /^(\w+)\+discover:\/\/(?:[^@/]*@)?([^/?]*)/.exec(url) ?? [];
  if (!hosts.includes(",")) return;
  const message =
    `event store: ${scheme}+discover:// asks the first of several hosts only; ` +
    `write ${scheme}://${hosts} with the same user and options`;
  throw new StoreFault("unsupported", message, { retry: false });
};

type BatchStream = Duplex;
type BatchCaller = { readonly batchAppend: (...given: never[]) => BatchStream };
type Inner = {
  GRPCStreamCreator: (
    service: unknown,
    name: string,
    create: (caller: BatchCaller) => unknown,
    ...rest: unknown[]
  ) => unknown;
};

/**
 * The client's batch append keeps one table of what is under way for the whole process. A
 * connection that fails clears what others wait for, which they send again; but an answer that
 * comes after that throws where nobody catches it, and would end the process.
 */
const tolerateLateAnswers = (client: EventStoreDBClient): void => {
  const inner = client as unknown as Inner;
  const original = inner.GRPCStreamCreator;
  inner.GRPCStreamCreator = (service, name, create, ...rest) => {
    const guarded = (caller: BatchCaller): unknown =>
      create({ batchAppend: (...given) => tolerant(caller.batchAppend(...given)) });
    return original(service, name, name === "appendToStream" ? guarded : create, ...rest);
  };
};

/** The same stream; what its listener of answers throws goes nowhere. */
const tolerant = (stream: BatchStream): BatchStream => {
  const on = stream.on.bind(stream);
  stream.on = (event, listener) =>
    on(event, event === "data" ? quietly(listener as (...given: unknown[]) => void) : listener);
  return stream;
};

const quietly =
  (listener: (...given: unknown[]) => void) =>
  (...given: unknown[]): void => {
    try {
      listener(...given);
    } catch {
      // The answer is for an append of which its sender was told that it failed.
    }
  };
