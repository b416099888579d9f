/** Emmett's command handler on its two SQL stores. */
import { join } from "node:path";

import { CommandHandler, type Event, type EventStore } from "@event-driven-io/emmett";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";
import {
  getSQLiteEventStore,
  sqliteConnection,
  SQLiteConnectionPool,
} from "@event-driven-io/emmett-sqlite";

import {
  answered,
  type Answers,
  isNews,
  type Judgement,
  type Recorder,
} from "../recording/recorder.ts";
import { createTurns } from "../recording/turns.ts";

type Recorded = Event<"JudgementRecorded", Judgement>;

const handle = CommandHandler<Answers, Recorded>({
  initialState: () => ({}),
  evolve: (answers, { data }) => answered(answers, data),
});

type Described = Pick<Recorder, "name" | "settings" | "close"> & {
  /** Commands with the same key take turns, so that none is lost to a conflict. */
  readonly turn: (stream: string) => string;
};

const recorderOn = (store: EventStore, { turn, ...described }: Described): Recorder => {
  const inTurn = createTurns();
  let begun = 0;
  return {
    ...described,
    begin: async (streams) => {
      begun += 1;
      const nameOf = (stream: number): string => `assessment-${begun}.${stream}`;
      const names = Array.from({ length: streams }, (_, stream) => nameOf(stream));
      return {
        record: (stream, data) =>
          inTurn(turn(names[stream]!), async () => {
            const { newEvents } = await handle(store, names[stream]!, (answers) =>
              isNews(answers, data) ? [{ type: "JudgementRecorded", data }] : [],
            );
            if (newEvents.length !== 1) throw new Error("Emmett recorded nothing");
          }),
        stored: async () => {
          let events = 0;
          for (const name of names) events += (await store.readStream(name)).events.length;
          return events;
        },
      };
    },
  };
};

/** One connection, because it opens and closes one for each call where it is given none. */
export const startEmmettOnSqlite = async (folder: string): Promise<Recorder> => {
  const fileName = join(folder, "emmett.sqlite");
  const connection = sqliteConnection({ fileName });
  await connection.command("PRAGMA synchronous = FULL");
  const pool = SQLiteConnectionPool({
    fileName,
    connectionOptions: { singleton: true, connection },
  });
  const store = getSQLiteEventStore({ fileName, pool });
  await store.schema.migrate();
  const settings = [
    "WAL (its own), synchronous=FULL, one connection kept open and commands in turn on it,",
    "because a transaction belongs to the connection",
  ].join(" ");
  return recorderOn(store, {
    name: "Emmett on SQLite",
    settings,
    turn: () => "the connection",
    close: async () => connection.close(),
  });
};

export const startEmmettOnPostgres = async (connectionString: string): Promise<Recorder> => {
  const store = getPostgreSQLEventStore(connectionString);
  await store.schema.migrate();
  return recorderOn(store, {
    name: "Emmett on PostgreSQL",
    settings: "fsync=on, synchronous_commit=on, its default pool, commands in turn on each stream",
    turn: (stream) => stream,
    close: () => store.close(),
  });
};
