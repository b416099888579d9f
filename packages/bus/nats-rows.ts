/**
 * Rows that replicas on several machines share, in JetStream: of each the newest, told in one order
 * that is the same for all. Whoever asks reads on to where the stream was when they asked.
 */
import { randomUUID } from "node:crypto";

import {
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";

import { closeNats, connectNats, isConnected } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";
import { failureOf, failureOfStream } from "./nats-faults.ts";
import { madeWhereMissing } from "./nats-streams.ts";

export type NatsRowsOptions = NatsOptions & {
  /** The stream's name, such as `ASSAY_SESSIONS`. */
  readonly stream: string;
  readonly replicas?: number;
  /** For how many days a row is kept that nobody writes again; for ever by default. */
  readonly days?: number;
  /** `memory`: on no server's disk, and gone when all of them end. Default: on the disk. */
  readonly on?: "memory" | "disk";
};

/** A place in the stream's order; the first is 1. */
type Sequence = number;

export type NatsRows = {
  /** False while there is no connection: nothing can be read or written just now. */
  readonly connected: () => boolean;
  /** `name` is made of letters, digits, `-`, `_` and full stops between them. */
  put(name: string, text: string): Promise<Sequence>;
  /**
   * How far the stream has come by now, and the stream's own name, which is another one when it was
   * lost and begins again.
   */
  end(): Promise<{ readonly at: Sequence; readonly generation: string }>;
  /** The first row at this place or after it. */
  from(sequence: Sequence): Promise<{ readonly text: string; readonly at: Sequence } | undefined>;
  close(): Promise<void>;
};

export const openNatsRows = async (options: NatsRowsOptions): Promise<NatsRows> => {
  const { stream } = options;
  const connection = await connectNats(options);
  try {
    const manager = await jetstreamManager(connection);
    const ensure = () => ensured(manager, options);
    await ensure();
    return {
      ...rowsIn({ manager, client: jetstream(connection), ensure, stream }),
      connected: isConnected(connection),
      close: () => closeNats(connection),
    };
  } catch (cause) {
    await closeNats(connection);
    throw failureOfStream(cause, `the stream ${stream}`);
  }
};

const ensured = (manager: JetStreamManager, options: NatsRowsOptions): Promise<void> => {
  const { stream, replicas = 1, days, on = "disk" } = options;
  return madeWhereMissing(manager, {
    name: stream,
    subjects: [`${under(stream)}>`, `${generations(stream)}>`],
    num_replicas: replicas,
    max_msgs_per_subject: 1,
    storage: on === "memory" ? "memory" : "file",
    // A copy that lags behind would not know yet what was acknowledged.
    allow_direct: false,
    ...(days !== undefined && { max_age: nanos(days * 24 * 3_600_000) }),
  });
};

const under = (stream: string): string => `assay.rows.${stream}.`;
const generations = (stream: string): string => `assay.generations.${stream}.`;

type Means = {
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  /** Makes the stream again that was lost meanwhile. */
  readonly ensure: () => Promise<void>;
  readonly stream: string;
};

const rowsIn = (means: Means): Pick<NatsRows, "put" | "end" | "from"> => {
  const { manager, client, ensure, stream } = means;
  const faultless = async <Got>(work: () => Promise<Got>): Promise<Got> => {
    try {
      return await work();
    } catch (cause) {
      throw failureOf(cause, `the stream ${stream}`);
    }
  };
  const subjects_filter = `${generations(stream)}>`;
  const end = async () => {
    for (;;) {
      const { state } = await manager.streams.info(stream, { subjects_filter });
      const [generation] = Object.keys(state.subjects ?? {}).toSorted();
      if (generation !== undefined) return { at: state.last_seq, generation };
      await client.publish(`${generations(stream)}${randomUUID()}`);
    }
  };
  return {
    put: (name, text) =>
      faultless(async () => (await client.publish(`${under(stream)}${name}`, text)).seq),
    end: () => faultless(() => end().catch(() => ensure().then(end))),
    from: (sequence) =>
      faultless(async () => {
        const query = { seq: sequence, next_by_subj: `${under(stream)}>` };
        const message = await manager.streams.getMessage(stream, query);
        return message ? { text: message.string(), at: message.seq } : undefined;
      }),
  };
};
