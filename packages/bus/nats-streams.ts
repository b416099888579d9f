/** Streams of JetStream as Assay makes them. */
import { JetStreamApiError, type JetStreamManager } from "@nats-io/jetstream";

type Config = Parameters<JetStreamManager["streams"]["add"]>[0];

/** What exists is left as it is: whoever runs the cluster may have changed it. */
export const madeWhereMissing = async (
  { streams }: JetStreamManager,
  config: Config,
): Promise<void> => {
  try {
    await streams.info(config.name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.status !== 404) throw error;
    await streams.add(config);
  }
};
