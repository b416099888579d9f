/**
 * The client under its maintained name, with the calls of the named one. Its reads run in a native
 * library and cannot be given up, so each is asked for in pages that are read to their end.
 */
import { createRequire } from "node:module";
import { Readable } from "node:stream";

import type { KurrentDBClient, ReadAllOptions, ReadStreamOptions } from "@kurrent/kurrentdb-client";

import type { Client } from "./either-client.ts";
import { typeOf } from "./faults.ts";

type Made = { readonly KurrentDBClient: typeof KurrentDBClient };
type Page = { readonly maxCount?: number | bigint };

const pageSize = 1000;

/** It is loaded where an address asks for it, with its native library. */
const load = (): Made => createRequire(import.meta.url)("@kurrent/kurrentdb-client") as Made;

export const kurrentClient = (url: string): Client => {
  const client = load().KurrentDBClient.connectionString(url);
  /** The native library does not say why nobody answers; the rest of the client does. */
  const explained = async function* <Event>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
    try {
      yield* events;
    } catch (error) {
      if (typeOf(error) === "unavailable")
        await (calls as Pick<Client, "capabilities">).capabilities;
      throw error;
    }
  };
  const read = <Options extends Page, Event>(
    options: Options,
    open: (options: Options) => AsyncIterable<Event>,
    after: (options: Options, last: Event) => Options | undefined,
  ): Readable =>
    Readable.from(explained(inPages(options, open, after)), { highWaterMark: pageSize });
  const calls = {
    appendToStream: (stream: string, events: never, { expectedRevision, ...rest }: Expecting) =>
      client.appendToStream(stream, events, { ...rest, streamState: expectedRevision }),
    readStream: (stream: string, options: ReadStreamOptions) =>
      read(
        options,
        (page) => client.readStream(stream, page),
        (page, { event }) => {
          const next = event && event.revision + (page.direction === "backwards" ? -1n : 1n);
          return next === undefined || next < 0n ? undefined : { ...page, fromRevision: next };
        },
      ),
    readAll: (options: ReadAllOptions) =>
      read(
        options,
        (page) => client.readAll(page),
        (page, { event }) => event?.position && { ...page, fromPosition: event.position },
      ),
    subscribeToAll: (...given: Parameters<typeof client.subscribeToAll>) =>
      client.subscribeToAll(...given),
    setStreamMetadata: (...given: Parameters<typeof client.setStreamMetadata>) =>
      client.setStreamMetadata(...given),
    get capabilities() {
      return (client as unknown as Pick<Client, "capabilities">).capabilities;
    },
    dispose: () => client.dispose(),
  };
  return calls as unknown as Client;
};

type Expecting = {
  readonly expectedRevision: bigint | "no_stream";
  readonly deadline: number;
};

const inPages = async function* <Options extends Page, Event>(
  options: Options,
  open: (options: Options) => AsyncIterable<Event>,
  after: (options: Options, last: Event) => Options | undefined,
): AsyncGenerator<Event> {
  let left = Number(options.maxCount ?? Infinity);
  for (let asked: Options | undefined = options; asked && left > 0;) {
    const maxCount = Math.min(left, pageSize);
    const page: Event[] = [];
    for await (const event of open({ ...asked, maxCount })) page.push(event);
    yield* page;
    if (page.length < maxCount) return;
    left -= page.length;
    asked = after(asked, page.at(-1)!);
  }
};
