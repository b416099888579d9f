/** What NATS servers and their streams are like, for whoever checks an installation. */
import { JetStreamApiError, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";

import { closeNats, connectNats } from "./nats-connection.ts";
import { failureOfStream } from "./nats-faults.ts";
import type { NatsOptions } from "./nats-options.ts";

export type ExaminedServer = { readonly address: string; readonly version: string };

export type ExaminedStream = {
  readonly name: string;
  /** How many servers are to keep a copy. */
  readonly replicas: number;
  /** How many have it, and are not behind. */
  readonly current: number;
  /** Undefined without a quorum, and where one server is no cluster. */
  readonly leader: string | undefined;
  readonly messages: number;
};

const patience = 3_000;

/** Each address by itself, so that one that is away is not hidden by the others. */
export const serversOf = ({ url, name, tls, credentials }: NatsOptions): readonly NatsOptions[] =>
  url.split(",").map((one) => ({
    url: one.trim(),
    ...(name !== undefined && { name }),
    ...(tls && { tls }),
    ...(credentials !== undefined && { credentials }),
  }));

/** Throws a BusFault that says what stands in the way. */
export const examineServer = async (options: NatsOptions): Promise<ExaminedServer> => {
  const connection = await connectNats({ ...options, timeout: patience });
  try {
    return { address: new URL(options.url).host, version: connection.info?.version ?? "" };
  } finally {
    await closeNats(connection);
  }
};

/** Those of the streams that are there. Throws a BusFault without JetStream or its quorum. */
export const examineStreams = async (
  options: NatsOptions,
  names: readonly string[],
): Promise<readonly ExaminedStream[]> => {
  const connection = await connectNats({ ...options, timeout: patience });
  try {
    return await streamsIn(connection, names);
  } catch (error) {
    throw failureOfStream(error, "JetStream");
  } finally {
    await closeNats(connection);
  }
};

const streamsIn = async (
  connection: NatsConnection,
  names: readonly string[],
): Promise<readonly ExaminedStream[]> => {
  const manager = await jetstreamManager(connection, { timeout: patience });
  await manager.getAccountInfo();
  const found: ExaminedStream[] = [];
  for (const name of names) {
    try {
      const { config, cluster, state } = await manager.streams.info(name);
      const others = (cluster?.replicas ?? []).filter((one) => one.current && !one.offline);
      found.push({
        ...{ name, replicas: config.num_replicas, messages: state.messages },
        ...{ current: others.length + 1, leader: cluster?.leader },
      });
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.status !== 404) throw error;
    }
  }
  return found;
};
