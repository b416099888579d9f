/** What the embedded engine reads from its environment. */
import {
  collector,
  type Environment,
  port,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";

/** `OPERATIONS_PORT`: where health in detail and metrics are; by default any that is free. */
export const operationsPortIn = (environment: Environment): number =>
  readEnvironment({ OPERATIONS_PORT: port.default(0) }, environment).OPERATIONS_PORT;

/** `OTEL_EXPORTER_OTLP_ENDPOINT`: where traces are sent; by default nowhere. */
export const collectorIn = (environment: Environment): string | undefined =>
  readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector }, environment)
    .OTEL_EXPORTER_OTLP_ENDPOINT;

/**
 * `ASSAY_KEY_ENCRYPTION_KEY`, which wraps the data keys, for those who keep it apart from the data.
 */
export const masterKeyIn = (environment: Environment): string | undefined => {
  const { ASSAY_KEY_ENCRYPTION_KEY } = standaloneEnvironment;
  return readEnvironment({ ASSAY_KEY_ENCRYPTION_KEY }, environment).ASSAY_KEY_ENCRYPTION_KEY;
};
