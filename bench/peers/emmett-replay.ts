/** The same events in Emmett's SQLite store, loaded with its aggregate. */
import { join } from "node:path";

import type { Fact, Recorded } from "@assay/domain/audit/recorded.ts";
import type {
  Event,
  ReadEvent,
  ReadEventMetadataWithGlobalPosition,
} from "@event-driven-io/emmett";
import {
  getSQLiteEventStore,
  sqliteConnection,
  SQLiteConnectionPool,
} from "@event-driven-io/emmett-sqlite";

import { answersFrom, type Histories, type Programme } from "../replay/programme.ts";

type Read = ReadEvent<Event, ReadEventMetadataWithGlobalPosition>;

export const fillEmmett = async (folder: string, histories: Histories): Promise<Programme> => {
  const fileName = join(folder, "emmett.sqlite");
  const connection = sqliteConnection({ fileName });
  const pool = SQLiteConnectionPool({
    fileName,
    connectionOptions: { singleton: true, connection },
  });
  const store = getSQLiteEventStore({ fileName, pool });
  await store.schema.migrate();
  // Only reading is measured here.
  await connection.command("PRAGMA synchronous = OFF");
  let events = 0;
  for (const streams of histories.values())
    for (const [name, some] of streams) {
      await store.appendToStream(
        name,
        some.map(({ type, data, metadata }) => ({ type, data, metadata }) as Event),
      );
      events += some.length;
    }
  const one = async (stream: string) => {
    const found: (Recorded & { readonly global: bigint })[] = [];
    await store.aggregateStream<typeof found, Event>(stream, {
      initialState: () => found,
      evolve: (known: typeof found, { type, data, metadata }: Read) => {
        const { streamPosition, globalPosition } = metadata;
        const event = { type, ...data } as unknown as Fact;
        const revision = Number(streamPosition) - 1;
        known.push({ stream, revision, event, metadata, global: globalPosition });
        return known;
      },
    });
    return found;
  };
  const answers = answersFrom(histories, events, {
    one,
    whole: async (inspection) => {
      const found: Awaited<ReturnType<typeof one>> = [];
      for (const stream of histories.get(inspection)!.keys()) found.push(...(await one(stream)));
      return found.sort((a, b) => Number(a.global - b.global));
    },
  });
  return { ...answers, close: async () => connection.close() };
};
