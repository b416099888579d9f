/** What the embedded engine reads from its environment. */
import { readFileSync } from "node:fs";

import { collector, type Environment, port, readEnvironment } from "@assay/host/environment.ts";

/** `OPERATIONS_PORT`: where health in detail and metrics are; by default any that is free. */
export const operationsPortIn = (environment: Environment): number =>
  readEnvironment({ OPERATIONS_PORT: port.default(0) }, environment).OPERATIONS_PORT;

/** `OTEL_EXPORTER_OTLP_ENDPOINT`: where traces are sent; by default nowhere. */
export const collectorIn = (environment: Environment): string | undefined =>
  readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector }, environment)
    .OTEL_EXPORTER_OTLP_ENDPOINT;

/**
 * `ASSAY_KEY_ENCRYPTION_KEY`, or what is in the file that `ASSAY_KEY_ENCRYPTION_KEY_FILE` names:
 * 64 hexadecimal digits that wrap the data keys, for those who keep them apart from the data.
 */
export const masterKeyIn = ({
  ASSAY_KEY_ENCRYPTION_KEY: key,
  ASSAY_KEY_ENCRYPTION_KEY_FILE: file,
}: Environment): string | undefined =>
  key || (file ? readFileSync(file, "utf8").trim() : undefined);
