/** Sends spans to a collector over OTLP, in batches, beside the work that they tell of. */
import type { Closing } from "./run.ts";
import { recordSpans, spanIds } from "./tracing.ts";

/**
 * `endpoint`: the collector's address, such as http://127.0.0.1:4318; nothing is recorded where it
 * is undefined. A collector that does not answer costs spans and nothing else. Closing sends what
 * is left.
 */
export const startTracing = async (
  service: string,
  endpoint: string | undefined,
): Promise<Closing> => {
  if (endpoint === undefined) return { close: async () => undefined };
  const [
    { OTLPTraceExporter },
    { resourceFromAttributes },
    { BatchSpanProcessor, TracerProvider },
  ] = await Promise.all([
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/sdk-trace"),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    idGenerator: spanIds,
    resource: resourceFromAttributes({ "service.name": service, "service.namespace": "assay" }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const stop = recordSpans(provider);
  return {
    close: async () => {
      stop();
      await provider.shutdown();
    },
  };
};
